package org.pagexplorer.ui.viewer;

import org.pagexplorer.domain.InputShape;

/**
 * Which part of a picture is in sight, and how large.
 *
 * @param scale screen pixels for one of the picture's
 * @param centerX what is in the pane's middle, in the picture's pixels from its left
 * @param centerY the same from its top
 */
record Viewport(double scale, double centerX, double centerY) {
  private static final double LARGEST = 64;

  /** All of the picture, as large as it fits; whole multiples keep its pixels alike in size. */
  static Viewport fitting(InputShape shape, double width, double height) {
    double most = Math.max(0.1, Math.min(width / shape.width(), height / shape.height()));
    return middleOf(shape, most < 1 ? most : Math.floor(most));
  }

  /** A pixel of the screen for each of the picture's. */
  static Viewport actualSize(InputShape shape) {
    return middleOf(shape, 1);
  }

  private static Viewport middleOf(InputShape shape, double scale) {
    return new Viewport(scale, shape.width() / 2.0, shape.height() / 2.0);
  }

  /**
   * Larger or smaller, while the place below the pointer stays there.
   *
   * @param dx the pointer's distance from the pane's middle, in screen pixels
   */
  Viewport zoomed(double factor, double dx, double dy, InputShape shape, double fitting) {
    double least = Math.min(1, fitting) / 2;
    double now = Math.clamp(scale * factor, least, Math.max(LARGEST, fitting));
    double x = centerX + dx / scale - dx / now;
    double y = centerY + dy / scale - dy / now;
    return new Viewport(now, x, y).within(shape);
  }

  /** Dragged by so many screen pixels. */
  Viewport moved(double dx, double dy, InputShape shape) {
    return new Viewport(scale, centerX - dx / scale, centerY - dy / scale).within(shape);
  }

  /** The picture cannot be lost out of sight. */
  private Viewport within(InputShape shape) {
    return new Viewport(
        scale, Math.clamp(centerX, 0, shape.width()), Math.clamp(centerY, 0, shape.height()));
  }

  /** The column of the picture that is so far from the pane's middle; it may be outside. */
  int column(double dx) {
    return (int) Math.floor(centerX + dx / scale);
  }

  int row(double dy) {
    return (int) Math.floor(centerY + dy / scale);
  }
}
