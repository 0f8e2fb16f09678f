package org.pagexplorer.dataset.toy;

/**
 * The direction along which the points lie, point by point: of the paper's line (1, 2)/√5,
 * elsewhere the first principal component of the nearest points (local PCA).
 */
public final class ManifoldDirection {
  /** Neighbors of the local PCA (chosen). */
  private static final int NEIGHBORS = 15;

  private ManifoldDirection() {}

  /**
   * Unit vectors, one a point of {@code at}, in its order: u₁ and u₂ of the first, of the second, …
   *
   * @param line whether the points lie along x₂ = 2x₁
   * @param points the points that show the manifold
   */
  public static float[] of(boolean line, PointSet points, PointSet at) {
    float[] directions = new float[2 * at.size()];
    for (int i = 0; i < at.size(); i++) {
      double angle = line ? Math.atan2(2, 1) : local(points, at.x1(i), at.x2(i));
      directions[2 * i] = (float) Math.cos(angle);
      directions[2 * i + 1] = (float) Math.sin(angle);
    }
    return directions;
  }

  /** The angle of the first principal component of the nearest points. */
  private static double local(PointSet points, double x1, double x2) {
    double radius = radiusOfNeighbors(points, x1, x2);
    double n = 0;
    double m1 = 0;
    double m2 = 0;
    double s11 = 0;
    double s12 = 0;
    double s22 = 0;
    for (int i = 0; i < points.size(); i++) {
      double d1 = points.x1(i) - x1;
      double d2 = points.x2(i) - x2;
      if (d1 * d1 + d2 * d2 <= radius) {
        n++;
        m1 += d1;
        m2 += d2;
        s11 += d1 * d1;
        s12 += d1 * d2;
        s22 += d2 * d2;
      }
    }
    double c11 = s11 / n - m1 * m1 / (n * n);
    double c12 = s12 / n - m1 * m2 / (n * n);
    double c22 = s22 / n - m2 * m2 / (n * n);
    return Math.atan2(2 * c12, c11 - c22) / 2;
  }

  /** The squared distance of the farthest of the nearest neighbors. */
  private static double radiusOfNeighbors(PointSet points, double x1, double x2) {
    double[] nearest = new double[Math.min(NEIGHBORS, points.size())];
    java.util.Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int i = 0; i < points.size(); i++) {
      double d1 = points.x1(i) - x1;
      double d2 = points.x2(i) - x2;
      double squared = d1 * d1 + d2 * d2;
      int place = nearest.length - 1;
      if (squared >= nearest[place]) {
        continue;
      }
      while (place > 0 && nearest[place - 1] > squared) {
        nearest[place] = nearest[place - 1];
        place--;
      }
      nearest[place] = squared;
    }
    return nearest[nearest.length - 1];
  }
}
