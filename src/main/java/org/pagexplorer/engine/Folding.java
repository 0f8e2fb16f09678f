package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.NetworkOutline;

/**
 * Takes batch norms in eval mode apart, which is exact: {@code s = γ/√(σ²+ε)}, {@code b = β − μ·s};
 * after a convolution {@code w' = w·s} and the bias {@code b}, or {@code b + c·s} if it had one, c;
 * elsewhere {@code x·s + b}.
 */
final class Folding {
  private final Weights weights;
  private final Weights folded;
  private final UnaryOperator<NDArray> finish;
  private final NDManager scratch;

  private Folding(
      Weights weights, Weights folded, UnaryOperator<NDArray> finish, NDManager scratch) {
    this.weights = weights;
    this.folded = folded;
    this.finish = finish;
    this.scratch = scratch;
  }

  /**
   * What {@link TorchLayers#folded} needs, on a manager of its own.
   *
   * @param finish the last step for each array (a conversion, or the identity)
   * @param parent what the result belongs to
   */
  static Weights fold(
      Architecture architecture, Weights weights, UnaryOperator<NDArray> finish, NDManager parent) {
    Map<String, String> norms = NetworkOutline.of(architecture).normAfter();
    Weights folded = Weights.empty(parent);
    try (NDManager scratch = parent.newSubManager()) {
      Folding folding = new Folding(weights, folded, finish, scratch);
      for (String name : weights.names()) {
        String layer = layer(name);
        String norm = norms.get(layer);
        if (norm != null) {
          if (name.endsWith(".weight")) {
            folding.intoConvolution(layer, norm);
          }
        } else if (!weights.has(layer + ".running_var")) {
          folding.adopt(name, folding.detached(name).duplicate());
        } else if (name.endsWith(".weight") && !norms.containsValue(layer)) {
          folding.alone(layer);
        }
      }
    }
    return folded;
  }

  private void intoConvolution(String layer, String norm) {
    NDArray scale = scale(norm);
    NDArray weight = detached(layer + ".weight");
    adopt(layer + ".weight", weight.mul(scale.reshape(new Shape(-1, 1, 1, 1))));
    NDArray bias = bias(norm, scale);
    boolean own = weights.has(layer + ".bias");
    adopt(layer + ".bias", own ? bias.add(detached(layer + ".bias").mul(scale)) : bias);
  }

  private void alone(String norm) {
    Shape perChannel = new Shape(1, -1, 1, 1);
    NDArray scale = scale(norm);
    adopt(norm + ".weight", scale.reshape(perChannel));
    adopt(norm + ".bias", bias(norm, scale).reshape(perChannel));
  }

  private NDArray scale(String norm) {
    NDArray deviation = detached(norm + ".running_var").add(TorchLayers.EPSILON).sqrt();
    return detached(norm + ".weight").div(deviation);
  }

  private NDArray bias(String norm, NDArray scale) {
    return detached(norm + ".bias").sub(detached(norm + ".running_mean").mul(scale));
  }

  private void adopt(String name, NDArray array) {
    folded.adopt(name, finish.apply(array));
  }

  /** On the scratch manager, so that what is computed from it is freed with it. */
  private NDArray detached(String name) {
    NDArray array = weights.get(name).stopGradient();
    array.attach(scratch);
    return array;
  }

  private static String layer(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }
}
