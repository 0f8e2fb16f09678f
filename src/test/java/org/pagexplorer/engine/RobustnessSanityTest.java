package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.ThreatModel;

/** Is a robustness number real? On a small trained network. */
class RobustnessSanityTest extends OnEveryDevice {
  private static final Architecture MLP = Architecture.mlp(24, Given.SMALL, 3);
  private static final TrainingBatch TEST = Given.colours(90, 0.25, 99);
  private static final List<Image> IMAGES = Given.imagesOf(TEST);

  private Classifier f;
  private Evaluator evaluator;

  @BeforeEach
  void train() {
    try (Trainer trainer =
        new Trainer(
            engine,
            MLP,
            Given.NORMALIZATION,
            Initialization.of(MLP, 1),
            new Trainer.Settings(0, new Optimizer.Sgd(0.9, 0), Optional.empty()))) {
      for (int step = 0; step < 60; step++) {
        trainer.step(Given.colours(60, 0.25, step), 0.02);
      }
      f = trainer.snapshot(Precision.EXACT);
    }
    evaluator = new Evaluator(f);
  }

  @AfterEach
  void free() {
    f.close();
  }

  private double accuracy(AttackSpecification spec) {
    return share(
        evaluator.attacked(IMAGES, TEST.labels(), spec, AttackObserver.NONE).orElseThrow());
  }

  private static double share(boolean[] right) {
    int correct = 0;
    for (boolean one : right) {
      correct += one ? 1 : 0;
    }
    return (double) correct / right.length;
  }

  private static ThreatModel threat(Norm norm) {
    return new ThreatModel(
        norm,
        switch (norm) {
          case L1 -> 25;
          case L2 -> 1.2;
          case LINF -> 0.1;
        });
  }

  @Test
  void networkHasLearntAndIsNeitherRobustNorHelpless() {
    assertTrue(share(evaluator.clean(IMAGES, TEST.labels())) > 0.95);
    for (Norm norm : Norm.values()) {
      double robust = accuracy(AttackSpecification.evaluation(threat(norm), 20, 0));
      assertTrue(robust > 0.05 && robust < 0.95, norm + ": " + robust);
    }
  }

  @Test
  void attackWithoutStepsOrRadiusLeavesTheCleanAccuracy() {
    double clean = share(evaluator.clean(IMAGES, TEST.labels()));
    for (Norm norm : Norm.values()) {
      assertEquals(clean, accuracy(Attack.of(norm, 0.5, 0, 0).spec()));
      assertEquals(clean, accuracy(AttackSpecification.evaluation(new ThreatModel(norm, 0), 5, 0)));
    }
  }

  @Test
  void moreStepsAreNotWeaker() {
    for (Norm norm : Norm.values()) {
      double epsilon = threat(norm).epsilon();
      double one = accuracy(Attack.of(norm, epsilon, 1, epsilon).spec());
      double few = accuracy(Attack.of(norm, epsilon, 5, epsilon / 2).spec());
      double many = accuracy(Attack.of(norm, epsilon, 40, epsilon / 10).spec());
      assertTrue(one >= few && few >= many, one + ", " + few + ", " + many);
    }
  }

  @Test
  void randomNoiseInTheSameBallIsWeaker() {
    for (Norm norm : Norm.values()) {
      double epsilon = threat(norm).epsilon();
      double noise = accuracy(Attack.of(norm, epsilon, 0, 0).randomStart(1).spec());
      double pgd = accuracy(Attack.of(norm, epsilon, 20, epsilon / 10).randomStart(1).spec());
      assertTrue(noise > pgd + 0.1, noise + " against " + pgd);
    }
  }

  @Test
  void unboundedAttackReachesZero() {
    for (Norm norm : Norm.values()) {
      double step = threat(norm).epsilon() / 2;
      assertEquals(0, accuracy(Attack.of(norm, 100, 50, step).spec()));
    }
  }

  @Test
  void cancelledEvaluationReturnsNothing() {
    AttackObserver never = new Cancelled();
    assertTrue(
        evaluator
            .attacked(IMAGES, TEST.labels(), Attack.of(Norm.L2, 1, 1, 1).spec(), never)
            .isEmpty());
  }
}
