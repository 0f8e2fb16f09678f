package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.util.List;

/**
 * What charts look like.
 *
 * @param ink of names
 * @param quiet of numbers and titles of axes
 * @param line of axes and of the lines between
 * @param palette of curves, taken in turn
 * @param letters their size in points
 */
public record ChartLooks(
    Color paper, Color ink, Color quiet, Color line, List<Color> palette, int letters) {

  /** Okabe and Ito's colors, which color-blind people tell apart. */
  public static final List<Color> PALETTE =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9));

  static final ChartLooks PAPER =
      new ChartLooks(
          Color.WHITE, new Color(0x1F2328), new Color(0x444C56), new Color(0xD1D9E0), PALETTE, 12);

  Color color(int number) {
    return palette.get(Math.floorMod(number, palette.size()));
  }
}
