package org.pagexplorer.engine;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;

/**
 * Untrained weights, as PyTorch's layers draw them: convolutions and linear layers uniform in
 * ±1/√fan-in, norms the identity; tokens and positions normal with deviation 0.02, layer scales
 * 10⁻⁶, as their papers have them.
 */
public final class Initialization {
  private static final float LAYER_SCALE = 1e-6f;
  private static final double TOKEN_DEVIATION = 0.02;

  private Initialization() {}

  /** All tensors of the architecture; the seed fixes them on every machine. */
  public static SequencedMap<String, Tensor> of(Architecture architecture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    SequencedMap<String, TensorShape> shapes = architecture.tensorShapes();
    shapes.forEach(
        (name, shape) -> {
          float[] values = new float[Math.toIntExact(shape.size())];
          if (name.endsWith(".gamma")) {
            java.util.Arrays.fill(values, LAYER_SCALE);
          } else if (!name.contains(".")) {
            fillNormal(values, random);
          } else if (isNorm(name, shapes)) {
            java.util.Arrays.fill(values, name.endsWith("weight") || name.endsWith("var") ? 1 : 0);
          } else {
            fillUniform(values, 1 / Math.sqrt(fanIn(name, shapes)), random);
          }
          tensors.put(name, new Tensor(shape, values));
        });
    return tensors;
  }

  /** The same with all biases zero, as other libraries begin. */
  public static SequencedMap<String, Tensor> withZeroBiases(SequencedMap<String, Tensor> tensors) {
    SequencedMap<String, Tensor> zeroed = new LinkedHashMap<>(tensors);
    zeroed.replaceAll(
        (name, tensor) ->
            name.endsWith(".bias")
                ? new Tensor(tensor.shape(), new float[tensor.values().length])
                : tensor);
    return zeroed;
  }

  /** Batch and layer norms have a weight a channel. */
  private static boolean isNorm(String name, SequencedMap<String, TensorShape> shapes) {
    TensorShape weight = shapes.get(layer(name) + ".weight");
    return weight != null && weight.sides().size() == 1;
  }

  private static void fillNormal(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (TOKEN_DEVIATION * random.nextGaussian());
    }
  }

  private static String layer(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static double fanIn(String name, SequencedMap<String, TensorShape> shapes) {
    TensorShape weight = java.util.Objects.requireNonNull(shapes.get(layer(name) + ".weight"));
    return (double) weight.size() / weight.sides().getFirst();
  }

  private static void fillUniform(float[] values, double bound, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
  }
}
