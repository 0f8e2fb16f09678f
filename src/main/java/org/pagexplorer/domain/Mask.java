package org.pagexplorer.domain;

import java.util.Arrays;

/**
 * How much each pixel of an image may change: 0 not at all, 1 freely, and between them for soft
 * edges.
 *
 * @param values {@code height · width} values in [0, 1], row by row; never changed after
 *     construction
 */
public record Mask(int height, int width, float[] values) {

  /** Takes over the array: the caller must not write to it afterwards. */
  public Mask {
    if (values.length != height * width) {
      throw new IllegalArgumentException(
          values.length + " values do not fill a mask of " + height + " × " + width);
    }
    for (float value : values) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("a mask has values from 0 to 1, not " + value);
      }
    }
  }

  /** A mask that lets all of an image change. */
  public static Mask all(InputShape shape) {
    float[] ones = new float[shape.height() * shape.width()];
    Arrays.fill(ones, 1);
    return new Mask(shape.height(), shape.width(), ones);
  }

  /** Whether it lets nothing change. */
  public boolean isEmpty() {
    for (float value : values) {
      if (value > 0) {
        return false;
      }
    }
    return true;
  }

  /** What is left of it under another mask: m · (1 − above). */
  public Mask under(Mask above) {
    float[] left = new float[values.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = values[i] * (1 - above.values[i]);
    }
    return new Mask(height, width, left);
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
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Mask[" + height + " × " + width + "]";
  }
}
