package org.pagexplorer.dataset;

import java.awt.image.BufferedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/**
 * Resizes an image along each axis on its own: averages the covered area where it shrinks, and
 * interpolates linearly between pixel centers where it grows.
 */
final class Resampling {
  /** One output pixel: the weights, of sum 1, of the input pixels from {@code start} on. */
  private record Tap(int start, float[] weights) {}

  private Resampling() {}

  /** The image as RGB in [0, 1], stretched to {@code height} by {@code width}. */
  static Image resize(BufferedImage image, int height, int width) {
    Tap[] columns = taps(image.getWidth(), width);
    Tap[] rows = taps(image.getHeight(), height);
    float[] pixels = new float[3 * height * width];
    for (int y = 0; y < height; y++) {
      Tap tap = rows[y];
      for (int k = 0; k < tap.weights().length; k++) {
        int[] rgb = RgbPixels.row(image, tap.start() + k);
        addRow(rgb, columns, tap.weights()[k] / 255, pixels, y * width, height * width);
      }
    }
    return new Image(new InputShape(3, height, width), clamped(pixels));
  }

  private static void addRow(
      int[] rgb, Tap[] columns, float rowWeight, float[] pixels, int offset, int plane) {
    for (int x = 0; x < columns.length; x++) {
      Tap tap = columns[x];
      for (int k = 0; k < tap.weights().length; k++) {
        float weight = rowWeight * tap.weights()[k];
        int value = rgb[tap.start() + k];
        pixels[offset + x] += weight * (value >> 16 & 0xff);
        pixels[plane + offset + x] += weight * (value >> 8 & 0xff);
        pixels[2 * plane + offset + x] += weight * (value & 0xff);
      }
    }
  }

  // Sums of rounded weights may exceed 1 by an ulp.
  private static float[] clamped(float[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.clamp(pixels[i], 0f, 1f);
    }
    return pixels;
  }

  private static Tap[] taps(int from, int to) {
    Tap[] taps = new Tap[to];
    double scale = (double) from / to;
    for (int i = 0; i < to; i++) {
      taps[i] = from >= to ? area(i * scale, (i + 1) * scale, from) : between(i, scale, from);
    }
    return taps;
  }

  private static Tap area(double begin, double end, int from) {
    int first = (int) begin;
    int last = Math.min(from, (int) Math.ceil(end - 1e-9));
    float[] weights = new float[last - first];
    for (int k = 0; k < weights.length; k++) {
      double covered = Math.min(end, first + k + 1) - Math.max(begin, first + k);
      weights[k] = (float) (covered / (end - begin));
    }
    return new Tap(first, weights);
  }

  private static Tap between(int i, double scale, int from) {
    double center = Math.clamp((i + 0.5) * scale - 0.5, 0, from - 1);
    int first = Math.clamp((int) center, 0, Math.max(0, from - 2));
    float second = (float) (center - first);
    return from == 1
        ? new Tap(0, new float[] {1})
        : new Tap(first, new float[] {1 - second, second});
  }
}
