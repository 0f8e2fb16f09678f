package org.pagexplorer.engine;

/** One image's way up in {@link ApgdL1}. */
final class SparseClimb extends ApgdClimb {
  /** How much fewer values a step changes than the best point so far. */
  private static final double SPARSER = 1.5;

  /** Share of the values that the first steps change where a climb is not begun by another. */
  private static final double FIRST_SHARE = 0.2;

  private static final double STEP_DIVISOR = 1.5;
  private static final double SMALLEST_STEP = 0.1;

  /** Below this ratio the best point has become clearly sparser. */
  private static final double CLEARLY = 0.95;

  private double share;
  private long changedBefore;

  SparseClimb(int index, int label, int target) {
    super(index, label, target, 0);
  }

  /** Begins the only climb. */
  void beginAlone(int values, double epsilon) {
    begin(FIRST_SHARE, values, epsilon);
  }

  /**
   * Begins another climb.
   *
   * @param changed values in which the first point differs from the image, of {@code values}
   */
  void begin(long changed, int values, double epsilon) {
    begin(changed / SPARSER / values, changed, epsilon);
  }

  private void begin(double firstShare, long changed, double epsilon) {
    share = firstShare;
    changedBefore = changed;
    stepSize = epsilon;
    highest = Double.NEGATIVE_INFINITY;
    latest = Double.NEGATIVE_INFINITY;
    broken = null;
  }

  /**
   * Adapts sparsity and step size; whether to go on from the best point.
   *
   * @param changed values in which the best point differs from the image
   */
  boolean adapts(long changed, int values, double epsilon) {
    boolean sparser = changed < CLEARLY * changedBefore;
    share = changed / SPARSER / values;
    changedBefore = changed;
    stepSize = sparser ? epsilon : Math.max(stepSize / STEP_DIVISOR, SMALLEST_STEP * epsilon);
    return sparser;
  }

  /** How many values the next step changes. */
  long count(int values) {
    return values - Math.clamp((long) ((1 - share) * values), 0, values - 1);
  }
}
