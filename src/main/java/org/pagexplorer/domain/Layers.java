package org.pagexplorer.domain;

/**
 * What networks are made of. A network ({@link Networks}) is written once against this: one reading
 * lists its tensors ({@link NetworkOutline}), others compute.
 *
 * @param <T> what a layer takes and gives
 */
public interface Layers<T> {

  /** A convolution that a batch norm follows directly. */
  T normalized(T x, Convolution convolution, String norm);

  /** A convolution alone. */
  T convolution(T x, Convolution convolution);

  /** A batch norm that follows no convolution, or one whose output has another use. */
  T norm(T x, String name);

  T activation(T x, Activation activation);

  /**
   * The largest of each window.
   *
   * @param kernel the window's side
   * @param margin how far windows begin before the first pixel; at most half the kernel
   */
  T maxPool(T x, int kernel, int stride, int margin);

  /** The mean of each channel, N × channels. */
  T averagePool(T x);

  /** Means of side × side parts of each channel, as PyTorch's {@code AdaptiveAvgPool2d} has it. */
  T averagePool(T x, int side);

  /** Every {@code stride}-th row and column, between channels of zeros: so many in all. */
  T subsampled(T x, int stride, int channels);

  /** N × everything, channels first. */
  T flatten(T x);

  T add(T x, T y);

  /**
   * Weights and bias.
   *
   * @param features of the output
   */
  T linear(T x, String name, int features);
}
