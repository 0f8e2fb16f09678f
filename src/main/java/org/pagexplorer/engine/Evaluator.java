package org.pagexplorer.engine;

import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;

/** Which images a classifier classifies correctly, clean and under an untargeted attack. */
public final class Evaluator {
  private final Classifier classifier;

  public Evaluator(Classifier classifier) {
    this.classifier = classifier;
  }

  /** For each image whether its label has the largest logit. */
  public boolean[] clean(List<Image> images, int[] labels) {
    int[] predictions = classifier.predictions(images);
    boolean[] correct = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      correct[i] = predictions[i] == labels[i];
    }
    return correct;
  }

  /**
   * For each image whether it is still classified correctly under the attack; nothing if cancelled.
   */
  public Optional<boolean[]> attacked(
      List<Image> images, int[] labels, AttackSpecification spec, AttackObserver observer) {
    return new UntargetedPgd(classifier, spec)
        .run(images, labels, observer)
        .map(Evaluator::survived);
  }

  private static boolean[] survived(List<Outcome> outcomes) {
    boolean[] survived = new boolean[outcomes.size()];
    for (int i = 0; i < survived.length; i++) {
      survived[i] = outcomes.get(i).survived();
    }
    return survived;
  }
}
