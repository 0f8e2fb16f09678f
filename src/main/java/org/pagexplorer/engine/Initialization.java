package org.pagexplorer.engine;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;

/**
 * Untrained weights, as PyTorch's layers draw them: convolutions and linear layers uniform in
 * ±1/√fan-in, batch norms the identity.
 */
public final class Initialization {
  private Initialization() {}

  /** All tensors of the architecture; the seed fixes them on every machine. */
  public static SequencedMap<String, Tensor> of(Architecture architecture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    SequencedMap<String, TensorShape> shapes = architecture.tensorShapes();
    shapes.forEach(
        (name, shape) -> {
          float[] values = new float[Math.toIntExact(shape.size())];
          if (isBatchNorm(name, shapes)) {
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

  private static boolean isBatchNorm(String name, SequencedMap<String, TensorShape> shapes) {
    return shapes.containsKey(layer(name) + ".running_mean");
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
