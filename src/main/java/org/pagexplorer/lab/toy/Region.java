package org.pagexplorer.lab.toy;

import org.pagexplorer.dataset.toy.PointSet;

/**
 * A rectangle of the plane.
 *
 * @param left smallest x₁
 * @param bottom smallest x₂
 * @param width positive
 * @param height positive
 */
public record Region(double left, double bottom, double width, double height) {

  public Region {
    if (!(width > 0) || !(height > 0)) {
      throw new IllegalArgumentException("a region has positive sides: " + width + "×" + height);
    }
  }

  /** The smallest region that holds all points, at least 1 wide and high. */
  public static Region around(PointSet points) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    double top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      left = Math.min(left, points.x1(i));
      right = Math.max(right, points.x1(i));
      bottom = Math.min(bottom, points.x2(i));
      top = Math.max(top, points.x2(i));
    }
    if (points.size() == 0) {
      return new Region(-0.5, -0.5, 1, 1);
    }
    return new Region(left, bottom, Math.max(1, right - left), Math.max(1, top - bottom));
  }

  /** The same middle, all sides longer by {@code by} at each end. */
  public Region grown(double by) {
    return new Region(left - by, bottom - by, width + 2 * by, height + 2 * by);
  }

  /** The smallest region of this ratio of width to height with the same middle that holds this. */
  public Region ofRatio(double ratio) {
    double wide = Math.max(width, height * ratio);
    double high = wide / ratio;
    return new Region(left + (width - wide) / 2, bottom + (height - high) / 2, wide, high);
  }

  /** Enlarged or shrunk about a place that stays where it is. */
  public Region scaled(double factor, double x1, double x2) {
    return new Region(
        x1 - (x1 - left) * factor, x2 - (x2 - bottom) * factor, width * factor, height * factor);
  }

  public Region moved(double by1, double by2) {
    return new Region(left + by1, bottom + by2, width, height);
  }

  public double right() {
    return left + width;
  }

  public double top() {
    return bottom + height;
  }

  public boolean contains(double x1, double x2) {
    return x1 >= left && x1 <= right() && x2 >= bottom && x2 <= top();
  }
}
