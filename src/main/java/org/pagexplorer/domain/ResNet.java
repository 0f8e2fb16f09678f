package org.pagexplorer.domain;

/**
 * He et al. (2016), Deep Residual Learning: four stages of basic blocks or bottlenecks. With
 * CIFAR's 3×3 stem as in kuangliu/pytorch-cifar, MadryLab/robustness and RobustBench, or with the
 * 7×7 stem and the names of torchvision.
 */
record ResNet<T>(Architecture architecture, Layers<T> layers) {
  private static final int EXPANSION = 4;

  T logits(T x) {
    Family family = architecture.family();
    T h = stem(x);
    int in = architecture.width();
    for (int stage = 0; stage < family.blocks().size(); stage++) {
      int planes = architecture.width() << stage;
      for (int block = 0; block < family.blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String name = "layer%d.%d".formatted(stage + 1, block);
        h =
            family.isBottleneck()
                ? bottleneck(h, name, in, planes, stride)
                : basic(h, name, in, planes, stride);
        in = family.isBottleneck() ? EXPANSION * planes : planes;
      }
    }
    String head = isTorchvision() ? "fc" : "linear";
    return layers.linear(layers.averagePool(h), head, architecture.classes());
  }

  private boolean isTorchvision() {
    return architecture.family().design() == Family.Design.TORCHVISION_RESNET;
  }

  private T stem(T x) {
    int width = architecture.width();
    return isTorchvision()
        ? layers.maxPool(relu(layers.normalized(x, new Convolution("conv1", width, 7, 2), "bn1")))
        : relu(layers.normalized(x, new Convolution("conv1", width, 3, 1), "bn1"));
  }

  private T basic(T x, String name, int in, int planes, int stride) {
    T h = relu(part(x, name, 1, planes, 3, stride));
    T residual = part(h, name, 2, planes, 3, 1);
    return relu(layers.add(residual, shortcut(x, name, in, planes, stride)));
  }

  private T bottleneck(T x, String name, int in, int planes, int stride) {
    T h = relu(part(x, name, 1, planes, 1, 1));
    h = relu(part(h, name, 2, planes, 3, stride));
    T residual = part(h, name, 3, EXPANSION * planes, 1, 1);
    return relu(layers.add(residual, shortcut(x, name, in, EXPANSION * planes, stride)));
  }

  private T part(T x, String block, int number, int channels, int kernel, int stride) {
    return layers.normalized(
        x,
        new Convolution(block + ".conv" + number, channels, kernel, stride),
        block + ".bn" + number);
  }

  private T shortcut(T x, String block, int in, int channels, int stride) {
    if (stride == 1 && in == channels) {
      return x;
    }
    String name = block + (isTorchvision() ? ".downsample" : ".shortcut");
    return layers.normalized(x, new Convolution(name + ".0", channels, 1, stride), name + ".1");
  }

  private T relu(T x) {
    return layers.activation(x, Activation.RELU);
  }
}
