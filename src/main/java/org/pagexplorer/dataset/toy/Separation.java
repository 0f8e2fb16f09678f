package org.pagexplorer.dataset.toy;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How far the classes are apart, and so how far an attack may go without changing the class. */
public final class Separation {
  /** Section C.1's ε. */
  public static final double PAPER = 15;

  /** Gives the paper's ε = 15 on the paper's line (chosen). */
  private static final double SHARE = 0.4;

  /** Enough points for a median. */
  private static final int SAMPLE = 300;

  private Separation() {}

  /** The paper's own ε (section C.1) on its line, elsewhere that of points drawn with seed 0. */
  public static double epsilonOf(PointShape shape) {
    return shape == PointShape.LINE
        ? PAPER
        : epsilon(shape.draw(shape.trainingPoints(), new SplittableRandom(0)));
  }

  /**
   * An ε that cannot carry a typical point into the other class: 0.4 of the median distance to the
   * nearest point of the other class, rounded to two digits; 0 where a class has no points.
   */
  public static double epsilon(PointSet points) {
    PointSet[] others = {points.ofClass(1), points.ofClass(0)};
    if (others[0].size() == 0 || others[1].size() == 0) {
      return 0;
    }
    int step = Math.max(1, points.size() / SAMPLE);
    double[] distances = new double[(points.size() - 1) / step + 1];
    for (int i = 0; i < distances.length; i++) {
      int point = i * step;
      PointSet other = others[points.labels()[point]];
      int nearest = other.nearest(points.x1(point), points.x2(point));
      distances[i] =
          Math.hypot(other.x1(nearest) - points.x1(point), other.x2(nearest) - points.x2(point));
    }
    Arrays.sort(distances);
    double epsilon = SHARE * distances[distances.length / 2];
    return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.2g", epsilon));
  }
}
