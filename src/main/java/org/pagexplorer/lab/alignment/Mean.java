package org.pagexplorer.lab.alignment;

/**
 * A mean of independent values and how well it is known.
 *
 * @param n how many values
 * @param sum of them
 * @param squares sum of their squares
 */
public record Mean(int n, double sum, double squares) {
  private static final double Z = 1.959963984540054;

  public static final Mean NONE = new Mean(0, 0, 0);

  /** With a value more; NaN is none. */
  public Mean with(double value) {
    if (Double.isNaN(value)) {
      return this;
    }
    return new Mean(n + 1, sum + value, squares + value * value);
  }

  /** NaN of no values. */
  public double value() {
    return sum / n;
  }

  /** Half the width of the normal 95 % interval, 1.96 s/√n; NaN of fewer than two values. */
  public double halfWidth() {
    if (n < 2) {
      return Double.NaN;
    }
    double variance = Math.max(0, (squares - sum * sum / n) / (n - 1));
    return Z * Math.sqrt(variance / n);
  }
}
