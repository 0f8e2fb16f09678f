package org.pagexplorer.domain;

/**
 * Everything that fixes an untargeted attack whose survivors are counted.
 *
 * @param method how it looks
 * @param pgd the ball, the seed, and all of PGD where that is the method or a part of it
 * @param iterations of Auto-PGD and FAB, and of each of their targets; at least 1
 * @param queries of Square, forward passes an image; at least 1
 * @param draws of a randomized model: calls over which PGD and Auto-PGD average logits and
 *     gradients (expectation over transformation); 1 for others
 */
public record RobustnessAttack(
    AttackMethod method, AttackSpecification pgd, int iterations, int queries, int draws) {
  /** RobustBench's. */
  public static final int USUAL_ITERATIONS = 100;

  /** RobustBench's. */
  public static final int USUAL_QUERIES = 5000;

  /** Classes that a targeted part tries, the likeliest first: AutoAttack's. */
  public static final int MOST_TARGETS = 9;

  /** AutoAttack's, of its version for randomized models. */
  public static final int USUAL_DRAWS = 20;

  /** Classes that APGD-T tries in L1, and how often APGD-CE begins there: AutoAttack's. */
  private static final int L1_RUNS = 5;

  private static final int USUAL_RESTARTS = 10;

  public RobustnessAttack {
    if (iterations < 1 || queries < 1 || draws < 1) {
      throw new IllegalArgumentException(
          "iterations, queries, and calls must be at least 1, not %d, %d, and %d"
              .formatted(iterations, queries, draws));
    }
  }

  /** Of a model that is not random. */
  public RobustnessAttack(
      AttackMethod method, AttackSpecification pgd, int iterations, int queries) {
    this(method, pgd, iterations, queries, 1);
  }

  /** As the paper (PGD-20) and RobustBench (all others) run it. */
  public static RobustnessAttack usual(AttackMethod method, ThreatModel threat, long seed) {
    AttackSpecification once = AttackSpecification.evaluation(threat, 20, seed);
    return new RobustnessAttack(
        method,
        method == AttackMethod.PGD_RESTARTS ? once.withRestarts(USUAL_RESTARTS) : once,
        USUAL_ITERATIONS,
        USUAL_QUERIES,
        method == AttackMethod.AUTOATTACK_RAND ? USUAL_DRAWS : 1);
  }

  public ThreatModel threat() {
    return pgd.threat();
  }

  public long seed() {
    return pgd.seed();
  }

  /** Whether it iterates and asks as often as RobustBench's. */
  public boolean isStandardEffort() {
    int usual = method == AttackMethod.AUTOATTACK_RAND ? USUAL_DRAWS : 1;
    boolean asksAsUsual = queries == USUAL_QUERIES || !method.parts().contains(AttackMethod.SQUARE);
    return iterations == USUAL_ITERATIONS && asksAsUsual && draws == usual;
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
        queries,
        draws);
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

  /** The classes that a targeted part tries: AutoAttack's 9, of APGD-T in L1 its 5. */
  public int targets(AttackMethod part, int classes) {
    boolean fewer = part == AttackMethod.APGD_T && threat().norm() == Norm.L1;
    return Math.min(classes - 1, fewer ? L1_RUNS : MOST_TARGETS);
  }

  /** How often APGD-CE begins: AutoAttack's 5 in L1, but in its version for randomized models. */
  public int starts() {
    return threat().norm() == Norm.L1 && method != AttackMethod.AUTOATTACK_RAND ? L1_RUNS : 1;
  }

  private double passes(AttackMethod part, int classes) {
    return switch (part) {
      case PGD, PGD_RESTARTS -> draws * (pgd.steps() + 1.0) * pgd.restarts();
      case APGD_CE -> (double) draws * iterations * starts();
      case APGD_DLR -> (double) draws * iterations;
      case APGD_T -> (double) draws * iterations * targets(part, classes);
      case FAB_T -> iterations * 4.0 / 3 * targets(part, classes); // it looks again where it went
      case SQUARE -> queries / 3.0;
      case SUITE, AUTOATTACK, AUTOATTACK_RAND ->
          throw new IllegalArgumentException("a suite is not part of one");
    };
  }
}
