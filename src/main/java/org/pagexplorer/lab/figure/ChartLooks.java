package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.util.List;

/**
 * What charts look like.
 *
 * @param ink of names
 * @param quiet of numbers and titles of axes
 * @param line of axes and of the lines between
 * @param palette of curves, by their numbers
 * @param letters their size in points
 */
public record ChartLooks(
    Color paper, Color ink, Color quiet, Color line, List<Color> palette, int letters) {

  static final ChartLooks PAPER =
      new ChartLooks(
          Color.WHITE,
          new Color(0x1F2328),
          new Color(0x444C56),
          new Color(0xD1D9E0),
          Palette.LIGHT.colors(),
          12);

  Color color(int number) {
    return palette.get(Math.floorMod(number, palette.size()));
  }
}
