package org.pagexplorer.domain;

/**
 * A convolution without a bias; square, and padded so that a stride of 1 keeps the size.
 *
 * @param name of its weight's layer, for instance {@code layer1.0.conv1}
 * @param channels of its output
 * @param kernel its side, odd
 * @param stride in both directions
 * @param padding where a stride above 1 adds zeros
 */
public record Convolution(String name, int channels, int kernel, int stride, Padding padding) {

  /** Where zeros are added. */
  public enum Padding {
    /** Half the kernel on every side. */
    AROUND,
    /**
     * TensorFlow's {@code SAME} for even sizes and a stride of 2: one row below, one column right.
     */
    AT_THE_END
  }

  public Convolution(String name, int channels, int kernel, int stride) {
    this(name, channels, kernel, stride, Padding.AROUND);
  }
}
