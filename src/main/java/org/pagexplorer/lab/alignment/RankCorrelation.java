package org.pagexplorer.lab.alignment;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Whether two lists of values order the same things alike; in [−1, 1]. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Spearman's ρ: Pearson's correlation of the ranks, ties sharing a mean rank; NaN of a constant.
   */
  public static double spearman(double[] x, double[] y) {
    double[] a = ranks(x);
    double[] b = ranks(y);
    double mean = (x.length + 1) / 2.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - mean) * (b[i] - mean);
      aa += (a[i] - mean) * (a[i] - mean);
      bb += (b[i] - mean) * (b[i] - mean);
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Kendall's τ-b, which allows for ties; NaN of a constant. */
  public static double kendall(double[] x, double[] y) {
    double agreeing = 0;
    double ofX = 0;
    double ofY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        double a = Math.signum(x[i] - x[j]);
        double b = Math.signum(y[i] - y[j]);
        agreeing += a * b;
        ofX += a * a;
        ofY += b * b;
      }
    }
    return agreeing / Math.sqrt(ofX * ofY);
  }

  /** From 1. */
  private static double[] ranks(double[] values) {
    return Arrays.stream(values)
        .map(
            value ->
                IntStream.range(0, values.length)
                        .mapToDouble(j -> values[j] < value ? 1 : values[j] == value ? 0.5 : 0)
                        .sum()
                    + 0.5)
        .toArray();
  }
}
