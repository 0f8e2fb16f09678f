package org.pagexplorer.domain;

/**
 * He et al. (2016), Identity Mappings: batch norm and ReLU before the convolutions; with the names
 * of RobustBench, whose two basic blocks differ in what their shortcut takes, and whose nets may
 * have one more batch norm at the end.
 */
record PreActResNet<T>(Architecture architecture, Layers<T> layers) {
  private static final int EXPANSION = 4;

  T logits(T x) {
    Family family = architecture.family();
    T h = layers.convolution(x, new Convolution("conv1", architecture.width(), 3, 1));
    int in = architecture.width();
    for (int stage = 0; stage < family.blocks().size(); stage++) {
      int planes = architecture.width() << stage;
      int out = family.has(Trait.BOTTLENECK) ? EXPANSION * planes : planes;
      for (int block = 0; block < family.blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        h = block(h, "layer%d.%d".formatted(stage + 1, block), in, planes, out, stride);
        in = out;
      }
    }
    if (family.has(Trait.LAST_NORM)) {
      h = relu(layers.norm(h, "bn"));
    }
    return layers.linear(layers.averagePool(h), "linear", architecture.classes());
  }

  private T block(T x, String name, int in, int planes, int out, int stride) {
    T a = relu(layers.norm(x, name + ".bn1"));
    T residual =
        architecture.family().has(Trait.BOTTLENECK)
            ? bottleneck(a, name, planes, stride)
            : basic(a, name, planes, stride);
    if (stride == 1 && in == out) {
      return layers.add(residual, x);
    }
    T seen = architecture.family().has(Trait.ACTIVATED_SHORTCUT) ? a : x;
    return layers.add(
        residual, layers.convolution(seen, new Convolution(name + ".shortcut.0", out, 1, stride)));
  }

  private T basic(T a, String name, int planes, int stride) {
    T h = layers.normalized(a, new Convolution(name + ".conv1", planes, 3, stride), name + ".bn2");
    return layers.convolution(relu(h), new Convolution(name + ".conv2", planes, 3, 1));
  }

  private T bottleneck(T a, String name, int planes, int stride) {
    T h = layers.normalized(a, new Convolution(name + ".conv1", planes, 1, 1), name + ".bn2");
    Convolution middle = new Convolution(name + ".conv2", planes, 3, stride);
    h = layers.normalized(relu(h), middle, name + ".bn3");
    return layers.convolution(relu(h), new Convolution(name + ".conv3", EXPANSION * planes, 1, 1));
  }

  private T relu(T x) {
    return layers.activation(x, Activation.RELU);
  }
}
