package org.pagexplorer.domain;

/**
 * The shape of one input, CHW; a point of the plane is {@code 2×1×1}.
 *
 * @param channels at least 1
 * @param height at least 1, in pixels
 * @param width at least 1, in pixels
 */
public record InputShape(int channels, int height, int width) {

  /** CIFAR-10's images. */
  public static final InputShape CIFAR = new InputShape(3, 32, 32);

  /** STL-10's images. */
  public static final InputShape STL = new InputShape(3, 96, 96);

  /** The two-dimensional toy's points. */
  public static final InputShape PLANE = new InputShape(2, 1, 1);

  public InputShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an input shape has positive sides: " + channels + "×" + height + "×" + width);
    }
  }

  /** Number of values. */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "×" + height + "×" + width;
  }
}
