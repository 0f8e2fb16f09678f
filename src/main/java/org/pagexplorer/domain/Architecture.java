package org.pagexplorer.domain;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A network's architecture: its family, its size, and so the names and shapes of all its tensors.
 *
 * @param family which network
 * @param width channels of the first stage (ResNet-18) or hidden units (perceptron); 1 to 1024
 * @param input shape of one input
 * @param classes number of classes, 2 to 10,000
 */
public record Architecture(Family family, int width, InputShape input, int classes) {

  public static final int MAXIMUM_WIDTH = 1024;
  public static final int MAXIMUM_CLASSES = 10_000;

  /** The networks that this application can build. */
  public enum Family {
    /**
     * ResNet-18 for CIFAR (He et al. 2016): 3×3 stem without pooling, four stages of two basic
     * blocks.
     */
    RESNET18("resnet18", "ResNet-18"),
    /** Input → width → classes with ReLU (the paper's section C.1 has width 32). */
    MLP("mlp", "perceptron (ReLU)"),
    /** The same with tanh. */
    MLP_TANH("mlp-tanh", "perceptron (tanh)"),
    /** The same with the logistic function. */
    MLP_SIGMOID("mlp-sigmoid", "perceptron (sigmoid)"),
    /** The same with softplus, ln(1 + eˣ): a ReLU whose gradient changes smoothly. */
    MLP_SOFTPLUS("mlp-softplus", "perceptron (softplus)");

    private final String id;
    private final String title;

    Family(String id, String title) {
      this.id = id;
      this.title = title;
    }

    /** The name for people. */
    public String title() {
      return title;
    }

    /** The name in files and on the command line. */
    public String id() {
      return id;
    }

    private static List<String> ids() {
      return Arrays.stream(values()).map(Family::id).toList();
    }

    /**
     * The family of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Family of(String id) {
      for (Family family : values()) {
        if (family.id.equals(id)) {
          return family;
        }
      }
      throw new IllegalArgumentException(
          "unknown architecture \"" + id + "\"; known are " + String.join(", ", ids()));
    }
  }

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
   * state_dict (without {@code num_batches_tracked}).
   */
  public SequencedMap<String, TensorShape> tensorShapes() {
    SequencedMap<String, TensorShape> shapes = new LinkedHashMap<>();
    switch (family) {
      case RESNET18 -> addResNet18(shapes);
      case MLP, MLP_TANH, MLP_SIGMOID, MLP_SOFTPLUS -> {
        shapes.put("fc1.weight", TensorShape.of(width, input.size()));
        shapes.put("fc1.bias", TensorShape.of(width));
        shapes.put("fc2.weight", TensorShape.of(classes, width));
        shapes.put("fc2.bias", TensorShape.of(classes));
      }
    }
    return shapes;
  }

  private void addResNet18(SequencedMap<String, TensorShape> shapes) {
    shapes.put("conv1.weight", TensorShape.of(width, input.channels(), 3, 3));
    addBatchNorm(shapes, "bn1", width);
    int in = width;
    for (int stage = 1; stage <= 4; stage++) {
      int out = width << (stage - 1);
      for (int block = 0; block < 2; block++) {
        String name = "layer" + stage + "." + block;
        shapes.put(name + ".conv1.weight", TensorShape.of(out, in, 3, 3));
        addBatchNorm(shapes, name + ".bn1", out);
        shapes.put(name + ".conv2.weight", TensorShape.of(out, out, 3, 3));
        addBatchNorm(shapes, name + ".bn2", out);
        if (in != out) {
          shapes.put(name + ".shortcut.0.weight", TensorShape.of(out, in, 1, 1));
          addBatchNorm(shapes, name + ".shortcut.1", out);
        }
        in = out;
      }
    }
    shapes.put("linear.weight", TensorShape.of(classes, in));
    shapes.put("linear.bias", TensorShape.of(classes));
  }

  private static void addBatchNorm(
      SequencedMap<String, TensorShape> shapes, String name, int channels) {
    for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
      shapes.put(name + "." + part, TensorShape.of(channels));
    }
  }

  /** For people: {@code ResNet-18, width 16, 3×32×32, 10 classes}. */
  public String description() {
    return family.title() + ", width " + width + ", " + input + ", " + classes + " classes";
  }
}
