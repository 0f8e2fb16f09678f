package org.pagexplorer.lab.toy;

import org.pagexplorer.engine.Classifier;

/**
 * A network's f(x)₁ − f(x)₀ at the middles of a raster's cells: positive where it names class 1.
 *
 * @param region what the raster covers
 * @param columns cells a row, at least 2
 * @param rows at least 2
 * @param values row by row, the bottom row first
 */
public record BoundaryField(Region region, int columns, int rows, float[] values) {
  /** So many inputs' activations stay in the cache of a core. */
  private static final int CHUNK = 4096;

  /** Evaluates the network on the raster. */
  public static BoundaryField of(Classifier f, Region region, int columns, int rows) {
    float[] values = new float[columns * rows];
    float[] xy = new float[2 * Math.min(CHUNK, values.length)];
    for (int from = 0; from < values.length; from += CHUNK) {
      int n = Math.min(CHUNK, values.length - from);
      if (xy.length != 2 * n) {
        xy = new float[2 * n];
      }
      for (int i = 0; i < n; i++) {
        xy[2 * i] = (float) x1(region, columns, (from + i) % columns);
        xy[2 * i + 1] = (float) x2(region, rows, (from + i) / columns);
      }
      float[] logits = f.logits(xy);
      for (int i = 0; i < n; i++) {
        values[from + i] = logits[2 * i + 1] - logits[2 * i];
      }
    }
    return new BoundaryField(region, columns, rows, values);
  }

  private static double x1(Region region, int columns, int column) {
    return region.left() + region.width() * (column + 0.5) / columns;
  }

  private static double x2(Region region, int rows, int row) {
    return region.bottom() + region.height() * (row + 0.5) / rows;
  }

  /** x₁ of a column's middle. */
  public double x1(int column) {
    return x1(region, columns, column);
  }

  /** x₂ of a row's middle. */
  public double x2(int row) {
    return x2(region, rows, row);
  }

  /** The value of a cell. */
  public float at(int column, int row) {
    return values[row * columns + column];
  }

  /** p(class 1), of a difference of logits. */
  public static double probability(double difference) {
    return 1 / (1 + Math.exp(-difference));
  }
}
