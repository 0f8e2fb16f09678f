package org.pagexplorer.engine;

import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;

/** Spells out a specification: from the image itself, one run, last iterate, unless said. */
final class Attack {
  private final ThreatModel threat;
  private final int steps;
  private final double stepSize;
  private StepRule rule = StepRule.NORMALIZED;
  private Loss loss = Loss.CROSS_ENTROPY;
  private boolean randomStart;
  private int restarts = 1;
  private Keep keep = Keep.LAST;
  private boolean clip = true;
  private long seed;

  private Attack(ThreatModel threat, int steps, double stepSize) {
    this.threat = threat;
    this.steps = steps;
    this.stepSize = stepSize;
  }

  static Attack of(Norm norm, double epsilon, int steps, double stepSize) {
    return new Attack(new ThreatModel(norm, epsilon), steps, stepSize);
  }

  Attack raw() {
    rule = StepRule.RAW;
    return this;
  }

  Attack onLogit() {
    loss = Loss.LOGIT;
    return this;
  }

  Attack randomStart(long withSeed) {
    randomStart = true;
    seed = withSeed;
    return this;
  }

  Attack restarts(int n) {
    restarts = n;
    return this;
  }

  Attack keepBest() {
    keep = Keep.BEST;
    return this;
  }

  Attack unclipped() {
    clip = false;
    return this;
  }

  AttackSpecification spec() {
    return new AttackSpecification(
        threat, steps, stepSize, rule, loss, randomStart, restarts, keep, clip, seed);
  }
}
