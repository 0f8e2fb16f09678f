package org.pagexplorer.domain;

/**
 * A square convolution.
 *
 * @param name of its weight's layer, for instance {@code layer1.0.conv1}
 * @param channels of its output
 * @param kernel its side
 * @param stride in both directions
 * @param padding where a stride above 1 adds zeros
 * @param margin zeros on every side, for {@link Padding#AROUND}
 * @param isBiased whether it has a bias
 * @param isDepthwise whether each channel is convolved alone
 */
public record Convolution(
    String name,
    int channels,
    int kernel,
    int stride,
    Padding padding,
    int margin,
    boolean isBiased,
    boolean isDepthwise) {

  /** Where zeros are added. */
  public enum Padding {
    /** The margin on every side. */
    AROUND,
    /**
     * TensorFlow's {@code SAME} for even sizes and a stride of 2: one row below, one column right.
     */
    AT_THE_END
  }

  /** Without a bias; its margin keeps the size where the stride is 1 and the kernel odd. */
  public Convolution(String name, int channels, int kernel, int stride) {
    this(name, channels, kernel, stride, Padding.AROUND);
  }

  public Convolution(String name, int channels, int kernel, int stride, Padding padding) {
    this(name, channels, kernel, stride, padding, kernel / 2, false, false);
  }

  /** The same with a bias. */
  public Convolution biased() {
    return new Convolution(name, channels, kernel, stride, padding, margin, true, isDepthwise);
  }

  /** The same with each channel convolved alone. */
  public Convolution depthwise() {
    return new Convolution(name, channels, kernel, stride, padding, margin, isBiased, true);
  }

  /** The same with that many zeros on every side. */
  public Convolution withMargin(int other) {
    return new Convolution(name, channels, kernel, stride, padding, other, isBiased, isDepthwise);
  }

  /** The same layer elsewhere. */
  public Convolution named(String other) {
    return new Convolution(other, channels, kernel, stride, padding, margin, isBiased, isDepthwise);
  }

  /** Whether zeros are added below and right only. */
  public boolean isPaddedAtTheEnd() {
    return stride > 1 && padding == Padding.AT_THE_END;
  }

  /** Height or width of the output. */
  public int side(int input) {
    return reach(input, kernel, stride, isPaddedAtTheEnd() ? 1 : 2 * margin);
  }

  /** How many windows there are in so many pixels and zeros; none or fewer if it does not fit. */
  static int reach(int input, int kernel, int stride, int zeros) {
    return Math.floorDiv(input + zeros - kernel, stride) + 1;
  }
}
