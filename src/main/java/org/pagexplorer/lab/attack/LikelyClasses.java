package org.pagexplorer.lab.attack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.Classifier;

/** The classes that a model finds likeliest for some images together. */
public final class LikelyClasses {
  /** A few at a time: their activations take more memory than they do. */
  private static final int TOGETHER = 4;

  private LikelyClasses() {}

  /**
   * The classes of the largest mean probability, the likeliest first.
   *
   * @param count of them; all where there are fewer
   */
  public static List<Integer> of(Classifier classifier, List<Image> images, int count) {
    List<float[]> logits = new ArrayList<>();
    for (int from = 0; from < images.size(); from += TOGETHER) {
      List<Image> some = images.subList(from, Math.min(images.size(), from + TOGETHER));
      logits.addAll(classifier.logits(some));
    }
    return likeliest(logits, classifier.architecture().classes(), count);
  }

  static List<Integer> likeliest(List<float[]> logits, int classes, int count) {
    double[] sums = new double[classes];
    logits.forEach(one -> addProbabilities(one, sums));
    return IntStream.range(0, classes)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -sums[c]))
        .limit(count)
        .toList();
  }

  private static void addProbabilities(float[] logits, double[] sums) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] exponentials = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      exponentials[c] = Math.exp(logits[c] - largest);
      sum += exponentials[c];
    }
    for (int c = 0; c < logits.length; c++) {
      sums[c] += exponentials[c] / sum;
    }
  }
}
