package org.pagexplorer.domain;

/**
 * Wilson's score interval of a proportion (Wilson 1927), 95 %.
 *
 * @param low lower end, in [0, 1]
 * @param high upper end, in [0, 1]
 */
public record Wilson(double low, double high) {
  private static final double Z = 1.959963984540054;

  /**
   * The interval for {@code successes} of {@code n}.
   *
   * @throws IllegalArgumentException if n is below 1 or successes not in 0 … n
   */
  public static Wilson of(int successes, int n) {
    if (n < 1 || successes < 0 || successes > n) {
      throw new IllegalArgumentException("no interval for " + successes + " of " + n);
    }
    double p = (double) successes / n;
    double z2 = Z * Z;
    double center = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n)) / (1 + z2 / n);
    return new Wilson(Math.max(0, center - half), Math.min(1, center + half));
  }
}
