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
 *
 * <p>In adversarial training, cross-entropy is that of the attacked images, and what is aligned are
 * the gradients at the images as they are, since g(x, y_t) is a gradient there (chosen). With
 * {@link Alignment.Statistics#BATCH} these are two passes of train mode, and the running statistics
 * move by the images as they are, then by the attacked ones.
 *
 * <p>Or, where there is nothing to align, {@code L_CE(f(x), y) + w · ‖∇ₓ L_CE(f(x), y)‖₁}, averaged
 * over the batch, in one pass of train mode (Rodríguez-Muñoz, Wang and Torralba 2024, arXiv
 * 2409.20139, whose code weighs the norm by 1.2 / 0.8 · 4/255 for pixels in [0, 1]).
 */
final class Objective {
  private final Autograd autograd;
  private final Alignment alignment;
  private final double gradientNorm;

  Objective(Autograd autograd, Alignment alignment) {
    this(autograd, alignment, 0);
  }

  /**
   * @param gradientNorm w, at least 0
   */
  Objective(Autograd autograd, Alignment alignment, double gradientNorm) {
    this.autograd = autograd;
    this.alignment = alignment;
    this.gradientNorm = gradientNorm;
  }

  /**
   * The two parts of the loss, each a scalar with its graph.
   *
   * @param total what is minimized
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
    return of(f, batch, batch.images(), imageShape, lambda, step);
  }

  /**
   * @param classified what cross-entropy is taken of: the batch's images, or what an adversary has
   *     made of them
   */
  Loss of(
      Network f,
      TrainingBatch batch,
      float[] classified,
      Shape imageShape,
      double lambda,
      NDManager step) {
    Shape shape = new Shape(batch.size()).addAll(imageShape);
    NDArray seen = step.create(classified, shape).toType(DataType.FLOAT32, false);
    if (batch.targets().length == 0) {
      return withoutTargets(f, seen, batch.labels());
    }
    boolean clean = classified == batch.images();
    NDArray x = clean ? seen : step.create(batch.images(), shape);
    long rows = (long) batch.targets().length * batch.size();
    NDArray directions = step.create(batch.stackedDirections(), new Shape(rows).addAll(imageShape));
    return of(f, x, seen, batch, directions, lambda);
  }

  /**
   * Cross-entropy, and the norm of its input-gradient where that has a weight. Without batch norms,
   * each image's gradient is an Nth of its own loss's, and the sum is the mean of the N norms; with
   * them, in train mode, each image has a part in the others' losses, too.
   */
  Loss withoutTargets(Network f, NDArray x, int[] labels) {
    x.setRequiresGradient(gradientNorm > 0);
    NDArray logits = f.logits(x, true);
    NDArray crossEntropy = CrossEntropy.of(logits, labels).mean();
    NDArray nothing = x.getManager().zeros(new Shape());
    if (gradientNorm == 0) {
      return new Loss(crossEntropy, crossEntropy, nothing, logits);
    }
    NDArray norm = autograd.gradientWithGraph(crossEntropy, x).abs().sum();
    NDArray weight = x.getManager().create((float) gradientNorm);
    return new Loss(crossEntropy.add(norm.mul(weight)), crossEntropy, nothing, logits);
  }

  /**
   * @param x the batch's images, N × C × H × W
   * @param seen what cross-entropy is taken of: {@code x} itself, or as many others
   * @param directions the batch's wanted gradients, first those of the first targets
   */
  Loss of(
      Network f, NDArray x, NDArray seen, TrainingBatch batch, NDArray directions, double lambda) {
    x.setRequiresGradient(true);
    boolean evalMode = f.hasBatchNorms() && alignment.statistics() == Alignment.Statistics.RUNNING;
    // Before the pass in train mode, which moves the running statistics.
    NDArray aligned = f.logits(x, !evalMode);
    boolean onePass = x == seen && !evalMode;
    NDArray logits = onePass ? aligned : f.logits(x == seen ? x.stopGradient() : seen, true);
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
