package org.pagexplorer.dataset.toy;

import java.util.SplittableRandom;
import org.pagexplorer.domain.Method;

/**
 * The target class representatives of section 4.2 in the plane: r_y(x) of every training point, and
 * so the wanted gradients g(x, y) = r_y(x) − x, computed once.
 */
public final class Representatives {
  private final float[][] directions;

  private Representatives(float[][] directions) {
    this.directions = directions;
  }

  /**
   * The representatives of a method that has any.
   *
   * @param sample for {@link Method#NEAREST_NEIGHBOR}, the size of each class's sample D_y
   * @param random draws D_y
   */
  public static Representatives of(
      Method method, PointSet points, int sample, SplittableRandom random) {
    float[][] directions = new float[PointSet.CLASSES][];
    for (int y = 0; y < directions.length; y++) {
      PointSet ofClass = points.ofClass(y);
      PointSet candidates =
          switch (method) {
            case NEAREST_NEIGHBOR -> drawn(ofClass, sample, random);
            case CLASS_MEAN -> mean(ofClass);
            case ONE_IMAGE -> nearestToMean(ofClass);
            case VANILLA, CLUSTER_MEAN, RIGD, FROM_FILE, ADVERSARIAL, GRADIENT_NORM ->
                throw new IllegalArgumentException(method + " has no representatives");
          };
      directions[y] = towardNearest(points, candidates);
    }
    return new Representatives(directions);
  }

  /** An i.i.d. sample of a class: "a limited set of samples" (section 4.2). */
  private static PointSet drawn(PointSet ofClass, int sample, SplittableRandom random) {
    if (sample >= ofClass.size()) {
      return ofClass;
    }
    boolean[] chosen = new boolean[ofClass.size()];
    for (int left = sample; left > 0; ) {
      int i = random.nextInt(chosen.length);
      if (!chosen[i]) {
        chosen[i] = true;
        left--;
      }
    }
    return ofClass.subset(i -> chosen[i]);
  }

  private static PointSet mean(PointSet ofClass) {
    double x1 = 0;
    double x2 = 0;
    for (int i = 0; i < ofClass.size(); i++) {
      x1 += ofClass.x1(i) / ofClass.size();
      x2 += ofClass.x2(i) / ofClass.size();
    }
    return PointSet.EMPTY.with(x1, x2, 0);
  }

  private static PointSet nearestToMean(PointSet ofClass) {
    PointSet mean = mean(ofClass);
    int nearest = ofClass.nearest(mean.x1(0), mean.x2(0));
    return ofClass.subset(i -> i == nearest);
  }

  /**
   * From each point to the nearest candidate that is not the point itself (Eq. 3: x̂ ≠ x). Where
   * there is no other, there is no direction.
   */
  private static float[] towardNearest(PointSet points, PointSet candidates) {
    float[] directions = new float[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int j = 0; j < candidates.size(); j++) {
        float d1 = candidates.x1(j) - points.x1(i);
        float d2 = candidates.x2(j) - points.x2(i);
        double squared = d1 * d1 + d2 * d2;
        if (squared > 0 && squared < smallest) {
          smallest = squared;
          directions[2 * i] = d1;
          directions[2 * i + 1] = d2;
        }
      }
    }
    return directions;
  }

  /** g(x, y) of all training points, in their order; do not write to it. */
  public float[] directions(int target) {
    return directions[target];
  }
}
