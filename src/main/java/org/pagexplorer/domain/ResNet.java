package org.pagexplorer.domain;

/**
 * He et al. (2016), Deep Residual Learning: stages of basic blocks or bottlenecks. With CIFAR's 3×3
 * stem as in kuangliu/pytorch-cifar, MadryLab/robustness, RobustBench and, with three stages,
 * akamaster/pytorch_resnet_cifar10; or with the 7×7 stem and the names of torchvision.
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
            family.has(Trait.BOTTLENECK)
                ? bottleneck(h, name, in, planes, stride)
                : basic(h, name, in, planes, stride);
        in = family.has(Trait.BOTTLENECK) ? EXPANSION * planes : planes;
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
    Convolution first =
        isTorchvision()
            ? new Convolution("conv1", width, 7, 2)
            : new Convolution("conv1", width, 3, 1);
    T h = relu(layers.normalized(x, first, "bn1"));
    boolean pooled = isTorchvision() || architecture.family().has(Trait.POOLED);
    return pooled ? layers.maxPool(h, 3, 2, 1) : h;
  }

  private T basic(T x, String name, int in, int planes, int stride) {
    T h = relu(part(x, name, 1, planes, 3, stride));
    T residual = part(h, name, 2, planes, 3, 1);
    return relu(layers.add(residual, shortcut(x, name, in, planes, stride)));
  }

  private T bottleneck(T x, String name, int in, int planes, int stride) {
    int inner = architecture.family().has(Trait.WIDE) ? 2 * planes : planes;
    T h = relu(part(x, name, 1, inner, 1, 1));
    h = relu(part(h, name, 2, inner, 3, stride));
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
    if (architecture.family().has(Trait.PADDED_SHORTCUT)) {
      return layers.subsampled(x, stride, channels);
    }
    String name = block + (isTorchvision() ? ".downsample" : ".shortcut");
    return layers.normalized(x, new Convolution(name + ".0", channels, 1, stride), name + ".1");
  }

  private T relu(T x) {
    return layers.activation(x, Activation.RELU);
  }
}
