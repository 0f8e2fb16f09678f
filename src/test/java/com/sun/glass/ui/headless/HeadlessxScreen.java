package com.sun.glass.ui.headless;

import com.sun.glass.ui.Pixels;
import com.sun.glass.ui.Screen;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * The screen's pixels, premultiplied ARGB, row by row.
 *
 * <p>Gap of 26.0.2 filled here: windows draw into a 1000 × 1000 buffer without clipping, so that
 * one over the screen's edge throws, and spoils the tests after it. The size is {@code
 * -Dheadless.width} × {@code -Dheadless.height}, 1600 × 1000 where not set.
 */
final class HeadlessxScreen {
  private static final int DOTS_PER_INCH = 100;
  private static final int BITS_PER_PIXEL = 32;

  private final int width = Integer.getInteger("headless.width", 1600);
  private final int height = Integer.getInteger("headless.height", 1000);
  private final int[] pixels = new int[width * height];

  Screen description() {
    return new Screen(
        0,
        BITS_PER_PIXEL,
        0,
        0,
        width,
        height,
        0,
        0,
        width,
        height,
        0,
        0,
        width,
        height,
        DOTS_PER_INCH,
        DOTS_PER_INCH,
        1f,
        1f,
        1f,
        1f);
  }

  /** Draws the part of a picture that lies on the screen, its corner at {@code (left, top)}. */
  void draw(Pixels picture, int left, int top) {
    IntBuffer source = (IntBuffer) picture.getBuffer();
    int from = clampToWidth(left);
    int to = clampToWidth(left + picture.getWidth());
    int end = clampToHeight(top + picture.getHeight());
    if (from == to) {
      return;
    }
    for (int y = clampToHeight(top); y < end; y++) {
      int start = (y - top) * picture.getWidth() + from - left;
      source.get(start, pixels, y * width + from, to - from);
    }
  }

  /** Makes the part of a rectangle that lies on the screen transparent. */
  void clear(int left, int top, int columns, int rows) {
    int from = clampToWidth(left);
    int to = clampToWidth(left + columns);
    for (int y = clampToHeight(top); y < clampToHeight(top + rows); y++) {
      Arrays.fill(pixels, y * width + from, y * width + to, 0);
    }
  }

  /** The pixel at a place; transparent outside the screen. */
  int pixel(int x, int y) {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : pixels[y * width + x];
  }

  private int clampToWidth(int x) {
    return Math.clamp(x, 0, width);
  }

  private int clampToHeight(int y) {
    return Math.clamp(y, 0, height);
  }
}
