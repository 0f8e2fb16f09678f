package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Eq. 2 of the paper, an image at a time: {@code L_cos(v, u) = 1 − vᵀu / max(‖v‖₂ ‖u‖₂, ε)}, the
 * vectors being whole images.
 */
final class CosineLoss {
  /** Eq. 2's small positive value. */
  private static final double EPSILON = 1e-8;

  /** Keeps the norm of a zero gradient differentiable. */
  private static final double SMALLEST_SQUARE = 1e-30;

  private CosineLoss() {}

  /**
   * @param v N × anything, for instance the classifier's input-gradients
   * @param u like v, for instance the gradients wanted
   * @return N losses in [0, 2]; 1 where a vector is zero
   */
  static NDArray of(NDArray v, NDArray u) {
    long n = v.getShape().get(0);
    NDArray a = v.reshape(new Shape(n, -1));
    NDArray b = u.reshape(new Shape(n, -1));
    int[] values = {1};
    NDArray norms = norm(a).mul(norm(b)).maximum(EPSILON);
    return a.mul(b).sum(values).div(norms).neg().add(1);
  }

  private static NDArray norm(NDArray rows) {
    return rows.square().sum(new int[] {1}).maximum(SMALLEST_SQUARE).sqrt();
  }
}
