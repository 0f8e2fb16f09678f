package org.pagexplorer.engine;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;

/** Where a saliency method takes an image's gradients, and with which weights it adds them up. */
final class SaliencyPoints {
  private final SaliencySpecification spec;
  private final Normalization normalization;
  private final GaussLegendre rule;

  SaliencyPoints(SaliencySpecification spec, Normalization normalization) {
    this.spec = spec;
    this.normalization = normalization;
    rule =
        GaussLegendre.of(spec.method() == SaliencyMethod.INTEGRATED_GRADIENTS ? spec.steps() : 1);
  }

  /**
   * Point {@code k} of an image. Noise depends on the image, the class, the seed, and k alone:
   * every model sees the same.
   */
  float[] at(Image image, int target, int k) {
    return switch (spec.method()) {
      case GRADIENT, LOG_PROBABILITY, LOSS, GRAD_CAM -> image.pixels();
      case SMOOTHGRAD, SMOOTHED -> noisy(image, target, k);
      case INTEGRATED_GRADIENTS -> between(baseline(image).pixels(), image.pixels(), k);
    };
  }

  /** Not clipped to [0, 1], as in the papers. */
  private float[] noisy(Image image, int target, int k) {
    long own = RandomStart.seed(image, Goal.reach(target), spec.seed(), k);
    RandomGenerator random = new SplittableRandom(own).split();
    float[] pixels = image.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] += (float) (spec.sigma() * random.nextGaussian());
    }
    return pixels;
  }

  private float[] between(float[] from, float[] to, int k) {
    double alpha = rule.nodes()[k];
    float[] pixels = new float[to.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (from[i] + alpha * (to[i] - from[i]));
    }
    return pixels;
  }

  /**
   * ln of the weight of point {@code k}, up to what all have in common.
   *
   * @param score log p(c | x + η) of the smoothed model
   */
  double logWeight(int k, double score) {
    return switch (spec.method()) {
      case SMOOTHED -> score; // ∇ log Σ p = Σ p ∇ log p / Σ p
      case INTEGRATED_GRADIENTS -> Math.log(rule.weights()[k]);
      case GRADIENT, LOG_PROBABILITY, LOSS, SMOOTHGRAD, GRAD_CAM -> 0;
    };
  }

  /** x₀. */
  Image baseline(Image image) {
    float[] pixels = new float[image.pixels().length];
    int plane = image.shape().height() * image.shape().width();
    for (int c = 0; c < image.shape().channels(); c++) {
      float value =
          switch (spec.baseline()) {
            case BLACK -> 0;
            case GRAY -> 0.5f;
            case WHITE -> 1;
            case MEAN -> normalization.mean().get(c).floatValue();
          };
      Arrays.fill(pixels, c * plane, (c + 1) * plane, value);
    }
    return new Image(image.shape(), pixels);
  }

  /** What the mean of the gradients is multiplied by. */
  float[] factors(Image image) {
    float[] factors = new float[image.pixels().length];
    Arrays.fill(factors, 1);
    if (spec.method() == SaliencyMethod.INTEGRATED_GRADIENTS) {
      float[] from = baseline(image).pixels();
      for (int i = 0; i < factors.length; i++) {
        factors[i] = image.pixels()[i] - from[i];
      }
    }
    return factors;
  }
}
