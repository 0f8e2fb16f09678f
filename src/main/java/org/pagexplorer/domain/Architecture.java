package org.pagexplorer.domain;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A network's architecture: its family, its size, and so the names and shapes of all its tensors.
 *
 * @param family which network
 * @param width channels of the first stage (ResNets), widening factor (wide ResNets), hidden units
 *     (perceptrons) or a token's features (vision transformers); 1 for small CNNs, whose family
 *     says all; 1 to 1024
 * @param input shape of one input
 * @param classes number of classes, 2 to 10,000
 */
public record Architecture(Family family, int width, InputShape input, int classes) {

  public static final int MAXIMUM_WIDTH = 1024;
  public static final int MAXIMUM_CLASSES = 10_000;

  public Architecture {
    if (width < 1 || width > MAXIMUM_WIDTH) {
      throw new IllegalArgumentException("width must be 1 to " + MAXIMUM_WIDTH + ", not " + width);
    }
    if (classes < 2 || classes > MAXIMUM_CLASSES) {
      throw new IllegalArgumentException(
          "classes must be 2 to " + MAXIMUM_CLASSES + ", not " + classes);
    }
  }

  public static Architecture resNet18(int width, InputShape input, int classes) {
    return new Architecture(Family.RESNET18, width, input, classes);
  }

  public static Architecture mlp(int width, InputShape input, int classes) {
    return new Architecture(Family.MLP, width, input, classes);
  }

  /**
   * Name and shape of every tensor, in the order and with the names of the usual PyTorch class's
   * state_dict (without {@code num_batches_tracked}); none of a program.
   */
  public SequencedMap<String, TensorShape> tensorShapes() {
    return family.isProgram() ? new LinkedHashMap<>() : NetworkOutline.of(this).shapes();
  }

  /** For people: {@code ResNet-18, width 16}, or {@code WideResNet-28-10}. */
  public String title() {
    if (family.isProgram()) {
      return family.title();
    }
    if (family.design() == Family.Design.PLAIN_CNN) {
      return family.title();
    }
    boolean wide =
        family.design() == Family.Design.WIDE_RESNET
            || family.design() == Family.Design.DM_WIDE_RESNET;
    return family.title() + (wide ? "-" : ", width ") + width;
  }

  /** For people: {@code ResNet-18, width 16, 3×32×32, 10 classes}. */
  public String description() {
    return title() + ", " + input + ", " + classes + " classes";
  }
}
