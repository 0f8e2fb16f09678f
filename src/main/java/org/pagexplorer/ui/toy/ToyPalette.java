package org.pagexplorer.ui.toy;

import java.util.stream.IntStream;
import javafx.scene.paint.Color;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.ui.support.Theme;

/**
 * The playground's colors: blue for class 0 and orange for class 1, which people who do not see red
 * tell apart, too.
 *
 * @param background of each class, 0xAARRGGBB
 * @param unsure the background where both classes are as likely
 * @param point of each class
 * @param line the decision boundary, axes and words over the background
 */
record ToyPalette(int[] background, int unsure, Color[] point, Color line) {
  private static final ToyPalette LIGHT =
      new ToyPalette(
          new int[] {0xFFCFE2FA, 0xFFFBDDC0},
          0xFFF7F7F7,
          points(Theme.LIGHT),
          Color.web("#1f2328"));
  private static final ToyPalette DARK =
      new ToyPalette(
          new int[] {0xFF16365C, 0xFF5A3413}, 0xFF15191F, points(Theme.DARK), Color.web("#e6edf3"));

  /** As in charts and figures. */
  private static Color[] points(Theme theme) {
    return IntStream.of(0, 1)
        .mapToObj(label -> theme.color(Palette.ofClass(label)))
        .toArray(Color[]::new);
  }

  static ToyPalette of(Theme theme) {
    return theme == Theme.LIGHT ? LIGHT : DARK;
  }

  /** The name of a class for people. */
  static String nameOf(int label) {
    return label == 0 ? "blue" : "orange";
  }
}
