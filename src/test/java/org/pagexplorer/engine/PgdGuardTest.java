package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;

/** Gradients that are zero, or nearly. */
class PgdGuardTest extends OnEveryDevice {
  private static final int D = Given.SMALL.size();
  private static final List<Image> IMAGES = Given.images(Given.SMALL, 3, 0.4, 0.6, 8);

  private static float[][] rows(double scale) {
    return new float[][] {Given.gaussian(D, scale, 1), Given.gaussian(D, scale, 2)};
  }

  /** Class 0 wins by a wide margin. */
  private Classifier saturated() {
    return Given.linearClassifier(engine, Given.SMALL, rows(1e2), new float[] {1e4f, 0});
  }

  private static List<AttackedImage> run(Classifier f, Attack attack, Goal goal) {
    return new Pgd(f, attack.spec())
        .run(IMAGES, Given.all(IMAGES.size(), goal), AttackObserver.NONE)
        .orElseThrow();
  }

  /** Two classes with the same row, far above a third: what leaves one for the other is nothing. */
  private Classifier flat() {
    float[][] rows = {rows(1e2)[0], rows(1e2)[0], rows(1e2)[1]};
    return Given.linearClassifier(engine, Given.SMALL, rows, new float[] {1e4f, 0, -1e5f});
  }

  @ParameterizedTest
  @EnumSource
  void zeroGradientsAreCountedAndMoveNothing(Norm norm) {
    try (Classifier f = flat()) {
      for (Goal goal : List.of(Goal.leave(0), Goal.reach(0))) {
        List<AttackedImage> results = run(f, Attack.of(norm, 0.5, 4, 0.1), goal);
        for (int i = 0; i < IMAGES.size(); i++) {
          assertEquals(1, results.get(i).zeroGradientShare());
          assertEquals(IMAGES.get(i), results.get(i).result());
          assertEquals(0, results.get(i).predicted());
        }
      }
    }
  }

  /** In float32, p(0) = 1 and cross-entropy is 0 with a gradient of 0; the attack moves on. */
  @ParameterizedTest
  @EnumSource
  void saturatedModelIsStillAttackedAwayFromAndTowardItsClass(Norm norm) {
    try (Classifier f = saturated()) {
      for (Goal goal : List.of(Goal.leave(0), Goal.reach(0))) {
        for (AttackedImage result : run(f, Attack.of(norm, 0.5, 4, 0.1), goal)) {
          assertEquals(0, result.zeroGradientShare());
          assertTrue(Given.size(norm, result) > 0.39);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void saturatedModelIsStillAttackedTowardAnotherClass(Norm norm) {
    try (Classifier f = saturated()) {
      for (AttackedImage result : run(f, Attack.of(norm, 0.5, 4, 0.1), Goal.reach(1))) {
        assertEquals(0, result.zeroGradientShare());
        assertTrue(Given.size(norm, result) > 0.39);
        assertTrue(Float.isFinite(result.lossByStep()[4]));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tinyGradientStillGivesAUnitStep(Norm norm) {
    try (Classifier f = Given.linearClassifier(engine, Given.SMALL, rows(1e-25), new float[2])) {
      for (AttackedImage result : run(f, Attack.of(norm, 1, 3, 0.05).onLogit(), Goal.reach(1))) {
        assertEquals(0, result.zeroGradientShare());
        assertEquals(0.15, Given.size(norm, result), 1e-5);
      }
    }
  }

  @Test
  void oneImagesZeroGradientDoesNotDisturbItsNeighbors() {
    try (Classifier f = flat()) {
      List<AttackedImage> results =
          new Pgd(f, Attack.of(Norm.L2, 0.5, 4, 0.1).spec())
              .run(
                  IMAGES, List.of(Goal.leave(0), Goal.reach(2), Goal.leave(0)), AttackObserver.NONE)
              .orElseThrow();
      assertEquals(1, results.get(0).zeroGradientShare());
      assertEquals(0, results.get(1).zeroGradientShare());
      assertEquals(0.4, results.get(1).l2(), 1e-5);
      assertEquals(IMAGES.get(2), results.get(2).result());
    }
  }
}
