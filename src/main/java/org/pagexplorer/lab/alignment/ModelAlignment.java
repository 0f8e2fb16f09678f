package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found so far of one model.
 *
 * @param cosines of its logits' gradients with each realization's, a mean over classes an image
 * @param etmann |⟨x, ∇Ψ⟩| / ‖∇Ψ‖ of the winning logit Ψ (Etmann et al. 2019), pixels in [0, 1],
 *     black the origin
 * @param variation {@link GradientStatistics#totalVariation} of ∇Ψ
 * @param lowFrequency {@link GradientStatistics#lowFrequencyShare} of ∇Ψ
 * @param score the cosine of ∇ log Σ exp f with a given score; of no values where none is given
 * @param onManifold {@link ManifoldMeasures#on}
 * @param offManifold {@link ManifoldMeasures#off}
 * @param energies log Σ exp f of images, attacked ones, and pictures
 * @param zeroGradients images whose ∇Ψ is exactly zero; they count as 0 in the means
 * @param named for each model how often it names the target of this model's pictures
 * @param pictures how many were made
 */
public record ModelAlignment(
    List<Mean> cosines,
    Mean etmann,
    Mean variation,
    Mean lowFrequency,
    Mean score,
    Mean onManifold,
    Mean offManifold,
    Energies energies,
    int zeroGradients,
    List<Integer> named,
    int pictures) {

  public ModelAlignment {
    cosines = List.copyOf(cosines);
    named = List.copyOf(named);
  }

  static ModelAlignment none(int realizations, int models) {
    return new ModelAlignment(
        java.util.Collections.nCopies(realizations, Mean.NONE),
        Mean.NONE,
        Mean.NONE,
        Mean.NONE,
        Mean.NONE,
        Mean.NONE,
        Mean.NONE,
        Energies.NONE,
        0,
        java.util.Collections.nCopies(models, 0),
        0);
  }

  /** Images whose gradients were taken. */
  public int n() {
    return etmann.n();
  }

  ModelAlignment with(ImageMeasures image) {
    List<Mean> more = new ArrayList<>();
    for (int r = 0; r < cosines.size(); r++) {
      more.add(cosines.get(r).with(image.cosines().get(r)));
    }
    return new ModelAlignment(
        more,
        etmann.with(image.etmann()),
        variation.with(image.variation()),
        lowFrequency.with(image.lowFrequency()),
        score.with(image.score()),
        onManifold.with(image.manifold().on()),
        offManifold.with(image.manifold().off()),
        energies.with(image),
        zeroGradients + (image.zeroGradient() ? 1 : 0),
        named,
        pictures);
  }

  ModelAlignment withPictures(List<Integer> namedMore, List<Double> energiesMore) {
    List<Integer> sum = new ArrayList<>();
    for (int b = 0; b < named.size(); b++) {
      sum.add(named.get(b) + namedMore.get(b));
    }
    return new ModelAlignment(
        cosines,
        etmann,
        variation,
        lowFrequency,
        score,
        onManifold,
        offManifold,
        energies.withDrawn(energiesMore),
        zeroGradients,
        sum,
        pictures + energiesMore.size());
  }
}
