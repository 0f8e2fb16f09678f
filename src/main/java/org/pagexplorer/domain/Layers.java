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

  /** The largest of each 3×3, every second row and column. */
  T maxPool(T x);

  /** The mean of each channel, N × channels. */
  T averagePool(T x);

  /** N × everything. */
  T flatten(T x);

  T add(T x, T y);

  /**
   * Weights and bias.
   *
   * @param features of the output
   */
  T linear(T x, String name, int features);
}
