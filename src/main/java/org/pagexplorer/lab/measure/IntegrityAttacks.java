package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.NoiseAttack;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.engine.Pgd;

/**
 * PGD, and the attacks that it has to beat.
 *
 * @param pgd without restarts
 */
record IntegrityAttacks(AttackSpecification pgd) {
  private static final int UNBOUNDED_STEPS = 50;

  /** An image after an attack. */
  record Attacked(Image result, double zeroGradientShare) {}

  /**
   * Attacks at once, or where the device has too little memory in two halves.
   *
   * @param check which attack; PGD itself if none
   * @param f the network that is differentiated
   * @return nothing if the observer cancelled
   */
  Optional<List<Attacked>> run(
      Optional<IntegrityCheck> check, Classifier f, Images some, AttackObserver observer) {
    try {
      return attack(check, f, some, observer);
    } catch (RuntimeException e) {
      int middle = OutOfMemory.half(e, some.size());
      List<Integer> places = IntStream.range(0, some.size()).boxed().toList();
      List<Attacked> all = new ArrayList<>();
      for (List<Integer> half :
          List.of(places.subList(0, middle), places.subList(middle, places.size()))) {
        Optional<List<Attacked>> made = run(check, f, some.only(half), observer);
        if (made.isEmpty()) {
          return Optional.empty();
        }
        all.addAll(made.get());
      }
      return Optional.of(all);
    }
  }

  private Optional<List<Attacked>> attack(
      Optional<IntegrityCheck> check, Classifier f, Images some, AttackObserver observer) {
    if (check.isEmpty()) {
      return attack(f, pgd, some, observer);
    }
    return switch (check.get()) {
      case MORE_STEPS -> attack(f, moreSteps(), some, observer);
      case ONE_STEP -> attack(f, oneStep(), some, observer);
      case UNBOUNDED -> attack(f, unbounded(some), some, observer);
      case NOISE ->
          Optional.of(
              NoiseAttack.onTheSphere(pgd.threat(), some.images(), some.labels(), pgd.seed())
                  .stream()
                  .map(noisy -> new Attacked(noisy, 0))
                  .toList());
      case TRANSFER -> attack(f, pgd, some, observer);
      case ZERO_GRADIENTS, FEW_IMAGES ->
          throw new IllegalStateException(check + " needs no attack of its own");
    };
  }

  private static Optional<List<Attacked>> attack(
      Classifier f, AttackSpecification spec, Images some, AttackObserver observer) {
    return new Pgd(f, spec)
        .run(some.images(), Goal.leaveEach(some.labels()), observer)
        .map(
            all ->
                all.stream()
                    .map(one -> new Attacked(one.result(), one.zeroGradientShare()))
                    .toList());
  }

  private AttackSpecification moreSteps() {
    return spec(pgd.threat(), 2 * pgd.steps(), pgd.stepSize(), true, Keep.LAST);
  }

  /** FGSM (Goodfellow et al. 2015). */
  private AttackSpecification oneStep() {
    return spec(pgd.threat(), 1, pgd.threat().epsilon(), false, Keep.LAST);
  }

  /** Within the diameter of [0, 1]^d. */
  private AttackSpecification unbounded(Images some) {
    double diameter = pgd.threat().norm().diameter(some.images().getFirst().shape());
    ThreatModel everything = new ThreatModel(pgd.threat().norm(), diameter);
    int steps = Math.max(UNBOUNDED_STEPS, pgd.steps());
    return spec(everything, steps, 2 * diameter / steps, true, Keep.BEST);
  }

  private AttackSpecification spec(
      ThreatModel threat, int steps, double stepSize, boolean randomStart, Keep keep) {
    return new AttackSpecification(
        threat,
        steps,
        stepSize,
        StepRule.NORMALIZED,
        pgd.loss(),
        randomStart,
        1,
        keep,
        pgd.clip(),
        pgd.seed());
  }
}
