package org.pagexplorer.domain;

/** The networks, with the tensors' names of the PyTorch classes that people use. */
public final class Networks {
  private Networks() {}

  /**
   * The logits, N × classes, of normalized inputs, N × C × H × W.
   *
   * @throws IllegalArgumentException if the network is a program of its own (TorchScript)
   */
  public static <T> T logits(Architecture architecture, T x, Layers<T> layers) {
    return switch (architecture.family().design()) {
      case PERCEPTRON -> perceptron(architecture, x, layers);
      case RESNET, TORCHVISION_RESNET -> new ResNet<>(architecture, layers).logits(x);
      case PREACT_RESNET -> new PreActResNet<>(architecture, layers).logits(x);
      case WIDE_RESNET -> new WideResNet<>(architecture, layers).logits(x);
      case DM_WIDE_RESNET -> new DmResNet<>(architecture, layers, true).logits(x);
      case DM_PREACT_RESNET -> new DmResNet<>(architecture, layers, false).logits(x);
      case VGG -> new Vgg<>(architecture, layers).logits(x);
      case VISION_TRANSFORMER -> new VisionTransformer<>(architecture, layers).logits(x);
      case PAG_VIT -> new PagVit<>(architecture, layers).logits(x);
      case CONVNEXT -> new ConvNext<>(architecture, layers).logits(x);
      case PLAIN_CNN ->
          PlainCnn.of(architecture.family().id()).logits(x, architecture.classes(), layers);
      case PROGRAM ->
          throw new IllegalArgumentException("a TorchScript program's network is its own");
    };
  }

  /** Input → width → classes. */
  private static <T> T perceptron(Architecture architecture, T x, Layers<T> layers) {
    T h = layers.linear(layers.flatten(x), "fc1", architecture.width());
    T a = layers.activation(h, architecture.family().activation());
    return layers.linear(a, "fc2", architecture.classes());
  }
}
