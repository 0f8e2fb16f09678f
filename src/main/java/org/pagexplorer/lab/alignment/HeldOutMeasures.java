package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Pgd;
import org.pagexplorer.lab.alignment.LocalSubspaces.Steps;

/**
 * Everything that is measured of a model at held-out images.
 *
 * @param attack away from an image's label, whose results' energies are taken
 */
record HeldOutMeasures(GradientMeasures gradients, AttackSpecification attack) {
  /** The paper's evaluation takes as many. */
  private static final int ATTACK_STEPS = 20;

  /** With the paper's evaluation in the norm and of the seed of an attack for pictures. */
  static HeldOutMeasures of(Dataset held, AttackSpecification pictures) {
    Norm norm = pictures.threat().norm();
    ThreatModel evaluated = new ThreatModel(norm, Presets.evaluationEpsilon(norm, held.shape()));
    return new HeldOutMeasures(
        new GradientMeasures(held.shape(), held.classes().size()),
        AttackSpecification.evaluation(evaluated, ATTACK_STEPS, pictures.seed()));
  }

  /**
   * Measures images, one after the other.
   *
   * @param from the first one's place in what was prepared
   * @return nothing if the observer cancelled
   */
  Optional<List<ImageMeasures>> of(
      Classifier f,
      Prepared prepared,
      int from,
      List<Image> images,
      int[] labels,
      AttackObserver observer) {
    Optional<List<AttackedImage>> attacked =
        new Pgd(f, attack).run(images, Goal.leaveEach(labels), observer);
    if (attacked.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Steps>> steps = prepared.steps(from, images, observer);
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    List<ManifoldMeasures> manifold =
        steps.get().isEmpty()
            ? Collections.nCopies(images.size(), ManifoldMeasures.NONE)
            : ManifoldMeasures.of(f, images, steps.get());
    List<float[]> logits = f.logits(images);
    List<ImageMeasures> found = gradients.of(f, prepared, from, images, logits);
    List<Double> clean = LogSumExp.ofEach(logits);
    List<Double> after =
        LogSumExp.ofEach(f.logits(attacked.get().stream().map(AttackedImage::result).toList()));
    List<ImageMeasures> all = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      all.add(found.get(i).with(manifold.get(i), clean.get(i), after.get(i)));
    }
    return Optional.of(all);
  }
}
