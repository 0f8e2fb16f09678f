package org.pagexplorer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.ThreatModel;

/**
 * APGD-T (Croce and Hein 2020, section 4.2): Auto-PGD on the targeted difference of logits ratio,
 * toward each of the nine classes that the clean image is likeliest to be instead, one after the
 * other; images that are broken take no part in the next.
 */
final class TargetedApgd implements UntargetedAttack {
  private static final int MOST_TARGETS = 9;

  private final Classifier f;
  private final Apgd apgd;

  TargetedApgd(Classifier classifier, ThreatModel threat, int iterations, long seed) {
    f = classifier;
    apgd = new Apgd(classifier, threat, iterations, seed);
  }

  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    List<UntargetedAttack> runs = new ArrayList<>();
    int targets = Math.min(MOST_TARGETS, f.architecture().classes() - 1);
    for (int rank = 0; rank < targets; rank++) {
      int number = rank;
      runs.add(
          (some, own, watching) ->
              apgd.toward(some, own, targets(some, own, number), number, watching));
    }
    return new AttackSuite(f, runs).run(images, labels, observer);
  }

  /** Each image's likeliest class of that rank, from 0, its label left out. */
  private int[] targets(List<Image> images, int[] labels, int rank) {
    List<float[]> logits = f.logits(images);
    int[] targets = new int[labels.length];
    for (int i = 0; i < targets.length; i++) {
      int label = labels[i];
      targets[i] =
          LogitsRatio.descending(logits.get(i), 0, logits.get(i).length).stream()
              .filter(c -> c != label)
              .skip(rank)
              .findFirst()
              .orElseThrow();
    }
    return targets;
  }
}
