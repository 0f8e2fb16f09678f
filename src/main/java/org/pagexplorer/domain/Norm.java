package org.pagexplorer.domain;

/** The norm that bounds a perturbation. */
public enum Norm implements Named {
  /** Sum of the changes of all values. */
  L1,
  /** Euclidean norm over all pixels and channels. */
  L2,
  /** Largest change of any value. */
  LINF;

  @Override
  public String title() {
    return this == LINF ? "L∞" : name();
  }

  /**
   * The norm of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Norm of(String id) {
    return Named.of(values(), "norm", id);
  }

  /** ‖a − b‖ in this norm. */
  public double distance(Image a, Image b) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException("no distance between " + a.shape() + " and " + b.shape());
    }
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < a.pixels().length; i++) {
      double difference = Math.abs((double) a.pixels()[i] - b.pixels()[i]);
      sum += difference;
      squares += difference * difference;
      largest = Math.max(largest, difference);
    }
    return switch (this) {
      case L1 -> sum;
      case L2 -> Math.sqrt(squares);
      case LINF -> largest;
    };
  }

  /** How far two images of a shape can be apart: the diameter of [0, 1]^d. */
  public double diameter(InputShape shape) {
    return switch (this) {
      case L1 -> shape.size();
      case L2 -> Math.sqrt(shape.size());
      case LINF -> 1;
    };
  }
}
