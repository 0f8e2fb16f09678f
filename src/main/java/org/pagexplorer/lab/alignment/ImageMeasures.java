package org.pagexplorer.lab.alignment;

import java.util.List;

/**
 * What was measured of the gradients at one image.
 *
 * @param cosines with each realization's, a mean over classes
 * @param etmann |⟨x, ∇Ψ⟩| / ‖∇Ψ‖ of the winning logit Ψ
 * @param variation {@link GradientStatistics#totalVariation} of ∇Ψ
 * @param lowFrequency {@link GradientStatistics#lowFrequencyShare} of ∇Ψ
 * @param zeroGradient whether ∇Ψ is exactly zero
 */
record ImageMeasures(
    List<Double> cosines,
    double etmann,
    double variation,
    double lowFrequency,
    boolean zeroGradient) {
  @SuppressWarnings("NullAway") // Gson leaves out what a damaged file does not say
  ImageMeasures {
    cosines = cosines == null ? List.of() : List.copyOf(cosines);
  }
}
