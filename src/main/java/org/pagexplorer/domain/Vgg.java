package org.pagexplorer.domain;

import org.pagexplorer.domain.Family.Size;

/**
 * Simonyan and Zisserman (2015): five stages of 3×3 convolutions, each pooled; with the names of
 * torchvision, which are also kuangliu's, whose last part is one linear layer.
 */
record Vgg<T>(Architecture architecture, Layers<T> layers) {
  private static final int WIDEST = 3;

  T logits(T x) {
    Family family = architecture.family();
    T h = x;
    int place = 0;
    for (int stage = 0; stage < family.blocks().size(); stage++) {
      int channels = architecture.width() << Math.min(stage, WIDEST);
      for (int i = 0; i < family.blocks().get(stage); i++) {
        h = layers.activation(convolved(h, place, channels), Activation.RELU);
        place += family.has(Trait.BATCH_NORMS) ? 3 : 2;
      }
      h = layers.maxPool(h, 2, 2, 0);
      place++;
    }
    return classified(layers.flatten(layers.averagePool(h, family.size(Size.POOLED))));
  }

  private T convolved(T x, int place, int channels) {
    Convolution convolution = new Convolution("features." + place, channels, 3, 1).biased();
    return architecture.family().has(Trait.BATCH_NORMS)
        ? layers.normalized(x, convolution, "features." + (place + 1))
        : layers.convolution(x, convolution);
  }

  private T classified(T x) {
    int hidden = architecture.family().size(Size.HIDDEN);
    if (hidden == 0) {
      return layers.linear(x, "classifier", architecture.classes());
    }
    T h = layers.activation(layers.linear(x, "classifier.0", hidden), Activation.RELU);
    h = layers.activation(layers.linear(h, "classifier.3", hidden), Activation.RELU);
    return layers.linear(h, "classifier.6", architecture.classes());
  }
}
