package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

class ApgdL1Test extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(3, 8, 8);

  private static RobustnessAttack attack(AttackMethod method, double epsilon) {
    RobustnessAttack usual = RobustnessAttack.usual(method, new ThreatModel(Norm.L1, epsilon), 3);
    return new RobustnessAttack(method, usual.pgd(), 40, 100, usual.draws());
  }

  private static int survivors(List<Outcome> outcomes) {
    return (int) outcomes.stream().filter(Outcome::survived).count();
  }

  @Test
  void itLeavesNoMoreThanPgdOfAsManySteps() {
    List<Image> images = Given.images(SHAPE, 40, 0, 1, 5);
    try (Classifier f = Given.classifier(engine, Architecture.mlp(16, SHAPE, 5), 7)) {
      int[] labels = f.predictions(images);
      for (double epsilon : new double[] {0.5, 1, 2}) {
        RobustnessAttack apgd = attack(AttackMethod.APGD_CE, epsilon);
        UntargetedAttack once = new ApgdL1(f, apgd, Apgd.crossEntropy(f)).begun(1);
        int left = survivors(once.run(images, labels, AttackObserver.NONE).orElseThrow());
        AttackSpecification pgd = AttackSpecification.evaluation(apgd.threat(), 40, 3);
        int leftByPgd =
            survivors(
                new UntargetedPgd(f, pgd).run(images, labels, AttackObserver.NONE).orElseThrow());
        assertTrue(left <= leftByPgd, left + " of APGD, " + leftByPgd + " of PGD at " + epsilon);
        assertTrue(left > 0 && left < 30, left + " survivors say nothing");
      }
    }
  }

  /** Larger balls are climbed first; what is found there does not count. */
  @Test
  void onlyPointsOfTheBallItselfCount() {
    List<Image> images = Given.images(SHAPE, 30, 0.3, 0.7, 6);
    float[][] w = {Given.gaussian(SHAPE.size(), 1, 1), Given.gaussian(SHAPE.size(), 1, 2)};
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, new float[2])) {
      int[] labels = f.predictions(images);
      double epsilon = 0.6;
      List<Outcome> outcomes =
          UntargetedAttack.of(f, attack(AttackMethod.APGD_CE, epsilon))
              .run(images, labels, AttackObserver.NONE)
              .orElseThrow();
      List<Outcome> three =
          UntargetedAttack.of(f, attack(AttackMethod.APGD_CE, 3 * epsilon))
              .run(images, labels, AttackObserver.NONE)
              .orElseThrow();
      assertTrue(survivors(three) < survivors(outcomes), "the larger ball breaks more");
      int[] named = f.predictions(outcomes.stream().map(Outcome::result).toList());
      for (int i = 0; i < labels.length; i++) {
        Image result = outcomes.get(i).result();
        assertTrue(Norm.L1.distance(images.get(i), result) <= epsilon * (1 + 1e-5));
        assertEquals(outcomes.get(i).survived(), named[i] == labels[i]);
      }
    }
  }

  /** The iterations of all three climbs together are those that were asked for. */
  @Test
  void itAsksForTheStepsThatItSays() {
    List<Image> images = Given.images(SHAPE, 2, 0.4, 0.6, 7);
    float[][] w = new float[3][SHAPE.size()];
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, new float[] {1, 0, 0})) {
      List<Integer> steps = new ArrayList<>();
      List<Outcome> outcomes =
          new ApgdL1(f, attack(AttackMethod.APGD_CE, 1), Apgd.crossEntropy(f))
              .toward(images, new int[2], new int[2], 0, addingTo(steps))
              .orElseThrow();
      assertEquals(43, steps.size(), "40 steps, and each climb's first point: " + steps);
      Set<Integer> different = new TreeSet<>(steps);
      assertEquals(41, different.size(), "0 to 40: " + steps);
      assertTrue(outcomes.getFirst().survived());
      assertEquals(1, outcomes.getFirst().zeroGradientShare());
    }
  }

  private interface OnConstant {
    void with(Classifier f, List<Image> images, int[] labels);
  }

  /** A classifier that no attack moves. */
  private void onConstant(OnConstant test) {
    float[] b = new float[10];
    b[0] = 1;
    try (Classifier f = Given.linearClassifier(engine, SHAPE, new float[10][SHAPE.size()], b)) {
      test.with(f, Given.images(SHAPE, 2, 0.4, 0.6, 7), new int[2]);
    }
  }

  private static List<Integer> steps(UntargetedAttack attack, List<Image> images, int[] labels) {
    List<Integer> steps = new ArrayList<>();
    assertTrue(attack.run(images, labels, addingTo(steps)).isPresent());
    return steps;
  }

  private static AttackObserver addingTo(List<Integer> steps) {
    return new AttackObserver() {
      @Override
      public void step(int t) {
        steps.add(t);
      }
    };
  }

  /** AutoAttack's version for randomized models has no larger balls and no restarts. */
  @Test
  void forRandomizedModelsItClimbsOnceInTheBallItself() {
    onConstant(
        (f, images, labels) -> {
          RobustnessAttack rand = attack(AttackMethod.AUTOATTACK_RAND, 1);
          RobustnessAttack few = new RobustnessAttack(rand.method(), rand.pgd(), 8, 100, 2);
          List<Integer> once = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8);
          List<Integer> both = new ArrayList<>(once); // APGD-CE, then APGD-DLR
          both.addAll(once);
          assertEquals(both, steps(UntargetedAttack.of(f, few), images, labels));
        });
  }

  /** Of values that the projection puts back, many differ by a last bit, as in AutoAttack. */
  @Test
  void valuesThatArePutBackCountByTheirRounding() {
    onConstant(
        (f, images, labels) -> {
          RobustnessAttack rand = attack(AttackMethod.AUTOATTACK_RAND, 1);
          RobustnessAttack one = new RobustnessAttack(rand.method(), rand.pgd(), 1, 100, 1);
          Outcome outcome =
              UntargetedAttack.of(f, one)
                  .run(images, labels, AttackObserver.NONE)
                  .orElseThrow()
                  .getFirst(); // no point is better than the first
          int moved = 0;
          int counted = 0;
          for (int i = 0; i < SHAPE.size(); i++) {
            float by = outcome.result().pixels()[i] - images.getFirst().pixels()[i];
            moved += Math.abs(by) > 1e-6 ? 1 : 0;
            counted += by != 0 ? 1 : 0;
          }
          assertTrue(moved > 0 && counted > 3 * moved, counted + " counted, " + moved + " moved");
        });
  }

  @Test
  void inL1TheClimbsThatAutoAttackBeginsAreFiveAndDifferent() {
    onConstant(
        (f, images, labels) -> {
          for (AttackMethod method : List.of(AttackMethod.APGD_CE, AttackMethod.APGD_T)) {
            RobustnessAttack usual = attack(method, 1);
            RobustnessAttack few = new RobustnessAttack(method, usual.pgd(), 4, 100);
            List<Integer> steps = steps(UntargetedAttack.of(f, few), images, labels);
            assertEquals(
                5, steps.stream().filter(step -> step == 0).count(), method + ": " + steps);
          }
          ApgdL1 climbing = new ApgdL1(f, attack(AttackMethod.APGD_CE, 1), Apgd.crossEntropy(f));
          Set<Image> points = new HashSet<>();
          for (int run = 0; run < 5; run++) {
            List<Outcome> outcomes =
                climbing.toward(images, labels, labels, run, AttackObserver.NONE).orElseThrow();
            points.add(outcomes.getFirst().result());
          }
          assertEquals(5, points.size());
        });
  }

  @Test
  void theOnlyClimbBeginsWithAFifthOfTheValues() {
    SparseClimb climb = new SparseClimb(0, 1, 1);
    climb.beginAlone(1000, 12);
    assertEquals(200, climb.count(1000));
    assertEquals(12, climb.stepSize);
    assertTrue(climb.adapts(940, 1000, 12), "sparser than all values");
  }

  @Test
  void sparsityFollowsTheBestPoint() {
    SparseClimb climb = new SparseClimb(0, 1, 1);
    climb.begin(600, 1000, 12);
    assertEquals(400, climb.count(1000));
    assertEquals(12, climb.stepSize);
    assertFalse(climb.adapts(590, 1000, 12), "hardly sparser: shorter steps");
    assertEquals(8, climb.stepSize, 1e-12);
    assertTrue(climb.adapts(300, 1000, 12), "clearly sparser: from there, with whole steps");
    assertEquals(12, climb.stepSize);
    assertEquals(200, climb.count(1000));
    for (int i = 0; i < 20; i++) {
      climb.adapts(300, 1000, 12);
    }
    assertEquals(1.2, climb.stepSize, 1e-12);
    climb.begin(0, 1000, 12);
    assertEquals(1, climb.count(1000));
  }

  @Test
  void inL1AutoAttackBeginsFiveTimesAndTriesFiveTargets() {
    RobustnessAttack l1 = attack(AttackMethod.AUTOATTACK, 12);
    assertEquals(5, l1.starts());
    assertEquals(5, l1.targets(AttackMethod.APGD_T, 10));
    assertEquals(9, l1.targets(AttackMethod.FAB_T, 10));
    assertEquals(1, attack(AttackMethod.AUTOATTACK_RAND, 12).starts());
    RobustnessAttack l2 =
        RobustnessAttack.usual(AttackMethod.AUTOATTACK, new ThreatModel(Norm.L2, 1), 0);
    assertEquals(1, l2.starts());
    assertEquals(9, l2.targets(AttackMethod.APGD_T, 10));
    assertEquals(2, l2.targets(AttackMethod.APGD_T, 3));
  }
}
