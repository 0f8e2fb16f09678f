package org.pagexplorer.domain;

/**
 * Liu et al. (2022), A ConvNet for the 2020s: four stages of depthwise 7×7 convolutions and
 * perceptrons over channels; with the names of timm.
 */
record ConvNext<T>(Architecture architecture, Layers<T> layers) {
  private static final double EPSILON = 1e-6;
  private static final int EXPANSION = 4;

  T logits(T x) {
    Family family = architecture.family();
    T h = normalized(layers.convolution(x, whole("stem.0", architecture.width(), 4)), "stem.1");
    for (int stage = 0; stage < family.blocks().size(); stage++) {
      int channels = architecture.width() << stage;
      String name = "stages." + stage;
      if (stage > 0) {
        T before = normalized(h, name + ".downsample.0");
        h = layers.convolution(before, whole(name + ".downsample.1", channels, 2));
      }
      for (int block = 0; block < family.blocks().get(stage); block++) {
        h = block(h, name + ".blocks." + block, channels);
      }
    }
    T features = layers.layerNorm(layers.averagePool(h), "head.norm", EPSILON);
    return layers.linear(features, "head.fc", architecture.classes());
  }

  /** Parts that do not overlap. */
  private static Convolution whole(String name, int channels, int side) {
    return new Convolution(name, channels, side, side).withMargin(0).biased();
  }

  private T normalized(T x, String name) {
    return layers.channelsFirst(layers.layerNorm(layers.channelsLast(x), name, EPSILON));
  }

  private T block(T x, String name, int channels) {
    Convolution depthwise = new Convolution(name + ".conv_dw", channels, 7, 1).biased().depthwise();
    T h = layers.channelsLast(layers.convolution(x, depthwise));
    h = layers.layerNorm(h, name + ".norm", EPSILON);
    h = layers.linear(h, name + ".mlp.fc1", EXPANSION * channels);
    h = layers.linear(layers.activation(h, Activation.GELU), name + ".mlp.fc2", channels);
    return layers.add(x, layers.channelsFirst(layers.scaled(h, name + ".gamma")));
  }
}
