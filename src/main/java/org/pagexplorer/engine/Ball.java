package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.pagexplorer.domain.Norm;

/**
 * The geometry of a threat model, per image: what a step is and what projecting means. Arrays are N
 * × C × H × W; all norms go over C, H and W.
 */
sealed interface Ball permits L1Ball, Ball.L2, Ball.LInfinity {
  int[] IMAGE_AXES = {1, 2, 3};

  static Ball of(Norm norm) {
    return switch (norm) {
      case L1 -> new L1Ball();
      case L2 -> new L2();
      case LINF -> new LInfinity();
    };
  }

  /** The steepest direction of unit size for a gradient; zero where the gradient is zero. */
  NDArray direction(NDArray gradient);

  /**
   * The same for pixels that have to stay in [0, 1]: only in L1 some are passed over, and a step is
   * spread over so many that it finds room.
   *
   * @param x where they are
   * @param stepSizes α of each image
   */
  default NDArray direction(NDArray gradient, NDArray x, float[] stepSizes) {
    return direction(gradient);
  }

  /** The nearest δ with ‖δ‖ ≤ ε. */
  NDArray project(NDArray delta, double epsilon);

  /** The same with a radius of its own for each image, N × 1 × 1 × 1. */
  NDArray project(NDArray delta, NDArray epsilon);

  /**
   * The same where pixels of {@code origin + δ} are clipped to [0, 1] afterward: in L1 the nearest
   * δ of ball and box together, which clipping does not change.
   */
  default NDArray project(NDArray delta, double epsilon, NDArray origin) {
    return project(delta, epsilon);
  }

  /** The same of {@code origin + mask ⊙ δ}. */
  default NDArray project(NDArray delta, NDArray epsilon, NDArray origin, NDArray mask) {
    return project(delta, epsilon);
  }

  /** N norms, as N × 1 × 1 × 1. */
  NDArray norm(NDArray delta);

  /** δ for L2: g/‖g‖₂, and projection by scaling. */
  record L2() implements Ball {
    @Override
    public NDArray direction(NDArray gradient) {
      // First by its largest value, so that squares of a tiny gradient do not vanish.
      NDArray largest = new LInfinity().norm(gradient);
      NDArray scaled = gradient.div(largest.maximum(Float.MIN_NORMAL));
      return scaled.div(norm(scaled).maximum(Float.MIN_NORMAL));
    }

    @Override
    public NDArray project(NDArray delta, double epsilon) {
      NDArray norm = norm(delta).maximum(Float.MIN_NORMAL);
      return delta.mul(norm.pow(-1).mul(epsilon).minimum(1));
    }

    @Override
    public NDArray project(NDArray delta, NDArray epsilon) {
      NDArray norm = norm(delta).maximum(Float.MIN_NORMAL);
      return delta.mul(norm.pow(-1).mul(epsilon).minimum(1));
    }

    @Override
    public NDArray norm(NDArray delta) {
      return delta.square().sum(IMAGE_AXES, true).sqrt();
    }
  }

  /** δ for L∞: sign(g), and projection by clipping. */
  record LInfinity() implements Ball {
    @Override
    public NDArray direction(NDArray gradient) {
      return gradient.sign();
    }

    @Override
    public NDArray project(NDArray delta, double epsilon) {
      return delta.clip(-epsilon, epsilon);
    }

    @Override
    public NDArray project(NDArray delta, NDArray epsilon) {
      // of δ only, since what comes of ε would live as long as it
      return delta.minimum(epsilon).neg().minimum(epsilon).neg();
    }

    @Override
    public NDArray norm(NDArray delta) {
      Shape rows = new Shape(delta.getShape().get(0), -1);
      return delta.abs().reshape(rows).max(new int[] {1}, true).reshape(-1, 1, 1, 1);
    }
  }
}
