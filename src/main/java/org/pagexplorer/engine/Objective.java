package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;

/**
 * Eq. 1 of the paper: {@code L_total(x, y) = L_CE(f(x), y) + λ · Σ_{y_t} L_cos(∇ₓ f(x)_{y_t}, g(x,
 * y_t))}, averaged over the batch.
 *
 * <p>In the shared-forward form: one forward pass, then one vector-Jacobian product a target class
 * on its graph. With K of the C classes in the batch's targets, the sum is scaled by C/K, an
 * unbiased estimate (chosen; K = C is the paper's).
 */
final class Objective {
  private final Autograd autograd;
  private final double lambda;

  Objective(Autograd autograd, double lambda) {
    this.autograd = autograd;
    this.lambda = lambda;
  }

  /**
   * The two parts of the loss, each a scalar with its graph.
   *
   * @param total Eq. 1
   * @param crossEntropy its first term
   * @param alignment Σ_{y_t} L_cos, without λ
   * @param logits of the batch
   */
  record Loss(NDArray total, NDArray crossEntropy, NDArray alignment, NDArray logits) {

    /** How many rows have their largest logit at the label. */
    int correct(int[] labels) {
      long[] predicted = logits.stopGradient().argMax(1).toLongArray();
      int correct = 0;
      for (int i = 0; i < labels.length; i++) {
        correct += predicted[i] == labels[i] ? 1 : 0;
      }
      return correct;
    }
  }

  /**
   * @param f the classifier: N × C × H × W images in [0, 1] to N × classes logits
   */
  Loss of(UnaryOperator<NDArray> f, TrainingBatch batch, Shape imageShape, NDManager step) {
    NDArray x = images(batch.images(), batch.size(), imageShape, step);
    x.setRequiresGradient(batch.targets().length > 0);
    NDArray logits = f.apply(x);
    NDArray crossEntropy = CrossEntropy.of(logits, batch.labels()).mean();
    NDArray alignment = alignment(x, logits, batch, step);
    NDArray total =
        batch.targets().length == 0 ? crossEntropy : crossEntropy.add(alignment.mul(lambda));
    return new Loss(total, crossEntropy, alignment, logits);
  }

  private NDArray alignment(NDArray x, NDArray logits, TrainingBatch batch, NDManager step) {
    int[] targets = batch.targets();
    double scale = (double) logits.getShape().get(1) / Math.max(1, targets.length);
    NDArray sum = step.zeros(new Shape(), x.getDataType());
    for (int k = 0; k < targets.length; k++) {
      NDArray logit = logits.mul(CrossEntropy.oneHot(targets[k], logits)).sum();
      NDArray v = autograd.gradientWithGraph(logit, x);
      NDArray g = step.create(batch.directions()[k], x.getShape()).toType(x.getDataType(), false);
      sum = sum.add(CosineLoss.of(v, g).mul(scale).mean());
    }
    return sum;
  }

  private static NDArray images(float[] pixels, int n, Shape imageShape, NDManager step) {
    return step.create(pixels, new Shape(n).addAll(imageShape)).toType(DataType.FLOAT32, false);
  }
}
