package org.pagexplorer.domain;

import java.util.Arrays;

/**
 * How much each pixel of an image may change, in 256 levels: 0 not at all, 255 freely, and between
 * them for soft edges.
 *
 * @param levels {@code height · width} unsigned bytes, row by row; never changed after construction
 */
public record Mask(int height, int width, byte[] levels) {
  private static final int FREE = 255;

  /** Takes over the array: the caller must not write to it afterward. */
  public Mask {
    if (levels.length != height * width) {
      throw new IllegalArgumentException(
          levels.length + " values do not fill a mask of " + height + " × " + width);
    }
  }

  /** The nearest levels to values in [0, 1]. */
  public static Mask of(int height, int width, float[] values) {
    byte[] levels = new byte[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.clamp(Math.round(FREE * values[i]), 0, FREE);
    }
    return new Mask(height, width, levels);
  }

  /** A mask that lets all of an image change. */
  public static Mask all(InputShape shape) {
    byte[] levels = new byte[shape.height() * shape.width()];
    Arrays.fill(levels, (byte) FREE);
    return new Mask(shape.height(), shape.width(), levels);
  }

  /** {@code height · width} values in [0, 1], row by row. */
  public float[] values() {
    float[] values = new float[levels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (levels[i] & FREE) / (float) FREE;
    }
    return values;
  }

  /** Whether it lets nothing change. */
  public boolean isEmpty() {
    for (byte level : levels) {
      if (level != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it has the height and width of such an image. */
  public boolean fits(InputShape shape) {
    return height == shape.height() && width == shape.width();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that
        && height == that.height
        && width == that.width
        && Arrays.equals(levels, that.levels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return "Mask[" + height + " × " + width + "]";
  }
}
