package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.ArgMax;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.InputGradients;

/** What is measured of the input-gradients of some images. */
final class GradientMeasures {
  private final int size;
  private final int[] classes;
  private final GradientStatistics statistics;

  GradientMeasures(InputShape shape, int classes) {
    size = shape.size();
    this.classes = IntStream.range(0, classes).toArray();
    statistics = new GradientStatistics(shape);
  }

  /**
   * Measures images, one after the other.
   *
   * @param from the first one's place in what was prepared
   * @param logits of the images
   */
  List<ImageMeasures> of(
      Classifier f, Prepared prepared, int from, List<Image> images, List<float[]> logits) {
    float[] pixels = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * size, size);
    }
    int[][] targets = new int[classes.length][images.size()];
    for (int c : classes) {
      Arrays.fill(targets[c], c);
    }
    float[][] gradients = InputGradients.ofClasses(Alignment.Gradient.LOGIT, f, pixels, targets);
    List<float[][]> wanted =
        prepared.truths().stream().map(t -> t.of(from, pixels, targets)).toList();
    List<ImageMeasures> found = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int at = i * size;
      List<Double> cosines = new ArrayList<>();
      for (float[][] ofClasses : wanted) {
        double sum = 0;
        for (int c : classes) {
          sum += cosine(gradients[c], ofClasses[c], at);
        }
        cosines.add(sum / classes.length);
      }
      float[] winning = gradients[ArgMax.of(logits.get(i))];
      double norm = Math.sqrt(dot(winning, winning, at));
      double etmann = norm == 0 ? 0 : Math.abs(dot(pixels, winning, at)) / norm;
      found.add(
          ImageMeasures.ofGradients(
              cosines,
              etmann,
              statistics.totalVariation(winning, at),
              statistics.lowFrequencyShare(winning, at),
              norm == 0,
              score(gradients, logits.get(i), prepared, from, i)));
    }
    return found;
  }

  /** The cosine of ∇ₓ log Σ exp f = Σ p_c ∇ₓ f_c with the image's score; NaN where it has none. */
  private double score(
      float[][] gradients, float[] logits, Prepared prepared, int from, int image) {
    if (prepared.score().isEmpty()) {
      return Double.NaN;
    }
    double[] probabilities = LogSumExp.softmax(logits);
    float[] implied = new float[size];
    for (int j = 0; j < size; j++) {
      double sum = 0;
      for (int c : classes) {
        sum += probabilities[c] * gradients[c][image * size + j];
      }
      implied[j] = (float) sum;
    }
    return cosine(implied, prepared.score().get().of(from + image), 0);
  }

  /** 0 where either is zero. */
  private double cosine(float[] a, float[] b, int at) {
    double norms = Math.sqrt(dot(a, a, at) * dot(b, b, at));
    return norms == 0 ? 0 : dot(a, b, at) / norms;
  }

  private double dot(float[] a, float[] b, int at) {
    double dot = 0;
    for (int j = at; j < at + size; j++) {
      dot += (double) a[j] * b[j];
    }
    return dot;
  }
}
