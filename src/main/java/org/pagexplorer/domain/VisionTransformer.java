package org.pagexplorer.domain;

import org.pagexplorer.domain.Family.Size;

/**
 * Dosovitskiy et al. (2021), and Touvron et al.'s DeiT (2021), with or without its distillation
 * token and with DeiT III's layer scale; with the names of timm.
 */
record VisionTransformer<T>(Architecture architecture, Layers<T> layers) {
  private static final double EPSILON = 1e-6;

  T logits(T x) {
    Family family = architecture.family();
    int patch = family.size(Size.PATCH);
    Convolution embedding =
        new Convolution("patch_embed.proj", architecture.width(), patch, patch)
            .withMargin(0)
            .biased();
    T h = placed(layers.tokens(layers.convolution(x, embedding)));
    for (int block = 0; block < family.blocks().getFirst(); block++) {
      h = block(h, "blocks." + block);
    }
    h = layers.layerNorm(h, "norm", EPSILON);
    T logits = layers.linear(layers.token(h, 0), "head", architecture.classes());
    if (!family.has(Trait.DISTILLED)) {
      return logits;
    }
    T distilled = layers.linear(layers.token(h, 1), "head_dist", architecture.classes());
    return layers.times(layers.add(logits, distilled), 0.5);
  }

  /** DeiT III's class token has no position. */
  private T placed(T patches) {
    Family family = architecture.family();
    T h = family.has(Trait.UNPLACED) ? layers.position(patches, "pos_embed") : patches;
    if (family.has(Trait.DISTILLED)) {
      h = layers.prepend(h, "dist_token");
    }
    h = layers.prepend(h, "cls_token");
    return family.has(Trait.UNPLACED) ? h : layers.position(h, "pos_embed");
  }

  private T block(T x, String name) {
    T attended = attention(layers.layerNorm(x, name + ".norm1", EPSILON), name + ".attn");
    T h = layers.add(x, scaled(attended, name + ".ls1.gamma"));
    T seen = perceptron(layers.layerNorm(h, name + ".norm2", EPSILON), name + ".mlp");
    return layers.add(h, scaled(seen, name + ".ls2.gamma"));
  }

  private T scaled(T x, String name) {
    return architecture.family().has(Trait.LAYER_SCALE) ? layers.scaled(x, name) : x;
  }

  private T attention(T x, String name) {
    int heads = architecture.family().size(Size.HEADS);
    T all = layers.linear(x, name + ".qkv", 3 * architecture.width());
    T attended =
        layers.attention(
            layers.part(all, 0, 3),
            layers.part(all, 1, 3),
            layers.part(all, 2, 3),
            heads,
            1 / Math.sqrt((double) architecture.width() / heads));
    return layers.linear(attended, name + ".proj", architecture.width());
  }

  private T perceptron(T x, String name) {
    int given = architecture.family().size(Size.HIDDEN);
    int hidden = given == 0 ? 4 * architecture.width() : given;
    T h = layers.activation(layers.linear(x, name + ".fc1", hidden), Activation.GELU);
    return layers.linear(h, name + ".fc2", architecture.width());
  }
}
