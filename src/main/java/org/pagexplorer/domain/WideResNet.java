package org.pagexplorer.domain;

/**
 * Zagoruyko and Komodakis (2016): pre-activation, three stages, k times as wide; with the names of
 * TRADES and RobustBench.
 */
record WideResNet<T>(Architecture architecture, Layers<T> layers) {
  static final int STEM = 16;

  T logits(T x) {
    T h = layers.convolution(x, new Convolution("conv1", STEM, 3, 1));
    int in = STEM;
    for (int stage = 0; stage < architecture.family().blocks().size(); stage++) {
      int planes = (STEM << stage) * architecture.width();
      for (int block = 0; block < architecture.family().blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        h = block(h, "block%d.layer.%d".formatted(stage + 1, block), in, planes, stride);
        in = planes;
      }
    }
    T a = layers.activation(layers.norm(h, "bn1"), Activation.RELU);
    return layers.linear(layers.averagePool(a), "fc", architecture.classes());
  }

  private T block(T x, String name, int in, int planes, int stride) {
    T a = layers.activation(layers.norm(x, name + ".bn1"), Activation.RELU);
    T h = layers.normalized(a, new Convolution(name + ".conv1", planes, 3, stride), name + ".bn2");
    T residual =
        layers.convolution(
            layers.activation(h, Activation.RELU), new Convolution(name + ".conv2", planes, 3, 1));
    T shortcut =
        in == planes
            ? x
            : layers.convolution(a, new Convolution(name + ".convShortcut", planes, 1, stride));
    return layers.add(residual, shortcut);
  }
}
