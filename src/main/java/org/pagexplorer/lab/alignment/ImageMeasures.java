package org.pagexplorer.lab.alignment;

import java.util.List;

/**
 * What was measured at one image.
 *
 * @param cosines with each realization's, a mean over classes
 * @param etmann |⟨x, ∇Ψ⟩| / ‖∇Ψ‖ of the winning logit Ψ
 * @param variation {@link GradientStatistics#totalVariation} of ∇Ψ
 * @param lowFrequency {@link GradientStatistics#lowFrequencyShare} of ∇Ψ
 * @param zeroGradient whether ∇Ψ is exactly zero
 * @param score the cosine of ∇ log Σ exp f with a given score; NaN where none is given
 * @param manifold how far random steps on and off the image's local subspace move the probabilities
 * @param energy log Σ exp f of the image
 * @param attackedEnergy log Σ exp f of its attacked version
 */
record ImageMeasures(
    List<Double> cosines,
    double etmann,
    double variation,
    double lowFrequency,
    boolean zeroGradient,
    double score,
    ManifoldMeasures manifold,
    double energy,
    double attackedEnergy) {
  @SuppressWarnings("NullAway") // Gson leaves out what a damaged file does not say
  ImageMeasures {
    cosines = cosines == null ? List.of() : List.copyOf(cosines);
    manifold = manifold == null ? ManifoldMeasures.NONE : manifold;
  }

  /** What is known of an image's gradients alone. */
  static ImageMeasures ofGradients(
      List<Double> cosines,
      double etmann,
      double variation,
      double lowFrequency,
      boolean zeroGradient,
      double score) {
    return new ImageMeasures(
        cosines,
        etmann,
        variation,
        lowFrequency,
        zeroGradient,
        score,
        ManifoldMeasures.NONE,
        Double.NaN,
        Double.NaN);
  }

  /** The same with what is known of steps and energies. */
  ImageMeasures with(ManifoldMeasures steps, double energyHere, double energyAttacked) {
    return new ImageMeasures(
        cosines,
        etmann,
        variation,
        lowFrequency,
        zeroGradient,
        score,
        steps,
        energyHere,
        energyAttacked);
  }
}
