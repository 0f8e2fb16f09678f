package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;

/** The parts of Algorithm 1's one line, for batches of N × C × H × W. */
record PgdStep(AttackSpecification spec, Ball ball) {

  PgdStep(AttackSpecification spec) {
    this(spec, Ball.of(spec.threat().norm()));
  }

  /** δ₀: zero, or a random point of the ball, each image's own. */
  NDArray start(List<Image> images, List<Goal> goals, int restart, NDArray origin) {
    int size = images.getFirst().pixels().length;
    float[] delta = new float[images.size() * size];
    if (spec.randomStart()) {
      for (int i = 0; i < images.size(); i++) {
        float[] own =
            RandomStart.of(spec.threat(), images.get(i), goals.get(i), spec.seed(), restart);
        System.arraycopy(own, 0, delta, i * size, size);
      }
    }
    try (NDManager scratch = origin.getManager().newSubManager()) {
      NDArray shift = scratch.create(delta, new Shape(origin.getShape().getShape()));
      return clip(origin.add(shift)); // origin first, so that the sum belongs to its manager
    }
  }

  /**
   * N losses to the goals' classes, with their graph.
   *
   * @param values the losses themselves
   * @param differentiated what a step takes the gradient of
   */
  record Losses(NDArray values, NDArray differentiated) {}

  /**
   * Cross-entropy is the softplus of its log-odds, whose gradient has the same direction.
   * Normalized steps take the latter's, since the former's is rounding in float32 once 1 − p is.
   */
  Losses losses(Autograd autograd, NDArray logits, int[] classes) {
    if (spec.loss() == Loss.LOGIT) {
      NDArray loss = CrossEntropy.ofClass(logits, classes).neg();
      return new Losses(loss, loss);
    }
    return ofLogOdds(autograd, autograd.logOddsAgainst(logits, classes));
  }

  /** The losses of log-odds against what is wanted. */
  Losses ofLogOdds(Autograd autograd, NDArray logOdds) {
    NDArray crossEntropy = autograd.softplus(logOdds);
    boolean normalized = spec.stepRule() == StepRule.NORMALIZED;
    return new Losses(crossEntropy, normalized ? logOdds : crossEntropy);
  }

  /** Where a step along the gradient leads, before it is projected: δ + sign·α·step(∇). */
  NDArray delta(NDArray origin, NDArray iterate, NDArray gradient, NDArray signs) {
    float[] stepSizes = new float[(int) iterate.getShape().get(0)];
    Arrays.fill(stepSizes, (float) spec.stepSize());
    NDArray direction = direction(gradient.mul(signs), iterate, stepSizes);
    return iterate.add(direction.mul(spec.stepSize())).sub(origin);
  }

  /**
   * What a step of size 1 is, uphill of a gradient at an iterate.
   *
   * @param stepSizes what each image's will be multiplied by
   */
  NDArray direction(NDArray uphill, NDArray iterate, float[] stepSizes) {
    return spec.stepRule() == StepRule.RAW
        ? uphill
        : spec.clip() ? ball.direction(uphill, iterate, stepSizes) : ball.direction(uphill);
  }

  /** The next iterate: around the original image, then within [0, 1]. */
  NDArray project(NDArray delta, NDArray origin) {
    double epsilon = spec.threat().epsilon();
    NDArray within =
        spec.clip() ? ball.project(delta, epsilon, origin) : ball.project(delta, epsilon);
    return clip(within.add(origin)); // origin last, so that the sum belongs to the step's manager
  }

  private NDArray clip(NDArray x) {
    return spec.clip() ? x.clip(0, 1) : x;
  }
}
