package org.pagexplorer.domain;

/**
 * Everything that fixes a PGD attack but its images and classes (Algorithm 1 and its usual
 * variants).
 *
 * @param threat the ball around the original image
 * @param steps T, 0 to 100,000
 * @param stepSize α, in pixel units; at least 0
 * @param stepRule how a gradient becomes a step
 * @param loss what is descended (targeted) or ascended (untargeted)
 * @param randomStart whether to start at a random point of the ball rather than at its center
 * @param restarts how often to start over, at least 1; the best is kept for each image
 * @param keep which iterate is the result
 * @param clip whether iterates stay in [0, 1] (Algorithm 1 does not say; chosen: yes)
 * @param seed fixes the random starts
 */
public record AttackSpecification(
    ThreatModel threat,
    int steps,
    double stepSize,
    StepRule stepRule,
    Loss loss,
    boolean randomStart,
    int restarts,
    Keep keep,
    boolean clip,
    long seed) {

  /** How a gradient g becomes a step of size α. */
  public enum StepRule implements Named {
    /**
     * α · g/‖g‖₂ for L2, α · sign(g) for L∞. For L1, α in total over the 1 % of the values, or 2α
     * of them where that is more, with the largest |g|, in equal shares with g's signs (Tramèr and
     * Boneh 2019, whose 1 % is kept; one value alone would be the steepest step); values that
     * cannot leave [0, 1] that way are passed over.
     */
    NORMALIZED,
    /** α · g, as Algorithm 1 is written. */
    RAW;

    @Override
    public String title() {
      return this == RAW ? "raw (Algorithm 1)" : id();
    }
  }

  /** The function that is differentiated, summed over the batch. */
  public enum Loss implements Named {
    /** Cross-entropy to the class (Eq. 4). */
    CROSS_ENTROPY,
    /** Minus the class's logit. */
    LOGIT;

    @Override
    public String id() {
      return this == CROSS_ENTROPY ? "ce" : Named.super.id();
    }

    @Override
    public String title() {
      return this == CROSS_ENTROPY ? "cross-entropy" : id();
    }
  }

  /** Which iterate is the result. */
  public enum Keep implements Named {
    LAST,
    BEST;

    @Override
    public String title() {
      return id() + " step";
    }
  }

  public AttackSpecification {
    if (steps < 0 || steps > 100_000) {
      throw new IllegalArgumentException("steps must be 0 to 100,000, not " + steps);
    }
    if (!(stepSize >= 0) || Double.isInfinite(stepSize)) {
      throw new IllegalArgumentException(
          "the step size must be 0 or more and finite, not " + stepSize);
    }
    if (restarts < 1) {
      throw new IllegalArgumentException("restarts must be at least 1, not " + restarts);
    }
  }

  /**
   * The large-ε attack that paints a class: α = 2.5ε/T (chosen), from the image itself, last
   * iterate.
   */
  public static AttackSpecification pictures(ThreatModel threat, int steps) {
    return usual(threat, steps, pictureStepSize(threat.epsilon(), steps), false, 0);
  }

  /** The paper's evaluation (section C.2): PGD with a random start and α = 2ε/T. */
  public static AttackSpecification evaluation(ThreatModel threat, int steps, long seed) {
    return usual(threat, steps, 2 * threat.epsilon() / Math.max(1, steps), true, seed);
  }

  /** The inner maximization of Eq. 5: a random start, α = 2.5ε/T (chosen). */
  public static AttackSpecification adversary(ThreatModel threat, int steps, long seed) {
    return usual(threat, steps, pictureStepSize(threat.epsilon(), steps), true, seed);
  }

  private static AttackSpecification usual(
      ThreatModel threat, int steps, double stepSize, boolean randomStart, long seed) {
    return new AttackSpecification(
        threat,
        steps,
        stepSize,
        StepRule.NORMALIZED,
        Loss.CROSS_ENTROPY,
        randomStart,
        1,
        Keep.LAST,
        true,
        seed);
  }

  /** The same attack with other random starts. */
  public AttackSpecification withSeed(long otherSeed) {
    return new AttackSpecification(
        threat, steps, stepSize, stepRule, loss, randomStart, restarts, keep, clip, otherSeed);
  }

  /** The same attack begun so often. */
  public AttackSpecification withRestarts(int otherRestarts) {
    return new AttackSpecification(
        threat, steps, stepSize, stepRule, loss, randomStart, otherRestarts, keep, clip, seed);
  }

  /** The same attack in another ball, with a step size that suits it. */
  public AttackSpecification withThreat(ThreatModel otherThreat, double otherStepSize) {
    return new AttackSpecification(
        otherThreat, steps, otherStepSize, stepRule, loss, randomStart, restarts, keep, clip, seed);
  }

  /** The same attack, whose iterates may leave [0, 1]. */
  public AttackSpecification unclipped() {
    return new AttackSpecification(
        threat, steps, stepSize, stepRule, loss, randomStart, restarts, keep, false, seed);
  }

  /** The automatic step size of pictures, 2.5ε/T. */
  public static double pictureStepSize(double epsilon, int steps) {
    return 2.5 * epsilon / Math.max(1, steps);
  }
}
