package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.pagexplorer.domain.Alignment;

/**
 * Eq. 1 of the paper: {@code L_total(x, y) = L_CE(f(x), y) + λ · Σ_{y_t} L_cos(∇ₓ f(x)_{y_t}, g(x,
 * y_t))}, averaged over the batch.
 *
 * <p>In the shared-forward form: one forward pass, then one vector-Jacobian product per target
 * class on its graph. Where the network has batch norms, that pass is one of eval mode, so that
 * each image's gradient depends on that image alone, and cross-entropy has a pass in train mode;
 * with {@link Alignment.Statistics#BATCH} the pass in train mode serves both. With K of the C
 * classes in the batch's targets, the sum is scaled by C/K, an unbiased estimate (chosen; K = C is
 * the paper's).
 */
final class Objective {
  private final Autograd autograd;
  private final Alignment alignment;

  Objective(Autograd autograd, Alignment alignment) {
    this.autograd = autograd;
    this.alignment = alignment;
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

  /** The classifier that is trained. */
  interface Network {
    /** N × C × H × W images in [0, 1] to N × classes logits. */
    NDArray logits(NDArray x, boolean training);

    /** Whether the two modes differ. */
    boolean hasBatchNorms();
  }

  /**
   * @param lambda λ
   */
  Loss of(Network f, TrainingBatch batch, Shape imageShape, double lambda, NDManager step) {
    Shape shape = new Shape(batch.size()).addAll(imageShape);
    NDArray x = step.create(batch.images(), shape).toType(DataType.FLOAT32, false);
    if (batch.targets().length == 0) {
      NDArray logits = f.logits(x, true);
      NDArray crossEntropy = CrossEntropy.of(logits, batch.labels()).mean();
      return new Loss(crossEntropy, crossEntropy, step.zeros(new Shape()), logits);
    }
    long rows = (long) batch.targets().length * batch.size();
    NDArray directions = step.create(batch.stackedDirections(), new Shape(rows).addAll(imageShape));
    return of(f, x, batch, directions, lambda);
  }

  /**
   * @param x the batch's images, N × C × H × W
   * @param directions the batch's wanted gradients, first those of the first targets
   */
  Loss of(Network f, NDArray x, TrainingBatch batch, NDArray directions, double lambda) {
    x.setRequiresGradient(true);
    boolean twoPasses = f.hasBatchNorms() && alignment.statistics() == Alignment.Statistics.RUNNING;
    // Before the pass in train mode, which moves the running statistics.
    NDArray aligned = f.logits(x, !twoPasses);
    NDArray logits = twoPasses ? f.logits(x.stopGradient(), true) : aligned;
    NDList terms =
        autograd.objective(
            alignment.gradient(),
            x,
            aligned,
            logits,
            batch.labels(),
            batch.targets(),
            directions,
            lambda);
    return new Loss(terms.get(0), terms.get(1), terms.get(2), logits);
  }
}
