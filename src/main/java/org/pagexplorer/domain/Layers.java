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

  T times(T x, double factor);

  /** N × C × H × W to N × H × W × C, for layers of the last axis. */
  T channelsLast(T x);

  /** And back. */
  T channelsFirst(T x);

  /** A layer norm of the last axis. */
  T layerNorm(T x, String name, double epsilon);

  /** The last axis times a learned factor each. */
  T scaled(T x, String name);

  /** N × C × H × W to N × T × C: a token a pixel, row by row. */
  T tokens(T x);

  /**
   * N × C × H × W to N × T × (side · side · C): a token a patch, row by row; in a token first the
   * patch's rows, then its columns, then the channels.
   */
  T patches(T x, int side);

  /** A learned token before all others. */
  T prepend(T x, String name);

  /** Plus something learned for each token's place. */
  T position(T x, String name);

  /** One of some equal parts of the last axis. */
  T part(T x, int index, int count);

  /** softmax(q · kᵀ · scale) · v of each head, N × T × D all. */
  T attention(T q, T k, T v, int heads, double scale);

  /** N × T × D to N × D. */
  T token(T x, int index);

  /** The tokens' mean, N × D. */
  T averageToken(T x);

  /**
   * Weights and bias, of the last axis.
   *
   * @param features of the output
   */
  T linear(T x, String name, int features);
}
