package org.pagexplorer.domain;

/** The norm that bounds a perturbation. */
public enum Norm {
  /** Euclidean norm over all pixels and channels. */
  L2("l2", "L2"),
  /** Largest change of any value. */
  LINF("linf", "L∞");

  private final String id;
  private final String symbol;

  Norm(String id, String symbol) {
    this.id = id;
    this.symbol = symbol;
  }

  /** The name in files and on the command line. */
  public String id() {
    return id;
  }

  /** The name for people. */
  public String symbol() {
    return symbol;
  }

  /**
   * The norm of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Norm of(String id) {
    for (Norm norm : values()) {
      if (norm.id.equalsIgnoreCase(id)) {
        return norm;
      }
    }
    throw new IllegalArgumentException("unknown norm \"" + id + "\"; known are l2, linf");
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
