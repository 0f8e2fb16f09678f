package org.pagexplorer.engine;

import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;

/** Which images a classifier names rightly, clean and under an untargeted attack. */
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

  /** For each image whether it is still named rightly under the attack; nothing if cancelled. */
  public Optional<boolean[]> attacked(
      List<Image> images, int[] labels, AttackSpecification spec, AttackObserver observer) {
    return new Pgd(classifier, spec)
        .run(images, Goal.leaveEach(labels), observer)
        .map(Evaluator::survived);
  }

  private static boolean[] survived(List<AttackedImage> results) {
    boolean[] survived = new boolean[results.size()];
    for (int i = 0; i < survived.length; i++) {
      survived[i] = !results.get(i).success();
    }
    return survived;
  }
}
