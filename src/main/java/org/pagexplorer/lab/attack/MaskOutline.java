package org.pagexplorer.lab.attack;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.Mask;

/**
 * Where a mask ends: the pixels' edges between those that may change by half or more and others.
 */
public final class MaskOutline {
  private static final int HALF = 128;

  private MaskOutline() {}

  /**
   * An edge of pixels, horizontal or vertical.
   *
   * @param x0 in pixels from the left
   * @param y0 in pixels from the top
   */
  public record Edge(int x0, int y0, int x1, int y1) {}

  /** All edges, those of one line joined; the picture's border is an edge, too. */
  public static List<Edge> of(Mask mask) {
    List<Edge> edges = new ArrayList<>();
    for (int y = 0; y <= mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        int from = x;
        while (x < mask.width() && isInside(mask, x, y - 1) != isInside(mask, x, y)) {
          x++;
        }
        if (x > from) {
          edges.add(new Edge(from, y, x, y));
        }
      }
    }
    for (int x = 0; x <= mask.width(); x++) {
      for (int y = 0; y < mask.height(); y++) {
        int from = y;
        while (y < mask.height() && isInside(mask, x - 1, y) != isInside(mask, x, y)) {
          y++;
        }
        if (y > from) {
          edges.add(new Edge(x, from, x, y));
        }
      }
    }
    return edges;
  }

  private static boolean isInside(Mask mask, int x, int y) {
    return x >= 0
        && y >= 0
        && x < mask.width()
        && y < mask.height()
        && (mask.levels()[y * mask.width() + x] & 255) >= HALF;
  }
}
