package org.pagexplorer.engine;

/**
 * Gauss–Legendre quadrature on [0, 1], exact for polynomials of degree 2n − 1: what Captum
 * integrates gradients with.
 *
 * @param nodes ascending
 * @param weights their sum is 1
 */
record GaussLegendre(double[] nodes, double[] weights) {

  /** The rule of n points: Newton's method on the Legendre polynomial Pₙ. */
  static GaussLegendre of(int n) {
    double[] nodes = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double z = -Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double slope = 1;
      for (int round = 0; round < 8; round++) { // quadratic from a start that is near
        double before = 0;
        double p = 1;
        for (int k = 1; k <= n; k++) {
          double next = ((2 * k - 1) * z * p - (k - 1) * before) / k;
          before = p;
          p = next;
        }
        slope = n * (z * p - before) / (z * z - 1);
        z -= p / slope;
      }
      nodes[i] = (1 + z) / 2;
      weights[i] = 1 / ((1 - z * z) * slope * slope);
    }
    return new GaussLegendre(nodes, weights);
  }
}
