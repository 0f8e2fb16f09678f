package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/**
 * Multiplies each batch norm in eval mode into the convolution before it, which is exact: {@code w'
 * = w·γ/√(σ²+ε)}, {@code b' = β − μ·γ/√(σ²+ε)}.
 */
final class Folding {
  private Folding() {}

  /**
   * The weights without batch norms of a network, on a manager of their own.
   *
   * @param finish the last step for each array (a conversion, or the identity)
   * @param parent what the result belongs to
   */
  static Weights fold(Weights weights, UnaryOperator<NDArray> finish, NDManager parent) {
    Weights folded = Weights.empty(parent);
    try (NDManager scratch = parent.newSubManager()) {
      for (String name : weights.names()) {
        if (!isBatchNorm(weights, name)) {
          foldInto(folded, name, weights, finish, scratch);
        }
      }
    }
    return folded;
  }

  private static void foldInto(
      Weights folded,
      String name,
      Weights weights,
      UnaryOperator<NDArray> finish,
      NDManager scratch) {
    String norm = normOf(name);
    NDArray weight = detached(weights, name, scratch);
    if (!name.endsWith(".weight") || !weights.has(norm + ".running_var")) {
      folded.adopt(name, finish.apply(weight.duplicate()));
      return;
    }
    NDArray deviation =
        detached(weights, norm + ".running_var", scratch).add(NormalizedConvolution.EPSILON).sqrt();
    NDArray scale = detached(weights, norm + ".weight", scratch).div(deviation);
    NDArray bias =
        detached(weights, norm + ".bias", scratch)
            .sub(detached(weights, norm + ".running_mean", scratch).mul(scale));
    folded.adopt(name, finish.apply(weight.mul(scale.reshape(new Shape(-1, 1, 1, 1)))));
    folded.adopt(name.replace(".weight", ".bias"), finish.apply(bias));
  }

  /** On the scratch manager, so that what is computed from it is freed with it. */
  private static NDArray detached(Weights weights, String name, NDManager scratch) {
    NDArray array = weights.get(name).stopGradient();
    array.attach(scratch);
    return array;
  }

  private static boolean isBatchNorm(Weights weights, String name) {
    return weights.has(name.substring(0, name.lastIndexOf('.')) + ".running_var");
  }

  /**
   * {@code layer1.0.conv2.weight} → {@code layer1.0.bn2}, {@code …shortcut.0.weight} → {@code
   * …shortcut.1}.
   */
  private static String normOf(String convolution) {
    String layer = convolution.substring(0, convolution.lastIndexOf('.'));
    return layer.endsWith("shortcut.0")
        ? layer.substring(0, layer.length() - 1) + "1"
        : layer.replaceFirst("conv(\\d)$", "bn$1");
  }
}
