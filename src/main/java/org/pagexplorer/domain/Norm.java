package org.pagexplorer.domain;

/** The norm that bounds a perturbation. */
public enum Norm implements Named {
  /** Euclidean norm over all pixels and channels. */
  L2,
  /** Largest change of any value. */
  LINF;

  @Override
  public String title() {
    return this == L2 ? "L2" : "L∞";
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
    double largest = 0;
    for (int i = 0; i < a.pixels().length; i++) {
      double difference = Math.abs((double) a.pixels()[i] - b.pixels()[i]);
      sum += difference * difference;
      largest = Math.max(largest, difference);
    }
    return this == L2 ? Math.sqrt(sum) : largest;
  }
}
