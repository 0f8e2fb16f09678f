package org.pagexplorer.ui.toy;

import org.pagexplorer.lab.toy.BoundaryField;

/**
 * A field as the pixels of a panel, the top row first. A coarser field is interpolated linearly, so
 * that its boundary is as sharp as the panel.
 */
final class FieldPainter {
  private static final int SHADES = 256;

  /** Differences of logits beyond which the background is as saturated as it gets. */
  private static final float STEEPEST = 6;

  private final int[] shades = new int[SHADES];

  /**
   * @param confidence whether the background shows p(class) rather than the class alone
   */
  FieldPainter(ToyPalette palette, boolean confidence) {
    for (int i = 0; i < SHADES; i++) {
      double difference = STEEPEST * (2.0 * i / (SHADES - 1) - 1);
      int named = difference > 0 ? 1 : 0;
      double certainty = confidence ? Math.abs(2 * BoundaryField.probability(difference) - 1) : 1;
      shades[i] = mix(palette.unsure(), palette.background()[named], certainty);
    }
  }

  private static int mix(int from, int to, double share) {
    int mixed = 0xFF000000;
    for (int shift = 0; shift <= 16; shift += 8) {
      int a = from >> shift & 255;
      int b = to >> shift & 255;
      mixed |= (int) Math.round(a + share * (b - a)) << shift;
    }
    return mixed;
  }

  /** The pixels of a panel. */
  int[] paint(BoundaryField field, int width, int height) {
    int[] pixels = new int[width * height];
    if (field.columns() == width && field.rows() == height) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          pixels[(height - 1 - row) * width + column] = shade(field.at(column, row));
        }
      }
      return pixels;
    }
    int[] lower = new int[width];
    float[] share = new float[width];
    for (int x = 0; x < width; x++) {
      float at = place(x, width, field.columns());
      lower[x] = (int) at;
      share[x] = at - lower[x];
    }
    float[] values = field.values();
    for (int y = 0; y < height; y++) {
      float at = place(y, height, field.rows());
      int row = (int) at;
      float up = at - row;
      int from = row * field.columns();
      int above = from + field.columns();
      int to = (height - 1 - y) * width;
      for (int x = 0; x < width; x++) {
        int i = lower[x];
        float right = share[x];
        float low = values[from + i] + right * (values[from + i + 1] - values[from + i]);
        float high = values[above + i] + right * (values[above + i + 1] - values[above + i]);
        pixels[to + x] = shade(low + up * (high - low));
      }
    }
    return pixels;
  }

  /** Where a pixel's middle lies among the cells' middles, so that a cell follows it. */
  private static float place(int pixel, int pixels, int cells) {
    float at = (pixel + 0.5f) * cells / pixels - 0.5f;
    return Math.clamp(at, 0, Math.nextDown((float) (cells - 1)));
  }

  private int shade(float difference) {
    // Where it rounds to the middle, the sign still decides.
    int i = (int) ((difference / STEEPEST + 1) / 2 * (SHADES - 1) + 0.5f);
    int least = difference > 0 ? SHADES / 2 : 0;
    int most = difference > 0 ? SHADES - 1 : SHADES / 2 - 1;
    return shades[Math.clamp(i, least, most)];
  }
}
