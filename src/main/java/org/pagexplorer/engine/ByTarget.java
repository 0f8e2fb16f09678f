package org.pagexplorer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;

/**
 * A targeted attack toward each of the classes that the clean image is likeliest to be instead, one
 * after the other, as AutoAttack does it (Croce and Hein 2020, section 4.2): APGD-T, FAB-T. Images
 * that are broken take no part in the next.
 *
 * @param targets how many classes, at the most
 * @param attack toward a class an image
 */
record ByTarget(Classifier f, int targets, Targeted attack) implements UntargetedAttack {

  /** An attack toward given classes; nothing if cancelled. */
  @FunctionalInterface
  interface Targeted {
    Optional<List<Outcome>> toward(
        List<Image> images, int[] labels, int[] targets, int run, AttackObserver observer);
  }

  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    List<UntargetedAttack> runs = new ArrayList<>();
    for (int rank = 0; rank < targets; rank++) {
      int number = rank;
      runs.add(
          (some, own, watching) ->
              attack.toward(some, own, targets(some, own, number), number, watching));
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
