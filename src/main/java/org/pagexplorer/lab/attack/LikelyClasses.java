package org.pagexplorer.lab.attack;

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
    return likeliest(probabilities(classifier, images), count);
  }

  /** Each class's probability, summed over the images. */
  public static double[] probabilities(Classifier classifier, List<Image> images) {
    double[] sums = new double[classifier.architecture().classes()];
    for (int from = 0; from < images.size(); from += TOGETHER) {
      List<Image> some = images.subList(from, Math.min(images.size(), from + TOGETHER));
      classifier.logits(some).forEach(one -> addProbabilities(one, sums));
    }
    return sums;
  }

  /** The places of the largest of these sums, the largest first. */
  public static List<Integer> likeliest(double[] sums, int count) {
    return IntStream.range(0, sums.length)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -sums[c]))
        .limit(count)
        .toList();
  }

  static void addProbabilities(float[] logits, double[] sums) {
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
