package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.measure.IntegrityAttacks.Attacked;

/**
 * Is a robust accuracy real? PGD on some images, and what must not be stronger than it; a step at a
 * time, so that it may be left at any time and resumed.
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

  private static final int BATCH = 25;

  private final IntegrityAttacks attacks;
  private final Dataset dataset;
  private final List<Trial> trials = new ArrayList<>();
  private int images;
  private int from;
  private int to;
  private int trial;

  /**
   * What a check found.
   *
   * @param survived share of the images that are still classified correctly; for zero gradients
   *     their share, for few images how many
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
    attacks = new IntegrityAttacks(attack.withRestarts(1));
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
    Classifier source = now.other < 0 ? f : others.get(now.other);
    Optional<List<Attacked>> attacked = attacks.run(now.check, source, some, observer);
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
}
