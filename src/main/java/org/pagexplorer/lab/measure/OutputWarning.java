package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.ArgMax;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Named;
import org.pagexplorer.engine.Classifier;

/** What AutoAttack warns of in a model's outputs before it attacks it (Croce and Hein 2020). */
public enum OutputWarning implements Named {
  RANDOMIZED(
      "random outputs",
      "The logits of the same images differ from one call to the next. Attacks that follow one"
          + " call's gradient are too weak: measure it with AutoAttack rand, which averages over"
          + " 20."),
  PROBABILITIES(
      "probabilities instead of logits",
      "The outputs are in [0, 1] and sum to 1: leave the softmax out, since its gradients vanish"
          + " where the model is certain, and the accuracy may be far too high.");

  private static final int CALLS = 5;
  private static final double LARGEST_DIFFERENCE = 1e-4;
  private static final double ROUNDING = 1e-5;

  private final String title;
  private final String meaning;

  OutputWarning(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** What is odd, in a few words. */
  @Override
  public String title() {
    return title;
  }

  /** What that means, in a sentence or two. */
  public String meaning() {
    return meaning;
  }

  /** What is odd about a model's outputs for these images. */
  static List<OutputWarning> of(Classifier f, List<Image> images) {
    List<List<float[]>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(f.logits(images));
    }
    List<OutputWarning> warnings = new ArrayList<>();
    if (isRandom(calls)) {
      warnings.add(RANDOMIZED);
    }
    if (calls.getFirst().stream().allMatch(OutputWarning::isDistribution)) {
      warnings.add(PROBABILITIES);
    }
    return warnings;
  }

  private static boolean isRandom(List<List<float[]>> calls) {
    for (int i = 0; i < calls.size(); i++) {
      for (int j = 0; j < i; j++) {
        for (int k = 0; k < calls.get(i).size(); k++) {
          float[] one = calls.get(i).get(k);
          float[] other = calls.get(j).get(k);
          if (ArgMax.of(one) != ArgMax.of(other) || distance(one, other) > LARGEST_DIFFERENCE) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Of the two outputs, each scaled to norm 1. */
  private static double distance(float[] a, float[] b) {
    double scaleA = norm(a) + 1e-10;
    double scaleB = norm(b) + 1e-10;
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] / scaleA - b[i] / scaleB;
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private static boolean isDistribution(float[] outputs) {
    double sum = 0;
    for (float output : outputs) {
      if (!(output > -ROUNDING && output < 1 + ROUNDING)) {
        return false;
      }
      sum += output;
    }
    return Math.abs(sum - 1) < ROUNDING;
  }
}
