package org.pagexplorer.engine;

import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.engine.natives.NativeHeap;

/** Looks for points of the ball around images that a classifier does not name by their labels. */
@FunctionalInterface
public interface UntargetedAttack {

  /**
   * Attacks a batch.
   *
   * @param images N images of the classifier's shape
   * @param labels N true classes
   * @param observer asked before each step whether to stop
   * @return N outcomes, or nothing if the observer cancelled
   */
  Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer);

  /** The attack that a specification describes; after a batch, freed memory goes back. */
  static UntargetedAttack of(Classifier f, RobustnessAttack specification) {
    UntargetedAttack attack = untrimmed(f, specification);
    return (images, labels, observer) -> {
      try {
        return attack.run(images, labels, observer);
      } finally {
        NativeHeap.trim();
      }
    };
  }

  private static UntargetedAttack untrimmed(Classifier f, RobustnessAttack specification) {
    List<UntargetedAttack> parts =
        specification.method().parts().stream().map(part -> part(f, part, specification)).toList();
    // PGD looks at the image itself; of the others only what is classified correctly is attacked.
    return parts.getFirst() instanceof UntargetedPgd pgd && parts.size() == 1
        ? pgd
        : new AttackSuite(f, parts);
  }

  private static UntargetedAttack part(Classifier f, AttackMethod part, RobustnessAttack all) {
    boolean isL1 = all.threat().norm() == Norm.L1;
    int targets = all.targets(part, f.architecture().classes());
    return switch (part) {
      case PGD, PGD_RESTARTS -> new UntargetedPgd(f, all.pgd(), all.draws());
      case APGD_CE ->
          isL1
              ? new ApgdL1(f, all, Apgd.crossEntropy(f)).begun(all.starts())
              : Apgd.onCrossEntropy(f, all);
      case APGD_DLR -> isL1 ? new ApgdL1(f, all, Apgd.RATIO).begun(1) : Apgd.onRatio(f, all);
      case APGD_T ->
          new ByTarget(
              f,
              targets,
              isL1
                  ? new ApgdL1(f, all, Apgd.TARGETED_RATIO)
                  : Apgd.onTargetedRatio(f, all)::toward);
      case FAB_T -> new ByTarget(f, targets, new Fab(f, all.threat(), all.iterations())::toward);
      case SQUARE -> new Square(f, all.threat(), all.queries(), all.seed());
      case SUITE, AUTOATTACK, AUTOATTACK_RAND ->
          throw new IllegalArgumentException("a suite is not part of one");
    };
  }
}
