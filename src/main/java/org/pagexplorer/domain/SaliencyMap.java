package org.pagexplorer.domain;

import java.util.Optional;

/**
 * What a saliency method says of an image.
 *
 * @param values of the image's shape, unscaled and of either sign; of Grad-CAM one channel, at
 *     least 0
 * @param completeness of integrated gradients
 */
public record SaliencyMap(Image values, Optional<Completeness> completeness) {

  /**
   * Integrated gradients add up to what the logit gains on the way from the baseline, as far as the
   * sum over the path's points is the integral (Sundararajan et al. 2017, Proposition 1).
   *
   * @param sum of all values
   * @param gain f(x)_c − f(x₀)_c
   */
  public record Completeness(double sum, double gain) {

    /** What the sum lacks or has over: Captum's convergence delta. */
    public double error() {
      return sum - gain;
    }
  }
}
