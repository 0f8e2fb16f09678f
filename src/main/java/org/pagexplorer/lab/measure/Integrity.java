package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.NoiseAttack;
import org.pagexplorer.engine.Pgd;

/**
 * Is a robust accuracy real? PGD on some images, and what must not be stronger than it.
 *
 * <p>By chance a weaker attack may find an image or two more: {@link #SLACK} of the images are
 * forgiven.
 */
public final class Integrity {
  /** Share of the images by which a weaker attack may win. */
  public static final double SLACK = 0.02;

  /** Share of zero gradients from which on they are flagged. */
  public static final double ZERO_SHARE = 0.01;

  /** Fewer images than these are flagged. */
  public static final int FEW = 100;

  private static final int UNBOUNDED_STEPS = 50;

  private final AttackSpecification pgd;
  private final AttackObserver observer;
  private final Images images;

  /**
   * What a check found.
   *
   * @param survived share of the images that are still named rightly; for zero gradients their
   *     share, for few images how many
   * @param flagged whether something is wrong
   */
  public record Finding(IntegrityCheck check, double survived, boolean flagged) {}

  /**
   * @param attack whose ball, steps and seed to use; what is checked is PGD in it
   * @param dataset its first images are used
   * @param observer may cancel
   */
  public Integrity(
      AttackSpecification attack, Dataset dataset, int images, AttackObserver observer) {
    pgd = attack.withRestarts(1);
    this.images = Images.of(dataset, 0, Math.min(images, dataset.size()));
    this.observer = observer;
  }

  /**
   * Checks a model.
   *
   * @param others models to transfer from; without any that check is left out
   * @return nothing if the observer cancelled
   */
  public Optional<List<Finding>> check(Classifier f, List<Classifier> others) {
    Optional<List<AttackedImage>> attacked = attack(f, pgd);
    if (attacked.isEmpty()) {
      return Optional.empty();
    }
    double survived = survivors(attacked.get());
    double zeros =
        attacked.get().stream().mapToDouble(AttackedImage::zeroGradientShare).average().orElse(0);
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding(IntegrityCheck.ZERO_GRADIENTS, zeros, zeros > ZERO_SHARE));
    Optional<List<AttackedImage>> longer = attack(f, moreSteps());
    Optional<List<AttackedImage>> single = attack(f, oneStep());
    Optional<List<AttackedImage>> unbounded = attack(f, unbounded(f));
    if (longer.isEmpty() || single.isEmpty() || unbounded.isEmpty()) {
      return Optional.empty();
    }
    double withMore = survivors(longer.get());
    findings.add(new Finding(IntegrityCheck.MORE_STEPS, withMore, withMore > survived + slack()));
    findings.add(weaker(IntegrityCheck.ONE_STEP, survivors(single.get()), survived));
    double left = survivors(unbounded.get());
    findings.add(new Finding(IntegrityCheck.UNBOUNDED, left, left > 0));
    List<Image> noisy =
        NoiseAttack.onTheSphere(pgd.threat(), images.images(), images.labels(), pgd.seed());
    findings.add(weaker(IntegrityCheck.NOISE, named(f, noisy), survived));
    for (Classifier other : others) {
      Optional<List<AttackedImage>> foreign = attack(other, pgd);
      if (foreign.isEmpty()) {
        return Optional.empty();
      }
      double under = named(f, foreign.get().stream().map(AttackedImage::result).toList());
      findings.add(weaker(IntegrityCheck.TRANSFER, under, survived));
    }
    findings.add(new Finding(IntegrityCheck.FEW_IMAGES, images.size(), images.size() < FEW));
    return Optional.of(strongestOfEach(findings));
  }

  /** Of several models that were transferred from, the one that fooled most. */
  private static List<Finding> strongestOfEach(List<Finding> findings) {
    List<Finding> kept = new ArrayList<>();
    for (IntegrityCheck check : IntegrityCheck.values()) {
      findings.stream()
          .filter(finding -> finding.check() == check)
          .min(java.util.Comparator.comparingDouble(Finding::survived))
          .ifPresent(kept::add);
    }
    return kept;
  }

  private double slack() {
    return Math.max(1.0 / images.size(), SLACK);
  }

  /** Flagged where what must be weaker leaves fewer. */
  private Finding weaker(IntegrityCheck check, double weaker, double survived) {
    return new Finding(check, weaker, weaker < survived - slack());
  }

  private Optional<List<AttackedImage>> attack(Classifier f, AttackSpecification spec) {
    return new Pgd(f, spec).run(images.images(), Goal.leaveEach(images.labels()), observer);
  }

  private static double survivors(List<AttackedImage> attacked) {
    return attacked.stream().mapToInt(one -> one.success() ? 0 : 1).average().orElse(0);
  }

  private double named(Classifier f, List<Image> pictures) {
    int[] named = f.predictions(pictures);
    int right = 0;
    for (int i = 0; i < named.length; i++) {
      right += named[i] == images.labels()[i] ? 1 : 0;
    }
    return (double) right / named.length;
  }

  private AttackSpecification moreSteps() {
    return spec(pgd.threat(), 2 * pgd.steps(), pgd.stepSize(), true, Keep.LAST);
  }

  /** FGSM (Goodfellow et al. 2015). */
  private AttackSpecification oneStep() {
    return spec(pgd.threat(), 1, pgd.threat().epsilon(), false, Keep.LAST);
  }

  /** Within the diameter of [0, 1]^d. */
  private AttackSpecification unbounded(Classifier f) {
    double diameter =
        pgd.threat().norm() == Norm.L2 ? Math.sqrt(f.architecture().input().size()) : 1;
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
