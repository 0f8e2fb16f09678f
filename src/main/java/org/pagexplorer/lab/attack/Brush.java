package org.pagexplorer.lab.attack;

import org.pagexplorer.domain.Mask;

/**
 * Paints masks and wipes them. Places are in pixels from the upper left corner, so that a pixel's
 * middle is at ½.
 *
 * @param radius in pixels, more than 0
 * @param softness from 0, a hard edge, to 1: a stroke is then full in its middle only, half at its
 *     radius, and gone at twice that
 * @param erases whether it takes away
 */
public record Brush(double radius, double softness, boolean erases) {

  public Brush {
    if (!(radius > 0) || !(softness >= 0 && softness <= 1)) {
      throw new IllegalArgumentException(
          "a brush has a radius above 0 and a softness from 0 to 1, not "
              + radius
              + " and "
              + softness);
    }
  }

  /** What a mask is after a straight stroke from one place to another. */
  public Mask stroke(Mask before, double x0, double y0, double x1, double y1) {
    return painted(before, (x, y) -> radius - distance(x, y, x0, y0, x1, y1));
  }

  /** What a mask is after the rectangle between two corners; the softness is of its edges. */
  public Mask rectangle(Mask before, double x0, double y0, double x1, double y1) {
    double left = Math.min(x0, x1);
    double top = Math.min(y0, y1);
    double right = Math.max(x0, x1);
    double bottom = Math.max(y0, y1);
    return painted(
        before, (x, y) -> Math.min(Math.min(x - left, right - x), Math.min(y - top, bottom - y)));
  }

  /** How far a place is within what is painted; negative outside. */
  private interface Depth {
    double at(double x, double y);
  }

  private Mask painted(Mask before, Depth depth) {
    float[] values = before.values();
    for (int y = 0; y < before.height(); y++) {
      for (int x = 0; x < before.width(); x++) {
        int i = y * before.width() + x;
        float share = share(depth.at(x + 0.5, y + 0.5));
        values[i] = erases ? Math.min(values[i], 1 - share) : Math.max(values[i], share);
      }
    }
    return Mask.of(before.height(), before.width(), values);
  }

  private float share(double depth) {
    double width = 2 * softness * radius;
    return width < 1e-9 ? depth >= 0 ? 1 : 0 : (float) Math.clamp(depth / width + 0.5, 0, 1);
  }

  /** From a place to a straight line's nearest. */
  private static double distance(double x, double y, double x0, double y0, double x1, double y1) {
    double squared = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0);
    double along =
        squared == 0
            ? 0
            : Math.clamp(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / squared, 0, 1);
    return Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0));
  }
}
