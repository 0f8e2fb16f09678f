package org.pagexplorer.domain;

/** How the learning rate changes over a training. */
public enum Schedule {
  /** The peak rate throughout (the paper's). */
  CONSTANT("constant"),
  /** A tenth of the rate after half of the training and a hundredth after three quarters. */
  STEP("step"),
  /**
   * Linear from a 25th to the peak over the first 30 %, then a cosine down to nothing (Smith 2018).
   */
  ONE_CYCLE("one-cycle");

  private static final double WARM_UP = 0.3;
  private static final double INITIAL_DIVISOR = 25;

  private final String id;

  Schedule(String id) {
    this.id = id;
  }

  /** The name in files and on the command line. */
  public String id() {
    return id;
  }

  /**
   * The schedule of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Schedule of(String id) {
    for (Schedule schedule : values()) {
      if (schedule.id.equals(id)) {
        return schedule;
      }
    }
    throw new IllegalArgumentException(
        "unknown schedule \"" + id + "\"; known are constant, step, one-cycle");
  }

  /**
   * The learning rate at a point of the training.
   *
   * @param peak the highest rate
   * @param progress share of all steps already taken, in [0, 1]
   */
  public double rate(double peak, double progress) {
    return switch (this) {
      case CONSTANT -> peak;
      case STEP -> progress < 0.5 ? peak : progress < 0.75 ? peak / 10 : peak / 100;
      case ONE_CYCLE -> oneCycle(peak, progress);
    };
  }

  private static double oneCycle(double peak, double progress) {
    if (progress < WARM_UP) {
      double start = peak / INITIAL_DIVISOR;
      return start + (peak - start) * progress / WARM_UP;
    }
    return peak * (1 + Math.cos(Math.PI * (progress - WARM_UP) / (1 - WARM_UP))) / 2;
  }
}
