package org.pagexplorer.engine;

/** Σ wₖ vₖ / Σ wₖ of vectors that come one by one, with weights given as logarithms. */
final class SoftmaxMean {
  private final double[] sum;
  private double total;
  private double largest = Double.NEGATIVE_INFINITY;

  SoftmaxMean(int length) {
    sum = new double[length];
  }

  /**
   * Adds a vector.
   *
   * @param from where it begins among the values
   */
  void add(double logWeight, float[] values, int from) {
    if (logWeight > largest) {
      scale(Math.exp(largest - logWeight)); // by 0 at first
      largest = logWeight;
    }
    double weight = Math.exp(logWeight - largest);
    total += weight;
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * values[from + i];
    }
  }

  private void scale(double factor) {
    total *= factor;
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= factor;
    }
  }

  double[] mean() {
    double[] mean = new double[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = sum[i] / total;
    }
    return mean;
  }
}
