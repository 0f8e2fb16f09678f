package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Activation;
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

  private final Map<String, TensorType> tensors;

  private Guess(Map<String, TensorType> tensors) {
    this.tensors = tensors;
  }

  /** Those whose first and last layers are there and not absurd. */
  static List<Architecture> all(Map<String, TensorType> tensors) {
    Set<Family> families = new LinkedHashSet<>();
    Family.values().stream().filter(Family::isUsual).forEach(families::add);
    Guess guess = new Guess(tensors);
    families.addAll(guess.deep());
    List<Architecture> guesses = new ArrayList<>();
    families.forEach(family -> guess.of(family).ifPresent(guesses::add));
    return guesses;
  }

  /** Families of any depth, of the depth that the names say. */
  private List<Family> deep() {
    List<Family> families = new ArrayList<>();
    int wide = count("block1.layer.");
    if (wide > 0) {
      families.add(Family.wideResNet(6 * wide + 4));
    }
    int deepMind = count("layer.0.block.");
    if (deepMind > 0) {
      families.add(Family.dmWideResNet(6 * deepMind + 4, Activation.SWISH));
      families.add(Family.dmWideResNet(6 * deepMind + 4, Activation.RELU));
    }
    int cifar = count("layer1.");
    if (cifar > 0 && count("layer4.") == 0) {
      boolean projected = tensors.containsKey("layer2.0.shortcut.0.weight");
      families.add(Family.cifarResNet(6 * cifar + 2, projected));
    }
    return families;
  }

  /** How many blocks there are: one more than the greatest number after that prefix. */
  private int count(String prefix) {
    int count = 0;
    for (String name : tensors.keySet()) {
      int end = name.startsWith(prefix) ? name.indexOf('.', prefix.length()) : -1;
      // A longer number is nobody's block.
      if (end > prefix.length()
          && end <= prefix.length() + 3
          && name.substring(prefix.length(), end).chars().allMatch(c -> c >= '0' && c <= '9')) {
        count = Math.max(count, 1 + Integer.parseInt(name.substring(prefix.length(), end)));
      }
    }
    return count;
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
            case PROGRAM -> throw new IllegalArgumentException("has no tensors");
          });
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Architecture network(
      Family family, String stem, String first, int unit, String head, int usualSide) {
    int channels = side(stem + ".weight", 4, 1);
    int width = side(first + ".weight", 4, 0) / unit;
    int side = channels == 1 && usualSide == CIFAR_SIDE ? MNIST_SIDE : usualSide;
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
