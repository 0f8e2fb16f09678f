package org.pagexplorer.domain;

import java.util.Arrays;

/**
 * An immutable image in CHW order.
 *
 * @param shape channels, height and width
 * @param pixels {@code channels · height · width} values, images in [0, 1]; never changed after
 *     construction
 */
public record Image(InputShape shape, float[] pixels) {

  /** Takes over the array: the caller must not write to it afterward. */
  public Image {
    if (pixels.length != shape.size()) {
      throw new IllegalArgumentException(
          pixels.length + " values do not fill an image of " + shape);
    }
  }

  /** The pixel of channel {@code c}, row {@code y}, column {@code x}. */
  public float at(int c, int y, int x) {
    return pixels[(c * shape.height() + y) * shape.width() + x];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image that
        && shape.equals(that.shape)
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "Image[" + shape + "]";
  }
}
