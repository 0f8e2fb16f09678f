package org.pagexplorer.domain;

/**
 * Everything that fixes an untargeted attack whose survivors are counted.
 *
 * @param method how it looks
 * @param pgd the ball, the seed, and all of PGD where that is the method or a part of it
 * @param iterations of Auto-PGD, and of each of its targets; at least 1
 * @param queries of Square, forward passes an image; at least 1
 */
public record RobustnessAttack(
    AttackMethod method, AttackSpecification pgd, int iterations, int queries) {
  /** RobustBench's. */
  public static final int USUAL_ITERATIONS = 100;

  /** RobustBench's. */
  public static final int USUAL_QUERIES = 5000;

  private static final int USUAL_RESTARTS = 10;

  public RobustnessAttack {
    if (iterations < 1 || queries < 1) {
      throw new IllegalArgumentException(
          "iterations and queries must be at least 1, not %d and %d"
              .formatted(iterations, queries));
    }
  }

  /** As the paper (PGD-20) and RobustBench (all others) run it. */
  public static RobustnessAttack usual(AttackMethod method, ThreatModel threat, long seed) {
    AttackSpecification once = AttackSpecification.evaluation(threat, 20, seed);
    return new RobustnessAttack(
        method,
        method == AttackMethod.PGD_RESTARTS ? once.withRestarts(USUAL_RESTARTS) : once,
        USUAL_ITERATIONS,
        USUAL_QUERIES);
  }

  public ThreatModel threat() {
    return pgd.threat();
  }

  public long seed() {
    return pgd.seed();
  }

  /**
   * The same in another ball, PGD's step size growing with it.
   *
   * @throws IllegalArgumentException if this attack's own radius is 0
   */
  public RobustnessAttack withEpsilon(double epsilon) {
    double stepSize = pgd.stepSize() * epsilon / threat().epsilon();
    return new RobustnessAttack(
        method,
        pgd.withThreat(new ThreatModel(threat().norm(), epsilon), stepSize),
        iterations,
        queries);
  }

  /** For instance {@code L2 PGD-20} or {@code L∞ Suite}. */
  public String title() {
    String steps =
        method == AttackMethod.PGD || method == AttackMethod.PGD_RESTARTS
            ? "PGD-" + pgd.steps() + (pgd.restarts() > 1 ? "×" + pgd.restarts() : "")
            : method.title();
    return threat().norm().title() + " " + steps;
  }

  /** Forward and backward passes an image, at most, on a network of so many classes. */
  public double passes(int classes) {
    return method.parts().stream().mapToDouble(part -> passes(part, classes)).sum();
  }

  private double passes(AttackMethod part, int classes) {
    return switch (part) {
      case PGD, PGD_RESTARTS -> (pgd.steps() + 1.0) * pgd.restarts();
      case APGD_CE -> iterations;
      case APGD_T -> (double) iterations * Math.min(classes - 1, 9);
      case SQUARE -> queries / 3.0;
      case SUITE -> throw new IllegalArgumentException("a suite is not part of one");
    };
  }
}
