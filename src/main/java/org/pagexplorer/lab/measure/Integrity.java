package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.NoiseAttack;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.engine.Pgd;

/**
 * Is a robust accuracy real? PGD on some images, and what must not be stronger than it; a step at a
 * time, so that it may be left at any time and gone on with.
 *
 * <p>By chance a weaker attack may find an image or two more: {@link #SLACK_PERCENT} % of the
 * images are forgiven.
 */
public final class Integrity {
  /** Share of the images by which a weaker attack may win. */
  private static final int SLACK_PERCENT = 2;

  /** Share of zero gradients from which on they are flagged. */
  public static final double ZERO_SHARE = 0.01;

  /** Fewer images than these are flagged. */
  public static final int FEW = 100;

  private static final int UNBOUNDED_STEPS = 50;
  private static final int BATCH = 25;

  private final AttackSpecification pgd;
  private final Dataset dataset;
  private final List<Trial> trials = new ArrayList<>();
  private int images;
  private int from;
  private int to;
  private int trial;

  /**
   * What a check found.
   *
   * @param survived share of the images that are still named rightly; for zero gradients their
   *     share, for few images how many
   * @param flagged whether something is wrong
   */
  public record Finding(IntegrityCheck check, double survived, boolean flagged) {}

  /** The attack itself (no check), or one of those that it has to beat. */
  private static final class Trial {
    final Optional<IntegrityCheck> check;
    final int other;
    int survived;
    double zeroGradients;

    Trial(Optional<IntegrityCheck> check, int other) {
      this.check = check;
      this.other = other;
    }
  }

  /**
   * @param attack whose ball, steps and seed to use; what is checked is PGD in it
   * @param dataset its first images are used
   * @param others how many models there are to transfer from; without any that check is left out
   */
  public Integrity(AttackSpecification attack, Dataset dataset, int images, int others) {
    pgd = attack.withRestarts(1);
    this.dataset = dataset;
    want(images);
    trials.add(new Trial(Optional.empty(), -1));
    for (IntegrityCheck check :
        List.of(
            IntegrityCheck.MORE_STEPS,
            IntegrityCheck.ONE_STEP,
            IntegrityCheck.UNBOUNDED,
            IntegrityCheck.NOISE)) {
      trials.add(new Trial(Optional.of(check), -1));
    }
    for (int other = 0; other < others; other++) {
      trials.add(new Trial(Optional.of(IntegrityCheck.TRANSFER), other));
    }
  }

  /** Goes on with so many images: more than before, or fewer, which takes nothing back. */
  public synchronized void want(int newImages) {
    images = Math.max(images, Math.min(newImages, dataset.size()));
  }

  public synchronized boolean isDone() {
    return from >= images;
  }

  /** In [0, 1]. */
  public synchronized double progress() {
    double done = from + (double) trial / trials.size() * (to - from);
    return isDone() ? 1 : done / images;
  }

  /**
   * One attack on a few images.
   *
   * @param f the model
   * @param others those to transfer from
   * @return false if the observer cancelled; then nothing has changed
   */
  public boolean step(Classifier f, List<Classifier> others, AttackObserver observer) {
    Images some = Images.of(dataset, from, end());
    Trial now = trials.get(trial);
    Optional<List<Attacked>> attacked = inHalves(now, f, others, some, observer);
    if (attacked.isEmpty()) {
      return false;
    }
    int[] named = f.predictions(attacked.get().stream().map(Attacked::result).toList());
    for (int i = 0; i < named.length; i++) {
      now.survived += named[i] == some.labels()[i] ? 1 : 0;
      now.zeroGradients += attacked.get().get(i).zeroGradientShare();
    }
    advance(some.size());
    return true;
  }

  /** Behind the last image of this round; the same for all of its trials, whatever is wanted. */
  private synchronized int end() {
    if (trial == 0) {
      to = Math.min(images, from + BATCH);
    }
    return to;
  }

  /** Others may look at the progress meanwhile. */
  private synchronized void advance(int size) {
    trial++;
    if (trial == trials.size()) {
      trial = 0;
      from += size;
    }
  }

  /** At once, or where the device has too little memory in two halves. */
  private Optional<List<Attacked>> inHalves(
      Trial now, Classifier f, List<Classifier> others, Images some, AttackObserver observer) {
    try {
      return attack(now, f, others, some, observer);
    } catch (RuntimeException e) {
      if (!OutOfMemory.isCauseOf(e) || some.size() == 1) {
        throw e;
      }
      List<Integer> places = IntStream.range(0, some.size()).boxed().toList();
      int middle = some.size() / 2;
      List<Attacked> all = new ArrayList<>();
      for (List<Integer> half :
          List.of(places.subList(0, middle), places.subList(middle, places.size()))) {
        Optional<List<Attacked>> made = inHalves(now, f, others, some.only(half), observer);
        if (made.isEmpty()) {
          return Optional.empty();
        }
        all.addAll(made.get());
      }
      return Optional.of(all);
    }
  }

  /** An image after one of the trials. */
  private record Attacked(Image result, double zeroGradientShare) {}

  private Optional<List<Attacked>> attack(
      Trial now, Classifier f, List<Classifier> others, Images some, AttackObserver observer) {
    if (now.check.isEmpty()) {
      return attack(f, pgd, some, observer);
    }
    return switch (now.check.get()) {
      case MORE_STEPS -> attack(f, moreSteps(), some, observer);
      case ONE_STEP -> attack(f, oneStep(), some, observer);
      case UNBOUNDED -> attack(f, unbounded(), some, observer);
      case NOISE ->
          Optional.of(
              NoiseAttack.onTheSphere(pgd.threat(), some.images(), some.labels(), pgd.seed())
                  .stream()
                  .map(noisy -> new Attacked(noisy, 0))
                  .toList());
      case TRANSFER -> attack(others.get(now.other), pgd, some, observer);
      case ZERO_GRADIENTS, FEW_IMAGES ->
          throw new IllegalStateException(now.check + " needs no attack of its own");
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

  /** What was found, a finding a check; only when all is done. */
  public synchronized List<Finding> findings() {
    if (!isDone()) {
      throw new IllegalStateException("not done yet");
    }
    double zeros = trials.getFirst().zeroGradients / images;
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding(IntegrityCheck.ZERO_GRADIENTS, zeros, zeros > ZERO_SHARE));
    for (Trial one : trials) {
      one.check.ifPresent(check -> findings.add(finding(check, one)));
    }
    findings.add(new Finding(IntegrityCheck.FEW_IMAGES, images, images < FEW));
    return strongestOfEach(findings);
  }

  private Finding finding(IntegrityCheck check, Trial one) {
    int survived = trials.getFirst().survived;
    int forgiven = forgiven(images);
    return new Finding(
        check,
        (double) one.survived / images,
        switch (check) {
          case MORE_STEPS -> one.survived > survived + forgiven;
          case UNBOUNDED -> one.survived > 0;
          case ONE_STEP, NOISE, TRANSFER -> one.survived < survived - forgiven;
          case ZERO_GRADIENTS, FEW_IMAGES -> throw new IllegalStateException();
        });
  }

  /** By so many images a weaker attack may win. In images: 0.14 − 0.02 is more than 0.12. */
  static int forgiven(int images) {
    return Math.max(1, images * SLACK_PERCENT / 100);
  }

  /** Of several models that were transferred from, the one that fooled most. */
  private static List<Finding> strongestOfEach(List<Finding> findings) {
    List<Finding> kept = new ArrayList<>();
    for (IntegrityCheck check : IntegrityCheck.values()) {
      findings.stream()
          .filter(finding -> finding.check() == check)
          .min(Comparator.comparingDouble(Finding::survived))
          .ifPresent(kept::add);
    }
    return kept;
  }

  private AttackSpecification moreSteps() {
    return spec(pgd.threat(), 2 * pgd.steps(), pgd.stepSize(), true, Keep.LAST);
  }

  /** FGSM (Goodfellow et al. 2015). */
  private AttackSpecification oneStep() {
    return spec(pgd.threat(), 1, pgd.threat().epsilon(), false, Keep.LAST);
  }

  /** Within the diameter of [0, 1]^d. */
  private AttackSpecification unbounded() {
    double diameter = pgd.threat().norm() == Norm.L2 ? Math.sqrt(dataset.shape().size()) : 1;
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
