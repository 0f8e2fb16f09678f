package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;

/** A convolution followed by its batch norm; training and attacks compute the pair differently. */
interface NormalizedConvolution {
  /** PyTorch's defaults; DJL counts momentum the other way round. */
  float EPSILON = 1e-5f;

  float DJL_MOMENTUM = 0.9f;

  /**
   * @param x images or features, NCHW
   * @param convolution name of the convolution, for instance {@code layer1.0.conv1}
   * @param norm name of its batch norm, for instance {@code layer1.0.bn1}
   */
  NDArray apply(NDArray x, String convolution, String norm, int stride, int padding);

  /** Convolution, then batch norm with the batch's statistics (training) or the running ones. */
  static NormalizedConvolution batchNormed(Weights weights, boolean training) {
    return (x, convolution, norm, stride, padding) ->
        BatchNorm.batchNorm(
                convolve(x, weights.get(convolution + ".weight"), null, stride, padding),
                weights.get(norm + ".running_mean"),
                weights.get(norm + ".running_var"),
                weights.get(norm + ".weight"),
                weights.get(norm + ".bias"),
                1,
                DJL_MOMENTUM,
                EPSILON,
                training)
            .head();
  }

  /** One convolution with a bias into which {@link Folding} has multiplied the batch norm. */
  static NormalizedConvolution folded(Weights weights) {
    return (x, convolution, norm, stride, padding) ->
        convolve(
            x,
            weights.get(convolution + ".weight"),
            weights.get(convolution + ".bias"),
            stride,
            padding);
  }

  private static NDArray convolve(
      NDArray x,
      NDArray weight,
      @org.jspecify.annotations.Nullable NDArray bias,
      int stride,
      int padding) {
    if (stride > 1 && weight.getShape().get(2) == 1) {
      // decision: the same, pixel by pixel. oneDNN 3.7's AVX2 kernel for the weight gradient of a
      // strided 1×1 convolution writes past its buffer below eight channels (a crash).
      NDArray seen = x.get(":, :, ::" + stride + ", ::" + stride);
      return convolve(seen, weight, bias, 1, padding);
    }
    return Conv2d.conv2d(
            x,
            weight,
            bias,
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1),
            1)
        .head();
  }
}
