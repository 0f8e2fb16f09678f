package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;

/** An architecture of a family with the sizes that some tensors' shapes say. */
final class Guess {
  /** What ImageNet's networks usually take. */
  private static final int IMAGENET_SIDE = 224;

  private static final int CIFAR_SIDE = 32;

  /** What networks of one channel usually take. */
  private static final int MNIST_SIDE = 28;

  private static final int WIDE_STEM = 16;

  private final Shapes shapes;

  private Guess(Shapes shapes) {
    this.shapes = shapes;
  }

  /** Those whose first and last layers are there and not absurd. */
  static List<Architecture> all(Map<String, TensorType> tensors) {
    Shapes shapes = new Shapes(tensors);
    Guess guess = new Guess(shapes);
    OpenGuess open = new OpenGuess(shapes);
    Set<Family> families = new LinkedHashSet<>();
    Family.values().stream().filter(Family::isUsual).forEach(families::add);
    families.addAll(open.deep());
    List<Architecture> guesses = new ArrayList<>();
    families.forEach(family -> guess.of(family).ifPresent(guesses::add));
    guesses.addAll(open.others());
    return guesses;
  }

  /** Empty if the first or last layer is missing or absurd. */
  private Optional<Architecture> of(Family family) {
    try {
      return Optional.of(
          switch (family.design()) {
            case RESNET, PREACT_RESNET ->
                network(family, "conv1", "conv1", 1, "linear", CIFAR_SIDE);
            case TORCHVISION_RESNET -> network(family, "conv1", "conv1", 1, "fc", IMAGENET_SIDE);
            case WIDE_RESNET ->
                network(family, "conv1", "block1.layer.0.conv1", WIDE_STEM, "fc", CIFAR_SIDE);
            case DM_WIDE_RESNET ->
                network(
                    family, "init_conv", "layer.0.block.0.conv_0", WIDE_STEM, "logits", CIFAR_SIDE);
            case DM_PREACT_RESNET -> network(family, "conv_2d", "conv_2d", 1, "logits", CIFAR_SIDE);
            case PERCEPTRON -> perceptron(family);
            case VGG, VISION_TRANSFORMER, PAG_VIT, CONVNEXT, PLAIN_CNN, PROGRAM ->
                throw new IllegalArgumentException("is another's to guess");
          });
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Architecture network(
      Family family, String stem, String first, int unit, String head, int usualSide) {
    int channels = shapes.side(stem + ".weight", 4, 1);
    int width = shapes.side(first + ".weight", 4, 0) / unit;
    int side = channels == 1 && usualSide == CIFAR_SIDE ? MNIST_SIDE : usualSide;
    return new Architecture(
        family, width, new InputShape(channels, side, side), shapes.side(head + ".weight", 2, 0));
  }

  private Architecture perceptron(Family family) {
    return new Architecture(
        family,
        shapes.side("fc1.weight", 2, 0),
        input(shapes.side("fc1.weight", 2, 1)),
        shapes.side("fc2.weight", 2, 0));
  }

  /** A point of the plane, or a square image. */
  private static InputShape input(int size) {
    int side = (int) Math.round(Math.sqrt(size / 3.0));
    int gray = (int) Math.round(Math.sqrt(size));
    if (3 * side * side == size) {
      return new InputShape(3, side, side);
    }
    return gray * gray == size ? new InputShape(1, gray, gray) : new InputShape(size, 1, 1);
  }
}
