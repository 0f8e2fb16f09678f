package org.pagexplorer.lab.alignment;

import org.pagexplorer.domain.InputShape;

/**
 * How much an input-gradient resembles a picture rather than noise. Neither number changes when the
 * gradient is scaled. Of white noise the first is 2√2 ≈ 2.83 and the second 1/16; smooth pictures
 * have a small first and a second near 1.
 */
public final class GradientStatistics {

  /** Frequencies below this share of the highest, in both directions, count as low. */
  private static final int LOW = 4;

  private final InputShape shape;
  private final double[][] rowBasis;
  private final double[][] columnBasis;

  public GradientStatistics(InputShape shape) {
    this.shape = shape;
    rowBasis = lowCosines(shape.height());
    columnBasis = lowCosines(shape.width());
  }

  /** The first quarter of the orthonormal DCT-II's rows. */
  private static double[][] lowCosines(int n) {
    double[][] basis = new double[Math.max(1, n / LOW)][n];
    for (int u = 0; u < basis.length; u++) {
      double scale = Math.sqrt((u == 0 ? 1.0 : 2.0) / n);
      for (int x = 0; x < n; x++) {
        basis[u][x] = scale * Math.cos(Math.PI * (2 * x + 1) * u / (2 * n));
      }
    }
    return basis;
  }

  /**
   * Σ|differences of neighbors, down and to the right| / Σ|values|: anisotropic total variation
   * (Rudin, Osher and Fatemi 1992) relative to the gradient's size. 0 of a zero gradient.
   *
   * @param gradient C · H · W values from {@code offset} on
   */
  public double totalVariation(float[] gradient, int offset) {
    double variation = 0;
    double size = 0;
    int w = shape.width();
    for (int j = 0; j < shape.size(); j++) {
      double here = gradient[offset + j];
      size += Math.abs(here);
      int column = j % w;
      int row = j / w % shape.height();
      variation += column + 1 < w ? Math.abs(gradient[offset + j + 1] - here) : 0;
      variation += row + 1 < shape.height() ? Math.abs(gradient[offset + j + w] - here) : 0;
    }
    return size == 0 ? 0 : variation / size;
  }

  /**
   * Share of the energy in the lowest quarter of the frequencies in both directions, of a
   * two-dimensional DCT-II of each channel; in [0, 1], 0 of a zero gradient.
   *
   * @param gradient C · H · W values from {@code offset} on
   */
  public double lowFrequencyShare(float[] gradient, int offset) {
    double all = 0;
    for (int j = 0; j < shape.size(); j++) {
      all += (double) gradient[offset + j] * gradient[offset + j];
    }
    double low = 0;
    int plane = shape.height() * shape.width();
    for (int c = 0; c < shape.channels(); c++) {
      low += lowEnergy(gradient, offset + c * plane);
    }
    return all == 0 ? 0 : Math.min(1, low / all);
  }

  private double lowEnergy(float[] values, int offset) {
    double energy = 0;
    for (double[] alongColumns : columnBasis) {
      double[] coefficients = new double[shape.height()];
      for (int y = 0; y < coefficients.length; y++) {
        for (int x = 0; x < shape.width(); x++) {
          coefficients[y] += alongColumns[x] * values[offset + y * shape.width() + x];
        }
      }
      for (double[] alongRows : rowBasis) {
        double coefficient = 0;
        for (int y = 0; y < coefficients.length; y++) {
          coefficient += alongRows[y] * coefficients[y];
        }
        energy += coefficient * coefficient;
      }
    }
    return energy;
  }
}
