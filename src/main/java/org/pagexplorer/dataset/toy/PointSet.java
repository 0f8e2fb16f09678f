package org.pagexplorer.dataset.toy;

import java.util.Arrays;

/**
 * Labeled points of the plane.
 *
 * @param xy x₁ and x₂ of the first point, of the second, …; never changed after construction
 * @param labels 0 or 1, one a point; never changed after construction
 */
public record PointSet(float[] xy, int[] labels) {
  /** Two classes, as in the paper's section C.1. */
  public static final int CLASSES = 2;

  /** More are slow to train and to paint, and show nothing more. */
  public static final int LARGEST = 20_000;

  /** No points. */
  public static final PointSet EMPTY = new PointSet(new float[0], new int[0]);

  /** Takes over the arrays. */
  public PointSet {
    if (xy.length != 2 * labels.length) {
      throw new IllegalArgumentException(
          labels.length + " labels do not fit " + xy.length + " coordinates");
    }
  }

  /** Number of points. */
  public int size() {
    return labels.length;
  }

  public float x1(int point) {
    return xy[2 * point];
  }

  public float x2(int point) {
    return xy[2 * point + 1];
  }

  /** How many points have this label. */
  public int count(int label) {
    return (int) Arrays.stream(labels).filter(each -> each == label).count();
  }

  /** Whether both classes have at least two points, so that there is something to learn. */
  public boolean isLearnable() {
    return count(0) > 1 && count(1) > 1;
  }

  /** This set and one more point. */
  public PointSet with(double x1, double x2, int label) {
    float[] more = Arrays.copyOf(xy, xy.length + 2);
    more[xy.length] = (float) x1;
    more[xy.length + 1] = (float) x2;
    int[] moreLabels = Arrays.copyOf(labels, labels.length + 1);
    moreLabels[labels.length] = label;
    return new PointSet(more, moreLabels);
  }

  /** This set without the points closer than {@code radius} to a place. */
  public PointSet without(double x1, double x2, double radius) {
    return subset(i -> (x1(i) - x1) * (x1(i) - x1) + (x2(i) - x2) * (x2(i) - x2) > radius * radius);
  }

  /** The points of one class. */
  public PointSet ofClass(int label) {
    return subset(i -> labels[i] == label);
  }

  /** The points whose numbers are accepted, in their order. */
  public PointSet subset(java.util.function.IntPredicate accepted) {
    int[] kept = java.util.stream.IntStream.range(0, size()).filter(accepted).toArray();
    float[] some = new float[2 * kept.length];
    int[] someLabels = new int[kept.length];
    for (int i = 0; i < kept.length; i++) {
      some[2 * i] = x1(kept[i]);
      some[2 * i + 1] = x2(kept[i]);
      someLabels[i] = labels[kept[i]];
    }
    return new PointSet(some, someLabels);
  }

  /** The number of the point nearest to a place; −1 where there is none. */
  public int nearest(double x1, double x2) {
    int nearest = -1;
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size(); i++) {
      double squared = (x1(i) - x1) * (x1(i) - x1) + (x2(i) - x2) * (x2(i) - x2);
      if (squared < smallest) {
        smallest = squared;
        nearest = i;
      }
    }
    return nearest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PointSet that
        && Arrays.equals(xy, that.xy)
        && Arrays.equals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(xy) + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "PointSet[" + size() + "]";
  }
}
