package org.pagexplorer.lab.alignment;

import java.util.List;

/** log Σ_c exp f_c, and the probabilities that it normalizes. */
final class LogSumExp {
  private LogSumExp() {}

  /** Of the logits of an input. */
  static double of(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }

  /** Of the logits of several. */
  static List<Double> ofEach(List<float[]> logits) {
    return logits.stream().map(LogSumExp::of).toList();
  }

  static double[] softmax(float[] logits) {
    double normalizer = of(logits);
    double[] probabilities = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      probabilities[c] = Math.exp(logits[c] - normalizer);
    }
    return probabilities;
  }
}
