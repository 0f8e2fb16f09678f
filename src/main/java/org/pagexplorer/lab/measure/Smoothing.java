package org.pagexplorer.lab.measure;

/** Noisy curves made smooth as TensorBoard does it. */
public final class Smoothing {
  private Smoothing() {}

  /**
   * An exponential moving average, debiased: the first values are not drawn toward 0. What is not
   * finite stays as it is and counts for nothing.
   *
   * @param weight of what came before, in [0, 1); 0 changes nothing
   * @return as many values
   */
  public static double[] of(double[] values, double weight) {
    double[] smoothed = new double[values.length];
    double last = 0;
    double share = 0; // of the average that values have filled
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        smoothed[i] = values[i];
        continue;
      }
      last = weight * last + (1 - weight) * values[i];
      share = weight * share + (1 - weight);
      smoothed[i] = last / share;
    }
    return smoothed;
  }
}
