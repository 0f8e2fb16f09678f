package org.pagexplorer.domain;

import org.pagexplorer.domain.Family.Size;

/**
 * The paper's vision transformer as its authors' code has it (royg27/PAG-ROB, models/ViT.py): it
 * divides by the root of all features instead of a head's, and has a GELU after each perceptron's
 * second layer too.
 */
record PagVit<T>(Architecture architecture, Layers<T> layers) {
  private static final double EPSILON = 1e-5;

  T logits(T x) {
    Family family = architecture.family();
    T patches = layers.patches(x, family.size(Size.PATCH));
    T h = layers.linear(patches, "emb", architecture.width());
    boolean classToken = !family.has(Trait.AVERAGED);
    h = layers.position(classToken ? layers.prepend(h, "cls_token") : h, "pos_emb");
    for (int block = 0; block < family.blocks().getFirst(); block++) {
      h = block(h, "enc." + block);
    }
    T seen = classToken ? layers.token(h, 0) : layers.averageToken(h);
    return layers.linear(layers.layerNorm(seen, "fc.0", EPSILON), "fc.1", architecture.classes());
  }

  private T block(T x, String name) {
    int width = architecture.width();
    T seen = layers.layerNorm(x, name + ".la1", EPSILON);
    T attended =
        layers.attention(
            layers.linear(seen, name + ".msa.q", width),
            layers.linear(seen, name + ".msa.k", width),
            layers.linear(seen, name + ".msa.v", width),
            architecture.family().size(Size.HEADS),
            1 / Math.sqrt(width));
    T h = layers.add(layers.linear(attended, name + ".msa.o", width), x);
    return layers.add(perceptron(layers.layerNorm(h, name + ".la2", EPSILON), name + ".mlp"), h);
  }

  private T perceptron(T x, String name) {
    int hidden = architecture.family().size(Size.HIDDEN);
    T h = layers.activation(layers.linear(x, name + ".0", hidden), Activation.GELU);
    return layers.activation(layers.linear(h, name + ".3", architecture.width()), Activation.GELU);
  }
}
