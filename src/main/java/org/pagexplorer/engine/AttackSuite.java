package org.pagexplorer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;

/**
 * Several attacks one after the other, each on the images that withstood those before it: the worst
 * case over them for each image, as RobustBench reports it. Images that are named wrongly without
 * an attack are not attacked at all.
 */
final class AttackSuite implements UntargetedAttack {
  private final Classifier f;
  private final List<UntargetedAttack> attacks;

  AttackSuite(Classifier classifier, List<UntargetedAttack> attacks) {
    f = classifier;
    this.attacks = List.copyOf(attacks);
  }

  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    int[] named = f.predictions(images);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      outcomes.add(new Outcome(images.get(i), named[i] == labels[i], 0));
    }
    for (UntargetedAttack attack : attacks) {
      if (!attackSurvivors(attack, images, labels, outcomes, observer)) {
        return Optional.empty();
      }
    }
    return Optional.of(outcomes);
  }

  /** False if cancelled. */
  private static boolean attackSurvivors(
      UntargetedAttack attack,
      List<Image> images,
      int[] labels,
      List<Outcome> outcomes,
      AttackObserver observer) {
    List<Integer> alive = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (outcomes.get(i).survived()) {
        alive.add(i);
      }
    }
    if (alive.isEmpty()) {
      return true;
    }
    Optional<List<Outcome>> found =
        attack.run(
            alive.stream().map(images::get).toList(),
            alive.stream().mapToInt(i -> labels[i]).toArray(),
            observer);
    for (int i = 0; i < alive.size() && found.isPresent(); i++) {
      Outcome before = outcomes.get(alive.get(i));
      Outcome now = found.get().get(i);
      // Square takes no gradients: it must not hide those of the others that were zero.
      double zero = Math.max(before.zeroGradientShare(), now.zeroGradientShare());
      int withstood = before.withstood() + (now.survived() ? 1 : 0);
      outcomes.set(alive.get(i), new Outcome(now.result(), now.survived(), zero, withstood));
    }
    return found.isPresent();
  }
}
