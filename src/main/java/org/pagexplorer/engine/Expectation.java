package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Expectation over transformation (Athalye et al. 2018): of a model whose logits are random, the
 * means of logits, losses and gradients over several calls. With one call what a model that is not
 * random gives.
 */
record Expectation(Classifier f, int draws) {

  /**
   * What was seen at N points.
   *
   * @param logits N × C values
   * @param losses N values
   * @param gradient of the losses, of the points' shape and theirs to free; null where none was
   *     asked for
   */
  record View(float[] logits, float[] losses, @Nullable NDArray gradient) {

    NDArray slope() {
      if (gradient == null) {
        throw new IllegalStateException("no gradient was asked for");
      }
      return gradient;
    }

    /** The logits of a point among so many. */
    float[] row(int i, int points) {
      int classes = logits.length / points;
      return java.util.Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
    }
  }

  /**
   * Looks at points.
   *
   * @param x N × C × H × W pixels, without a graph
   * @param loss N losses of N × C logits
   */
  View at(NDArray x, UnaryOperator<NDArray> loss, boolean differentiate) {
    View sum = once(x, loss, differentiate);
    for (int i = 1; i < draws; i++) {
      View more = once(x, loss, differentiate);
      add(sum.logits, more.logits);
      add(sum.losses, more.losses);
      if (differentiate) {
        sum.slope().addi(more.slope());
        more.slope().close();
      }
    }
    if (draws > 1) {
      divide(sum.logits);
      divide(sum.losses);
      if (differentiate) {
        sum.slope().divi(draws);
      }
    }
    return sum;
  }

  private View once(NDArray x, UnaryOperator<NDArray> loss, boolean differentiate) {
    try (NDManager call = x.getManager().newSubManager()) {
      NDArray point = x.duplicate();
      point.attach(call);
      point.setRequiresGradient(differentiate);
      NDArray logits = f.logits(point);
      NDArray losses = loss.apply(logits);
      float[] z = logits.stopGradient().toFloatArray();
      float[] values = losses.stopGradient().toFloatArray();
      if (!differentiate) {
        return new View(z, values, null);
      }
      NDArray gradient = f.engine().autograd().gradient(losses.sum(), point);
      gradient.attach(x.getManager());
      return new View(z, values, gradient);
    }
  }

  private static void add(float[] to, float[] more) {
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i];
    }
  }

  private void divide(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= draws;
    }
  }
}
