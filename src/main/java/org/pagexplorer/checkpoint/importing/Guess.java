package org.pagexplorer.checkpoint.importing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;

/** An architecture of a family with the sizes that some tensors' shapes say. */
final class Guess {
  /** What ImageNet's networks usually take. */
  private static final int IMAGENET_SIDE = 224;

  private static final int CIFAR_SIDE = 32;
  private static final int WIDE_STEM = 16;

  private final Map<String, TensorType> tensors;

  private Guess(Map<String, TensorType> tensors) {
    this.tensors = tensors;
  }

  /** Empty if the first or last layer is missing or absurd. */
  static Optional<Architecture> of(Family family, Map<String, TensorType> tensors) {
    Guess guess = new Guess(tensors);
    try {
      return Optional.of(
          switch (family.design()) {
            case RESNET, PREACT_RESNET ->
                guess.network(family, "conv1", "conv1", 1, "linear", CIFAR_SIDE);
            case TORCHVISION_RESNET ->
                guess.network(family, "conv1", "conv1", 1, "fc", IMAGENET_SIDE);
            case WIDE_RESNET ->
                guess.network(family, "conv1", "block1.layer.0.conv1", WIDE_STEM, "fc", CIFAR_SIDE);
            case DM_WIDE_RESNET ->
                guess.network(
                    family, "init_conv", "layer.0.block.0.conv_0", WIDE_STEM, "logits", CIFAR_SIDE);
            case DM_PREACT_RESNET ->
                guess.network(family, "conv_2d", "conv_2d", 1, "logits", CIFAR_SIDE);
            case PERCEPTRON -> guess.perceptron(family);
            case PROGRAM -> throw new IllegalArgumentException("has no tensors");
          });
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Architecture network(
      Family family, String stem, String first, int unit, String head, int side) {
    int channels = side(stem + ".weight", 4, 1);
    int width = side(first + ".weight", 4, 0) / unit;
    return new Architecture(
        family, width, new InputShape(channels, side, side), side(head + ".weight", 2, 0));
  }

  private Architecture perceptron(Family family) {
    return new Architecture(
        family,
        side("fc1.weight", 2, 0),
        input(side("fc1.weight", 2, 1)),
        side("fc2.weight", 2, 0));
  }

  /** A point of the plane, or a square image. */
  private static InputShape input(int size) {
    int colour = (int) Math.round(Math.sqrt(size / 3.0));
    int gray = (int) Math.round(Math.sqrt(size));
    if (3 * colour * colour == size) {
      return new InputShape(3, colour, colour);
    }
    return gray * gray == size ? new InputShape(1, gray, gray) : new InputShape(size, 1, 1);
  }

  private int side(String name, int sides, int index) {
    TensorType type = tensors.get(name);
    List<Long> shape = type == null ? List.of() : type.shape().sides();
    if (shape.size() != sides) {
      throw new IllegalArgumentException(name);
    }
    return Math.toIntExact(shape.get(index));
  }
}
