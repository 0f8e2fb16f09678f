package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Activation;
import org.pagexplorer.domain.Convolution;
import org.pagexplorer.domain.Layers;

/** The layers in PyTorch; training and attacks compute batch norms differently. */
abstract class TorchLayers implements Layers<NDArray> {
  /** PyTorch's defaults; DJL counts momentum the other way round. */
  static final float EPSILON = 1e-5f;

  private static final float DJL_MOMENTUM = 0.9f;

  final Weights weights;
  private final @Nullable Autograd mixed;

  private TorchLayers(Weights weights, @Nullable Autograd mixed) {
    this.weights = weights;
    this.mixed = mixed;
  }

  /** Batch norms as they are, with the batch's statistics (training) or the running ones. */
  static TorchLayers batchNormed(Weights weights, boolean training) {
    return batchNormed(weights, training, null);
  }

  /**
   * @param mixed makes bfloat16 of what convolutions see, and float32 of what linear layers see;
   *     {@code null} for float32 throughout
   */
  static TorchLayers batchNormed(Weights weights, boolean training, @Nullable Autograd mixed) {
    return new TorchLayers(weights, mixed) {
      @Override
      public NDArray normalized(NDArray x, Convolution convolution, String norm) {
        return training ? norm(convolution(x, convolution), norm) : folded(x, convolution, norm);
      }

      /** What {@link Folding} does, but differentiable: the weights w·s and the bias β − μ·s. */
      private NDArray folded(NDArray x, Convolution convolution, String norm) {
        NDArray deviation = statistics(x, norm + ".running_var").add(EPSILON).sqrt();
        NDArray scale = weights.get(norm + ".weight").div(deviation);
        scale.attach(
            x.getManager()); // what comes of a weight belongs to it, and would live as long
        NDArray shift = statistics(x, norm + ".running_mean").mul(scale);
        NDArray bias = shift.neg().add(weights.get(norm + ".bias"));
        if (convolution.isBiased()) {
          bias = bias.add(scale.mul(weights.get(convolution.name() + ".bias")));
        }
        NDArray weight = weights.get(convolution.name() + ".weight");
        return convolve(x, convolution, scale.reshape(-1, 1, 1, 1).mul(weight), bias);
      }

      @Override
      public NDArray norm(NDArray x, String name) {
        return BatchNorm.batchNorm(
                x,
                statistics(x, name + ".running_mean"),
                statistics(x, name + ".running_var"),
                weights.get(name + ".weight"),
                weights.get(name + ".bias"),
                1,
                DJL_MOMENTUM,
                EPSILON,
                training)
            .head();
      }

      /** A pass in train mode writes into them, and a gradient may still have to read them. */
      private NDArray statistics(NDArray x, String name) {
        NDArray running = weights.get(name);
        if (training) {
          return running;
        }
        NDArray copy = running.duplicate();
        copy.attach(x.getManager());
        return copy;
      }
    };
  }

  /**
   * The weights are {@link Folding}'s: a bias for each normalized convolution, a line for a norm.
   */
  static TorchLayers folded(Weights weights) {
    return new TorchLayers(weights, null) {
      @Override
      public NDArray normalized(NDArray x, Convolution convolution, String norm) {
        return convolve(x, convolution, weights.get(convolution.name() + ".bias"));
      }

      @Override
      public NDArray norm(NDArray x, String name) {
        return x.mul(weights.get(name + ".weight")).add(weights.get(name + ".bias"));
      }
    };
  }

  @Override
  public NDArray convolution(NDArray x, Convolution convolution) {
    return convolve(
        x, convolution, convolution.isBiased() ? weights.get(convolution.name() + ".bias") : null);
  }

  final NDArray convolve(NDArray x, Convolution convolution, @Nullable NDArray bias) {
    return convolve(x, convolution, weights.get(convolution.name() + ".weight"), bias);
  }

  final NDArray convolve(
      NDArray x, Convolution convolution, NDArray weight, @Nullable NDArray bias) {
    if (mixed == null) {
      return inPyTorch(x, convolution, weight, bias);
    }
    NDManager step = x.getManager();
    NDArray added = bias == null ? null : half(bias, step);
    return inPyTorch(half(x, step), convolution, half(weight, step), added);
  }

  private NDArray half(NDArray x, NDManager step) {
    NDArray half = Objects.requireNonNull(mixed).bfloat16(x);
    half.attach(step);
    return half;
  }

  private NDArray full(NDArray x) {
    return mixed == null ? x : mixed.float32(x);
  }

  private static NDArray inPyTorch(
      NDArray x, Convolution convolution, NDArray weight, @Nullable NDArray bias) {
    int stride = convolution.stride();
    if (stride > 1 && convolution.kernel() == 1) {
      // decision: the same, pixel by pixel. oneDNN 3.7's AVX2 kernel for the weight gradient of a
      // strided 1×1 convolution writes past its buffer below eight channels (a crash).
      return convolve(subsampled(x, stride), weight, bias, 1, 0, 1);
    }
    int groups = convolution.isDepthwise() ? convolution.channels() : 1;
    if (convolution.isPaddedAtTheEnd()) {
      return convolve(x.pad(new Shape(0, 1, 0, 1), 0), weight, bias, stride, 0, groups);
    }
    return convolve(x, weight, bias, stride, convolution.margin(), groups);
  }

  private static NDArray subsampled(NDArray x, int stride) {
    return x.get(":, :, ::" + stride + ", ::" + stride);
  }

  private static NDArray convolve(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding, int groups) {
    return Conv2d.conv2d(
            x,
            weight,
            bias,
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1),
            groups)
        .head();
  }

  @Override
  public NDArray activation(NDArray x, Activation activation) {
    return switch (activation) {
      case RELU -> ai.djl.nn.Activation.relu(x);
      case TANH -> ai.djl.nn.Activation.tanh(x);
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(x);
      case SOFTPLUS -> ai.djl.nn.Activation.softPlus(x);
      case SWISH -> x.mul(ai.djl.nn.Activation.sigmoid(x));
      case GELU -> ai.djl.nn.Activation.gelu(x);
    };
  }

  @Override
  public NDArray maxPool(NDArray x, int kernel, int stride, int margin) {
    return Pool.maxPool2d(
        x, new Shape(kernel, kernel), new Shape(stride, stride), new Shape(margin, margin), false);
  }

  @Override
  public NDArray averagePool(NDArray x) {
    // one axis at a time, as DJL's PyTorch mean takes one
    return x.mean(new int[] {3}).mean(new int[] {2});
  }

  @Override
  public NDArray averagePool(NDArray x, int side) {
    return parts(parts(x, 2, side), 3, side);
  }

  /** The means of equal parts along an axis; parts share a row where they do not divide it. */
  private static NDArray parts(NDArray x, int axis, int parts) {
    long size = x.getShape().get(axis);
    if (size == parts) {
      return x;
    }
    NDList means = new NDList(parts);
    for (long part = 0; part < parts; part++) {
      long from = part * size / parts;
      long to = Math.ceilDiv((part + 1) * size, parts);
      String range = from + ":" + to;
      NDArray rows = x.get(axis == 2 ? ":, :, " + range : ":, :, :, " + range);
      means.add(rows.mean(new int[] {axis}, true));
    }
    return NDArrays.concat(means, axis);
  }

  @Override
  public NDArray subsampled(NDArray x, int stride, int channels) {
    long zeros = channels - x.getShape().get(1);
    NDArray seen = subsampled(x, stride);
    return seen.pad(new Shape(0, 0, 0, 0, zeros / 2, zeros - zeros / 2), 0);
  }

  @Override
  public NDArray flatten(NDArray x) {
    return x.reshape(x.getShape().get(0), -1);
  }

  @Override
  public NDArray add(NDArray x, NDArray y) {
    return x.add(y);
  }

  @Override
  public NDArray times(NDArray x, double factor) {
    return x.mul(factor);
  }

  @Override
  public NDArray channelsLast(NDArray x) {
    return x.transpose(0, 2, 3, 1);
  }

  @Override
  public NDArray channelsFirst(NDArray x) {
    return x.transpose(0, 3, 1, 2);
  }

  @Override
  public NDArray layerNorm(NDArray x, String name, double epsilon) {
    Shape features = new Shape(x.getShape().get(x.getShape().dimension() - 1));
    return LayerNorm.layerNorm(
            full(x),
            features,
            weights.get(name + ".weight"),
            weights.get(name + ".bias"),
            (float) epsilon)
        .head();
  }

  @Override
  public NDArray scaled(NDArray x, String name) {
    return x.mul(weights.get(name));
  }

  @Override
  public NDArray tokens(NDArray x) {
    Shape shape = x.getShape();
    return full(x).reshape(shape.get(0), shape.get(1), -1).transpose(0, 2, 1);
  }

  @Override
  public NDArray patches(NDArray x, int side) {
    long n = x.getShape().get(0);
    long channels = x.getShape().get(1);
    long rows = x.getShape().get(2) / side;
    long columns = x.getShape().get(3) / side;
    return x.reshape(n, channels, rows, side, columns, side)
        .transpose(0, 2, 4, 3, 5, 1)
        .reshape(n, rows * columns, side * side * channels);
  }

  @Override
  public NDArray prepend(NDArray x, String name) {
    Shape shape = x.getShape();
    // What comes of a weight belongs to it, and would live as long.
    NDArray token = weights.get(name).broadcast(new Shape(shape.get(0), 1, shape.get(2)));
    token.attach(x.getManager());
    NDArray all = NDArrays.concat(new NDList(token, x), 1);
    all.attach(x.getManager());
    return all;
  }

  @Override
  public NDArray position(NDArray x, String name) {
    return x.add(weights.get(name));
  }

  @Override
  public NDArray part(NDArray x, int index, int count) {
    long size = x.getShape().get(2) / count;
    return x.get(":, :, " + index * size + ":" + (index + 1) * size);
  }

  @Override
  public NDArray attention(NDArray q, NDArray k, NDArray v, int heads, double scale) {
    NDArray scores = split(q, heads).mul(scale).matMul(split(k, heads).transpose(0, 1, 3, 2));
    NDArray seen = scores.softmax(-1).matMul(split(v, heads));
    Shape shape = q.getShape();
    return seen.transpose(0, 2, 1, 3).reshape(shape);
  }

  /** N × T × D to N × heads × T × D / heads. */
  private static NDArray split(NDArray x, int heads) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads).transpose(0, 2, 1, 3);
  }

  @Override
  public NDArray token(NDArray x, int index) {
    return x.get(":, " + index);
  }

  @Override
  public NDArray averageToken(NDArray x) {
    return x.mean(new int[] {1});
  }

  @Override
  public NDArray linear(NDArray x, String name, int features) {
    return Linear.linear(full(x), weights.get(name + ".weight"), weights.get(name + ".bias"))
        .head();
  }
}
