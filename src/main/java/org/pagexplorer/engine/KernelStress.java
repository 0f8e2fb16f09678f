package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.Convolution;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;

/**
 * One convolution with all the derivatives that a network takes of it, and nothing else: what
 * {@code pag doctor --stress} tries, since a kernel that writes past its buffer is found only where
 * it runs alone.
 */
public final class KernelStress {
  private static final String LAYER = "layer";
  private static final String NORM = "norm";

  private KernelStress() {}

  /** What the network is used for. */
  public enum Mode {
    /** Eq. 1 with the batch's statistics: the gradient of a gradient. */
    TRAIN,
    /** Eq. 1 with the running statistics. */
    EVAL,
    /** An attack in float32: folded, one gradient. */
    EXACT,
    /** An attack in the precision that is fast here. */
    FAST
  }

  /**
   * Runs it once.
   *
   * @param convolution its name does not matter
   * @param batch images at once
   * @param channels of its input
   * @param side of its input, in pixels
   * @param channelsLast the layout in memory
   * @return a sum over the derivatives, so that they have to be computed; finite
   */
  public static float run(
      TorchEngine engine,
      Convolution convolution,
      int batch,
      int channels,
      int side,
      Mode mode,
      boolean channelsLast) {
    Convolution layer = convolution.named(LAYER);
    try (Weights raw = Weights.of(tensors(layer, channels), DataType.FLOAT32, engine.manager());
        NDManager step = engine.manager().newSubManager()) {
      NDArray pixels =
          step.randomUniform(0, 1, new Shape(batch, channels, side, side), DataType.FLOAT32);
      if (mode == Mode.TRAIN || mode == Mode.EVAL) {
        return trained(engine, raw, layer, pixels, mode == Mode.TRAIN, channelsLast);
      }
      boolean half = mode == Mode.FAST && Bfloat16.isFastOn(engine.device());
      return attacked(engine, raw, layer, pixels, half, channelsLast);
    }
  }

  /** Folded, as {@link Classifier} has it. */
  private static float attacked(
      TorchEngine engine,
      Weights raw,
      Convolution layer,
      NDArray x,
      boolean half,
      boolean channelsLast) {
    Autograd autograd = engine.autograd();
    try (Weights weights = Weights.empty(engine.manager())) {
      for (String part : List.of(".weight", ".bias")) {
        NDArray array = raw.get(LAYER + part).stopGradient();
        array.attach(x.getManager());
        weights.adopt(LAYER + part, half ? autograd.bfloat16(array) : array.duplicate());
      }
      if (channelsLast) {
        weights.toChannelsLast(autograd);
      }
      x.setRequiresGradient(true);
      NDArray typed = half ? autograd.bfloat16(x) : x;
      NDArray laidOut = channelsLast ? autograd.channelsLast(typed) : typed;
      NDArray y = TorchLayers.folded(weights).normalized(laidOut, layer, NORM);
      NDArray exact = half ? autograd.float32(y) : y;
      return autograd.gradient(exact.mul(exact).sum(), x).sum().getFloat();
    }
  }

  /** Squares make every derivative depend on everything, as a network's later layers do. */
  private static float trained(
      TorchEngine engine,
      Weights weights,
      Convolution layer,
      NDArray pixels,
      boolean training,
      boolean channelsLast) {
    Autograd autograd = engine.autograd();
    if (channelsLast) {
      weights.toChannelsLast(autograd);
    }
    NDArray x = channelsLast ? autograd.channelsLast(pixels) : pixels;
    List<NDArray> inputs = new ArrayList<>(List.of(x, weights.get(LAYER + ".weight")));
    inputs.add(weights.get(NORM + ".weight"));
    inputs.add(weights.get(NORM + ".bias"));
    inputs.forEach(input -> input.setRequiresGradient(true));
    NDArray y = TorchLayers.batchNormed(weights, training).normalized(x, layer, NORM);
    NDArray energy = y.mul(y).sum();
    NDArray gradient = autograd.gradientWithGraph(energy, x);
    NDArray loss = gradient.mul(gradient).sum().add(energy);
    float sum = 0;
    for (NDArray derivative : autograd.gradients(loss, inputs)) {
      sum += derivative.sum().getFloat();
    }
    return sum;
  }

  private static Map<String, Tensor> tensors(Convolution layer, int channels) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int side = layer.kernel();
    int seen = layer.isDepthwise() ? 1 : channels;
    float scale = 1f / (seen * side * side);
    tensors.put(
        LAYER + ".weight", filled(scale, TensorShape.of(layer.channels(), seen, side, side)));
    tensors.put(LAYER + ".bias", filled(0.1f, TensorShape.of(layer.channels())));
    tensors.put(NORM + ".weight", filled(1, TensorShape.of(layer.channels())));
    tensors.put(NORM + ".bias", filled(0, TensorShape.of(layer.channels())));
    tensors.put(NORM + ".running_mean", filled(0, TensorShape.of(layer.channels())));
    tensors.put(NORM + ".running_var", filled(1, TensorShape.of(layer.channels())));
    return tensors;
  }

  private static Tensor filled(float value, TensorShape shape) {
    float[] values = new float[Math.toIntExact(shape.size())];
    java.util.Arrays.fill(values, value);
    return new Tensor(shape, values);
  }
}
