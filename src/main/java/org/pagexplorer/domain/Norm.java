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
    float[] x = a.pixels();
    float[] y = b.pixels();
    return switch (this) {
      case L1 -> sum(x, y);
      case L2 -> Math.sqrt(sumOfSquares(x, y));
      case LINF -> largest(x, y);
    };
  }

  private static double sum(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.abs((double) x[i] - y[i]);
    }
    return sum;
  }

  private static double sumOfSquares(float[] x, float[] y) {
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = (double) x[i] - y[i];
      squares += difference * difference;
    }
    return squares;
  }

  private static double largest(float[] x, float[] y) {
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs((double) x[i] - y[i]));
    }
    return largest;
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
