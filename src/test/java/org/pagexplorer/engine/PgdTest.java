package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Optimizer;

/** What holds for any attack, on a random ResNet-18. */
class PgdTest extends OnSmallResNet {
  private static final List<Image> IMAGES = Given.imagesAtTheEdges(Given.SMALL, 6, 5);
  private static final List<Goal> GOALS =
      List.of(
          Goal.reach(0), Goal.leave(0), Goal.reach(1), Goal.leave(2), Goal.reach(4), Goal.leave(4));

  private static double epsilon(Norm norm) {
    return switch (norm) {
      case L1 -> 2;
      case L2 -> 0.5;
      case LINF -> 0.031;
    };
  }

  private List<AttackedImage> run(Attack attack) {
    return run(attack, AttackObserver.NONE);
  }

  private List<AttackedImage> run(Attack attack, AttackObserver observer) {
    return new Pgd(f, attack.spec()).run(IMAGES, GOALS, observer).orElseThrow();
  }

  private static void assertSamePictures(List<AttackedImage> expected, List<AttackedImage> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).result(), actual.get(i).result());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyIterateLiesInTheBallAndInTheBox(Norm norm) {
    double epsilon = epsilon(norm);
    for (double stepSize : new double[] {epsilon / 3, 3 * epsilon}) {
      for (int steps = 0; steps <= 8; steps++) { // iterate t is the result of t steps
        for (AttackedImage result : run(Attack.of(norm, epsilon, steps, stepSize).randomStart(3))) {
          double distance = Given.size(norm, result);
          assertTrue(distance <= epsilon * (1 + 1e-5), steps + " steps: ‖δ‖ = " + distance);
          for (float pixel : result.result().pixels()) {
            assertTrue(pixel >= 0 && pixel <= 1, "pixel " + pixel);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomStartLiesInTheBallBeforeAnyStepOrClip(Norm norm) {
    List<AttackedImage> starts =
        run(Attack.of(norm, epsilon(norm), 0, 1).randomStart(3).unclipped());
    for (int i = 0; i < starts.size(); i++) {
      double distance = norm.distance(IMAGES.get(i), starts.get(i).result());
      assertTrue(distance <= epsilon(norm) * (1 + 1e-5), "‖δ‖ = " + distance);
      assertTrue(distance > epsilon(norm) / 2, "it was dropped: ‖δ‖ = " + distance);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reportedDistancesAreThoseOfTheResult(Norm norm) {
    List<AttackedImage> results = run(Attack.of(norm, epsilon(norm), 3, epsilon(norm) / 2));
    for (int i = 0; i < results.size(); i++) {
      AttackedImage result = results.get(i);
      assertEquals(Norm.L1.distance(IMAGES.get(i), result.result()), result.l1());
      assertEquals(Norm.L2.distance(IMAGES.get(i), result.result()), result.l2());
      assertEquals(Norm.LINF.distance(IMAGES.get(i), result.result()), result.linf());
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptyBallGivesTheCleanImageToTheBit(Norm norm) {
    for (Attack attack :
        List.of(
            Attack.of(norm, 0, 5, 0.1),
            Attack.of(norm, 0, 5, 0.1).randomStart(1).restarts(2).keepBest(),
            Attack.of(norm, 0, 5, 10).raw().onLogit(),
            Attack.of(norm, 0, 0, 0))) {
      List<AttackedImage> results = run(attack);
      for (int i = 0; i < IMAGES.size(); i++) {
        assertEquals(IMAGES.get(i), results.get(i).result());
        assertArrayEquals(
            results.get(i).probabilitiesBefore(), results.get(i).probabilitiesAfter());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void imageAloneAndInABatchOfAHundredGivesTheSamePicture(Norm norm) {
    List<Image> crowd = new ArrayList<>(Given.imagesAtTheEdges(Given.SMALL, 100, 77));
    crowd.set(40, IMAGES.getFirst());
    List<Goal> goals = new ArrayList<>(Given.all(100, Goal.leave(1)));
    goals.set(40, GOALS.getFirst());
    Attack attack = Attack.of(norm, epsilon(norm), 5, epsilon(norm) / 4).randomStart(2);
    Pgd pgd = new Pgd(f, attack.spec());
    Image alone =
        pgd.run(IMAGES.subList(0, 1), GOALS.subList(0, 1), AttackObserver.NONE)
            .orElseThrow()
            .getFirst()
            .result();
    Image inCrowd = pgd.run(crowd, goals, AttackObserver.NONE).orElseThrow().get(40).result();
    // PyTorch may add up in another order: gradients differ by some 1e-6 of their size. Under L2
    // so does δ; under L∞ the sign of a pixel's gradient that is as good as zero may flip.
    int differing = 0;
    for (int j = 0; j < Given.SMALL.size(); j++) {
      differing += Math.abs(alone.pixels()[j] - inCrowd.pixels()[j]) > 1e-5 ? 1 : 0;
    }
    assertTrue(differing <= (norm == Norm.LINF ? 1 : 0), differing + " pixels differ");
  }

  @Test
  void sameAttackTwiceGivesTheSamePicturesToTheBit() {
    Attack attack = Attack.of(Norm.L2, 0.5, 5, 0.2).randomStart(2).restarts(2);
    assertSamePictures(run(attack), run(attack));
  }

  @Test
  void restartsAreNeverWorseThanOneRunForAnyImage() {
    for (Norm norm : Norm.values()) {
      double epsilon = epsilon(norm);
      List<AttackedImage> once = run(Attack.of(norm, epsilon, 2, epsilon / 2).randomStart(6));
      List<AttackedImage> often =
          run(Attack.of(norm, epsilon, 2, epsilon / 2).randomStart(6).restarts(6));
      assertNeverWorse(once, often);
    }
  }

  @Test
  void bestIterateIsNeverWorseThanTheLast() {
    for (Norm norm : Norm.values()) {
      double epsilon = epsilon(norm);
      Attack last = Attack.of(norm, 4 * epsilon, 8, 4 * epsilon).randomStart(6);
      Attack best = Attack.of(norm, 4 * epsilon, 8, 4 * epsilon).randomStart(6).keepBest();
      assertNeverWorse(run(last), run(best));
    }
  }

  /** And better for at least one image, or the option would do nothing. */
  private static void assertNeverWorse(List<AttackedImage> base, List<AttackedImage> more) {
    int better = 0;
    for (int i = 0; i < base.size(); i++) {
      AttackedImage a = base.get(i);
      AttackedImage b = more.get(i);
      assertTrue(b.success() || !a.success(), "image " + i + " no longer succeeds");
      if (a.success() == b.success()) {
        assertTrue(gain(b) >= gain(a), "image " + i + ": " + gain(b) + " < " + gain(a));
      }
      better += gain(b) > gain(a) ? 1 : 0;
    }
    assertTrue(better > 0, "no image became better");
  }

  private static double gain(AttackedImage image) {
    float loss = image.lossByStep()[image.keptStep()];
    return image.goal().targeted() ? -loss : loss;
  }

  @Test
  void keptTrajectoryIsThatOfThePicture() {
    for (AttackedImage result :
        run(Attack.of(Norm.L2, 2, 6, 1.5).randomStart(6).restarts(4).keepBest())) {
      assertEquals(result.after(), result.confidenceByStep()[result.keptStep()]);
      assertEquals(7, result.lossByStep().length);
      float[] probabilities = f.logits(List.of(result.result())).getFirst();
      assertEquals(argMax(probabilities), result.predicted());
    }
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      best = values[c] > values[best] ? c : best;
    }
    return best;
  }

  @Test
  void untargetedSuccessIsMeasuredOnTheTrueLabel() {
    int named = argMax(f.logits(IMAGES.subList(0, 1)).getFirst());
    int other = (named + 1) % 5;
    Pgd nothing = new Pgd(f, Attack.of(Norm.L2, 0, 0, 0).spec());
    List<Image> image = IMAGES.subList(0, 1);
    assertFalse(success(nothing, image, Goal.leave(named)));
    assertTrue(success(nothing, image, Goal.leave(other)), "a wrong name is a success already");
    assertTrue(success(nothing, image, Goal.reach(named)));
    assertFalse(success(nothing, image, Goal.reach(other)), "a third class is not the target");
  }

  private static boolean success(Pgd pgd, List<Image> image, Goal goal) {
    return pgd.run(image, List.of(goal), AttackObserver.NONE).orElseThrow().getFirst().success();
  }

  @Test
  void framesAreTheIteratesAndDoNotChangeTheResult() {
    Attack attack = Attack.of(Norm.L2, 0.5, 4, 0.2).randomStart(2).restarts(3);
    List<AttackFrame> frames = new ArrayList<>();
    List<AttackedImage> watched =
        run(
            attack,
            new AttackObserver() {
              @Override
              public boolean wantsFrames() {
                return true;
              }

              @Override
              public void frame(AttackFrame frame) {
                frames.add(frame);
              }
            });
    assertSamePictures(run(attack), watched);
    assertEquals(List.of(0, 1, 2, 3, 4), frames.stream().map(AttackFrame::step).toList());
    List<AttackedImage> first = run(Attack.of(Norm.L2, 0.5, 4, 0.2).randomStart(2));
    assertArrayEquals(rounded(first), frames.getLast().pixels());
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.get(i).after(), frames.getLast().confidence()[i]);
      assertEquals(first.get(i).predicted(), frames.getLast().predicted()[i]);
    }
  }

  private static byte[] rounded(List<AttackedImage> images) {
    float[] pixels = Given.concatenated(images.stream().map(AttackedImage::result).toList());
    byte[] bytes = new byte[pixels.length];
    for (int j = 0; j < bytes.length; j++) {
      bytes[j] = (byte) Math.rint(pixels[j] * 255f);
    }
    return bytes;
  }

  /** Cancels after so many steps, whatever restart they are of. */
  private static AttackObserver cancellingAfter(int steps, List<Integer> told) {
    return new AttackObserver() {
      @Override
      public boolean isCancelled() {
        return told.size() == steps;
      }

      @Override
      public void step(int t) {
        told.add(t);
      }
    };
  }

  /** A gradient takes twice as long as a pass: who moves a slider would wait for it. */
  @Test
  void whoWantsItToStopIsHeardBeforeEveryPassAndBeforeEveryGradient() {
    List<String> told = new ArrayList<>();
    AttackObserver listening =
        new AttackObserver() {
          @Override
          public boolean isCancelled() {
            told.add("asked");
            return false;
          }

          @Override
          public boolean wantsFrames() {
            return true;
          }

          @Override
          public void frame(AttackFrame frame) {
            told.add("frame");
          }
        };
    run(Attack.of(Norm.L2, 0.5, 1, 0.1), listening);
    assertEquals(List.of("asked", "frame", "asked", "asked", "frame", "asked"), told);
  }

  @Test
  void anAttackThatBeginsAtTheImageKnowsItsProbabilitiesFromItsFirstIterate() {
    List<AttackedImage> results = run(Attack.of(Norm.L2, 0.5, 1, 0.1));
    List<AttackedImage> elsewhere = run(Attack.of(Norm.L2, 0.5, 1, 0.1).randomStart(3));
    for (int i = 0; i < results.size(); i++) {
      assertArrayEquals(
          elsewhere.get(i).probabilitiesBefore(), results.get(i).probabilitiesBefore(), 1e-5f);
    }
  }

  @Test
  void everyStepOfEveryRestartIsTold() {
    List<Integer> told = new ArrayList<>();
    run(Attack.of(Norm.L2, 0.5, 2, 0.2).randomStart(2).restarts(2), cancellingAfter(-1, told));
    assertEquals(List.of(0, 1, 2, 0, 1, 2), told);
  }

  @Test
  void cancelledAttackReturnsNothingAndLeavesNothingBehind() {
    Attack attack = Attack.of(Norm.L2, 0.5, 4, 0.2).randomStart(2).restarts(2);
    List<AttackedImage> before = run(attack);
    int resources = Resources.of(engine.manager());
    for (int t = 0; t < 10; t++) { // 5 iterates a restart
      List<Integer> told = new ArrayList<>();
      assertTrue(new Pgd(f, attack.spec()).run(IMAGES, GOALS, cancellingAfter(t, told)).isEmpty());
      assertEquals(t, told.size());
      assertEquals(resources, Resources.of(engine.manager()));
    }
    assertSamePictures(before, run(attack));
  }

  @Test
  void everyImageNeedsAGoalOfItsOwn() {
    Pgd pgd = new Pgd(f, Attack.of(Norm.L2, 0.5, 1, 0.5).spec());
    assertThrows(
        IllegalArgumentException.class,
        () -> pgd.run(IMAGES, GOALS.subList(0, 1), AttackObserver.NONE));
  }

  @Test
  void attackLeavesModelAndImagesAsTheyWere() {
    var tensors = Given.tensors(NETWORK, 11);
    float[] pixels = Given.concatenated(IMAGES);
    try (Trainer trainer =
            new Trainer(
                engine,
                NETWORK,
                Given.NORMALIZATION,
                tensors,
                new Trainer.Settings(
                    0.4, new Optimizer.Sgd(0.9, 1e-4), java.util.Optional.empty()));
        Classifier now = trainer.snapshot(org.pagexplorer.domain.Precision.EXACT)) {
      float[] logits = now.logits(IMAGES).getFirst();
      Pgd pgd = new Pgd(now, Attack.of(Norm.LINF, 0.03, 5, 0.01).spec());
      pgd.run(IMAGES, GOALS, AttackObserver.NONE);
      assertEquals(Given.tensors(NETWORK, 11), trainer.tensors());
      assertArrayEquals(logits, now.logits(IMAGES).getFirst());
    }
    assertTrue(Arrays.equals(pixels, Given.concatenated(IMAGES)));
  }
}
