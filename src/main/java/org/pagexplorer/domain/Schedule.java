package org.pagexplorer.domain;

/** How the learning rate changes over a training. */
public enum Schedule implements Named {
  /** The peak rate throughout (the paper's). */
  CONSTANT,
  /** A tenth of the rate after half of the training and a hundredth after three quarters. */
  STEP,
  /**
   * PyTorch's {@code OneCycleLR} with its defaults: half a cosine from a 25th up to the peak over
   * the first 30 % of the steps, and half a cosine down to a 10,000th of where it began.
   */
  ONE_CYCLE,
  /**
   * A straight line from a 25th up to the peak over the first 30 %, then a cosine down to zero:
   * what one-cycle was until November 2026, for runs begun then.
   */
  ONE_CYCLE_LINEAR;

  private static final double WARM_UP = 0.3;
  private static final double INITIAL_DIVISOR = 25;
  private static final double FINAL_DIVISOR = 1e4;

  @Override
  public String title() {
    return this == ONE_CYCLE ? "one-cycle (PyTorch's OneCycleLR)" : id();
  }

  /**
   * The schedule of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Schedule of(String id) {
    return Named.of(values(), "schedule", id);
  }

  /**
   * The learning rate of a step.
   *
   * @param peak the highest rate
   * @param epoch epochs already completed
   * @param epochs of the whole training
   * @param step steps already taken in this epoch
   * @param steps of an epoch
   */
  public double rate(double peak, int epoch, int epochs, int step, int steps) {
    double progress = (epoch + (double) step / steps) / epochs;
    return switch (this) {
      case CONSTANT -> peak;
      case STEP -> progress < 0.5 ? peak : progress < 0.75 ? peak / 10 : peak / 100;
      case ONE_CYCLE -> oneCycle(peak, (long) epoch * steps + step, (long) epochs * steps);
      case ONE_CYCLE_LINEAR -> oneCycleLinear(peak, progress);
    };
  }

  /** Both phases end a step early, as PyTorch has it. */
  private static double oneCycle(double peak, long step, long total) {
    double start = peak / INITIAL_DIVISOR;
    double top = WARM_UP * total - 1;
    if (step <= top) {
      return cosine(start, peak, step / top);
    }
    return cosine(peak, start / FINAL_DIVISOR, (step - top) / (total - 1 - top));
  }

  private static double cosine(double from, double to, double share) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
  }

  private static double oneCycleLinear(double peak, double progress) {
    if (progress < WARM_UP) {
      double start = peak / INITIAL_DIVISOR;
      return start + (peak - start) * progress / WARM_UP;
    }
    return peak * (1 + Math.cos(Math.PI * (progress - WARM_UP) / (1 - WARM_UP))) / 2;
  }
}
