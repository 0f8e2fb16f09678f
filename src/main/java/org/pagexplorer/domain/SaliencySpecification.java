package org.pagexplorer.domain;

/**
 * A saliency method and its parameters. A method ignores those that are not its own.
 *
 * @param samples noisy copies, at least 1 (SmoothGrad, smoothed model)
 * @param sigma standard deviation of their noise, in pixel values, 0 or more
 * @param steps points of the path, at least 1 (integrated gradients)
 * @param baseline where the path begins
 * @param layer one of {@link LayerTap#of}; empty for the last (Grad-CAM)
 * @param seed of the noise
 */
public record SaliencySpecification(
    SaliencyMethod method,
    int samples,
    double sigma,
    int steps,
    Baseline baseline,
    String layer,
    long seed) {

  /** The image whose logit counts as nothing. */
  public enum Baseline implements Named {
    BLACK,
    GRAY,
    WHITE,
    /** What the model's normalization subtracts: a normalized input of zeros. */
    MEAN
  }

  public SaliencySpecification {
    if (samples < 1 || steps < 1 || !(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "saliency of %d samples, %d steps, noise of %s".formatted(samples, steps, sigma));
    }
  }

  /**
   * With the usual parameters: 50 samples of noise 0.15 (Smilkov et al. look at 10 to 20 % of the
   * pixels' range), 50 steps from black and the last layer (as Captum does).
   */
  public static SaliencySpecification of(SaliencyMethod method) {
    return new SaliencySpecification(method, 50, 0.15, 50, Baseline.BLACK, "", 0);
  }

  /** The same parameters for another method. */
  public SaliencySpecification with(SaliencyMethod other) {
    return new SaliencySpecification(other, samples, sigma, steps, baseline, layer, seed);
  }

  /** The same of another layer. */
  public SaliencySpecification ofLayer(String other) {
    return new SaliencySpecification(method, samples, sigma, steps, baseline, other, seed);
  }

  /** Gradients that an image takes. */
  public int gradients() {
    return switch (method) {
      case SMOOTHGRAD, SMOOTHED -> samples;
      case INTEGRATED_GRADIENTS -> steps;
      case GRADIENT, LOG_PROBABILITY, LOSS, GRAD_CAM -> 1;
    };
  }
}
