package org.pagexplorer.domain;

/**
 * He et al. (2016), Identity Mappings: batch norm and ReLU before the convolutions; with the names
 * of RobustBench, whose two blocks differ in what their shortcut takes, and whose nets may have one
 * more batch norm at the end.
 */
record PreActResNet<T>(Architecture architecture, Layers<T> layers) {

  T logits(T x) {
    Family family = architecture.family();
    T h = layers.convolution(x, new Convolution("conv1", architecture.width(), 3, 1));
    int in = architecture.width();
    for (int stage = 0; stage < family.blocks().size(); stage++) {
      int planes = architecture.width() << stage;
      for (int block = 0; block < family.blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        h = block(h, "layer%d.%d".formatted(stage + 1, block), in, planes, stride);
        in = planes;
      }
    }
    if (family.hasLastNorm()) {
      h = layers.activation(layers.norm(h, "bn"), Activation.RELU);
    }
    return layers.linear(layers.averagePool(h), "linear", architecture.classes());
  }

  private T block(T x, String name, int in, int planes, int stride) {
    T a = layers.activation(layers.norm(x, name + ".bn1"), Activation.RELU);
    T h = layers.normalized(a, new Convolution(name + ".conv1", planes, 3, stride), name + ".bn2");
    T residual =
        layers.convolution(
            layers.activation(h, Activation.RELU), new Convolution(name + ".conv2", planes, 3, 1));
    if (stride == 1 && in == planes) {
      return layers.add(residual, x);
    }
    T seen = architecture.family().shortcutIsActivated() ? a : x;
    return layers.add(
        residual,
        layers.convolution(seen, new Convolution(name + ".shortcut.0", planes, 1, stride)));
  }
}
