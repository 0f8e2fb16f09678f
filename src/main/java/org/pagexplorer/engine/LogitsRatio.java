package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The difference of logits ratio (Croce and Hein 2020, Eqs. 6 and 7), which does not change when
 * all logits are scaled: {@code −(z_y − max z_i) / (z_π1 − z_π3)} over i ≠ y, and targeted {@code
 * −(z_y − z_t) / (z_π1 − ½(z_π3 + z_π4))}, with z_π1 ≥ z_π2 ≥ … .
 */
final class LogitsRatio {
  private static final float SMALLEST = 1e-12f;
  private static final int FEWEST = 4;
  private static final int FEWEST_UNTARGETED = 3;

  private LogitsRatio() {}

  /**
   * N losses of N × C logits, with their graph. Of two classes there is no third logit: then the
   * difference alone.
   */
  static NDArray untargeted(NDArray logits, int[] labels) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    float[] values = logits.stopGradient().toFloatArray();
    float[] numerator = new float[values.length];
    float[] denominator = new float[values.length];
    for (int i = 0; i < labels.length; i++) {
      int row = i * classes;
      List<Integer> order = descending(values, row, classes);
      numerator[row + labels[i]] += 1;
      numerator[row + (order.getFirst() == labels[i] ? order.get(1) : order.getFirst())] -= 1;
      if (classes >= FEWEST_UNTARGETED) {
        denominator[row + order.getFirst()] += 1;
        denominator[row + order.get(2)] -= 1;
      }
    }
    return ratio(logits, numerator, denominator, classes >= FEWEST_UNTARGETED);
  }

  /**
   * N losses of N × C logits, with their graph. Where C is below 4 there is no fourth logit, and
   * the ratio would be constant: then the difference z_t − z_y alone.
   */
  static NDArray targeted(NDArray logits, int[] labels, int[] targets) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    float[] values = logits.stopGradient().toFloatArray();
    boolean isRatio = classes >= FEWEST;
    float[] numerator = new float[values.length];
    float[] denominator = new float[values.length];
    for (int i = 0; i < labels.length; i++) {
      int row = i * classes;
      numerator[row + labels[i]] += 1;
      numerator[row + targets[i]] -= 1;
      if (isRatio) {
        List<Integer> order = descending(values, row, classes);
        denominator[row + order.getFirst()] += 1;
        denominator[row + order.get(2)] -= 0.5f;
        denominator[row + order.get(3)] -= 0.5f;
      }
    }
    return ratio(logits, numerator, denominator, isRatio);
  }

  private static NDArray ratio(
      NDArray logits, float[] numerator, float[] denominator, boolean isRatio) {
    if (!isRatio) {
      return dot(logits, numerator).neg();
    }
    return dot(logits, numerator).neg().div(dot(logits, denominator).add(SMALLEST));
  }

  /** The sum over classes of constants times logits: which logits they are is no part of it. */
  private static NDArray dot(NDArray logits, float[] weights) {
    return logits.mul(logits.getManager().create(weights, logits.getShape())).sum(new int[] {1});
  }

  /** Classes by falling logit. */
  static List<Integer> descending(float[] logits, int from, int classes) {
    return IntStream.range(0, classes)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -logits[from + c]))
        .toList();
  }
}
