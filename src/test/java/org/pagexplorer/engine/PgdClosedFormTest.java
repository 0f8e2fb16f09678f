package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;

/** On f(x) = Wx + b every iterate is known. */
class PgdClosedFormTest extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(3, 4, 4);
  private static final int D = SHAPE.size();
  private static final float[][] TWO = {Given.gaussian(D, 1, 1), Given.gaussian(D, 1, 2)};
  private static final float[][] FOUR = {
    Given.gaussian(D, 1, 1),
    Given.gaussian(D, 1, 2),
    Given.gaussian(D, 1, 3),
    Given.gaussian(D, 1, 4)
  };
  private static final List<Image> IMAGES = Given.images(SHAPE, 4, 0.4, 0.6, 5);
  private static final List<Goal> GOALS =
      List.of(Goal.reach(0), Goal.leave(0), Goal.reach(1), Goal.leave(1));

  private Classifier two;
  private Classifier four;

  @BeforeEach
  void build() {
    two = Given.linearClassifier(engine, SHAPE, TWO, new float[2]);
    four = Given.linearClassifier(engine, SHAPE, FOUR, new float[] {0.1f, 0, -0.1f, 0.2f});
  }

  @AfterEach
  void free() {
    two.close();
    four.close();
  }

  private static List<AttackedImage> run(Classifier f, Attack attack) {
    return new Pgd(f, attack.spec()).run(IMAGES, GOALS, AttackObserver.NONE).orElseThrow();
  }

  /** Where image i of two classes goes: up w₀ − w₁ for {@code reach(0)} and {@code leave(1)}. */
  private static double[] slope(int i) {
    double sign = GOALS.get(i).targeted() == (GOALS.get(i).classIndex() == 0) ? 1 : -1;
    double[] slope = new double[D];
    for (int j = 0; j < D; j++) {
      slope[j] = sign * (TWO[0][j] - TWO[1][j]);
    }
    return slope;
  }

  private static double[] unit(double[] v, Norm norm) {
    return Given.unit(norm, v);
  }

  private static void assertMoved(Image from, double[] delta, Image to) {
    float[] expected = new float[D];
    for (int j = 0; j < D; j++) {
      expected[j] = (float) (from.pixels()[j] + delta[j]);
    }
    assertArrayEquals(expected, to.pixels(), 2e-6f);
  }

  private static double[] times(double factor, double[] v) {
    double[] product = new double[v.length];
    for (int j = 0; j < v.length; j++) {
      product[j] = factor * v[j];
    }
    return product;
  }

  @Test
  void stepsAddUpInsideTheBall() {
    for (Norm norm : Norm.values()) {
      List<AttackedImage> results = run(two, Attack.of(norm, 0.3, 5, 0.02));
      for (int i = 0; i < IMAGES.size(); i++) {
        assertMoved(IMAGES.get(i), times(0.1, unit(slope(i), norm)), results.get(i).result());
        assertEquals(0, results.get(i).projectionShare());
        assertEquals(0, results.get(i).zeroGradientShare());
      }
    }
  }

  @Test
  void projectionIsAroundTheOriginalNotTheLastIterate() {
    for (Norm norm : Norm.values()) {
      List<AttackedImage> results = run(two, Attack.of(norm, 0.1, 5, 0.08));
      for (int i = 0; i < IMAGES.size(); i++) {
        assertMoved(IMAGES.get(i), times(0.1, unit(slope(i), norm)), results.get(i).result());
        assertEquals(0.8, results.get(i).projectionShare(), 1e-6); // all steps but the first
      }
    }
  }

  @Test
  void targetedAttackRaisesItsClassAndUntargetedLowersIt() {
    for (Norm norm : Norm.values()) {
      for (AttackedImage result : run(four, Attack.of(norm, 0.05, 10, 0.01))) {
        boolean rose = result.after() > result.before();
        assertEquals(result.goal().targeted(), rose, norm + " " + result.goal());
        float[] losses = result.lossByStep();
        assertEquals(result.goal().targeted(), losses[10] < losses[0]);
      }
    }
  }

  @Test
  void oneStepFollowsTheCrossEntropysGradient() {
    for (Norm norm : Norm.values()) {
      List<AttackedImage> results = run(four, Attack.of(norm, 1, 1, 0.05));
      for (int i = 0; i < IMAGES.size(); i++) {
        assertMoved(IMAGES.get(i), times(0.05, unit(descent(i), norm)), results.get(i).result());
      }
    }
  }

  /** ∓∇L = ±(w_y − Σ p_c w_c). */
  private double[] descent(int i) {
    Goal goal = GOALS.get(i);
    double[] p = softmax(IMAGES.get(i));
    double[] descent = new double[D];
    for (int j = 0; j < D; j++) {
      double mean = 0;
      for (int c = 0; c < 4; c++) {
        mean += p[c] * FOUR[c][j];
      }
      descent[j] = (goal.targeted() ? 1 : -1) * (FOUR[goal.classIndex()][j] - mean);
    }
    return descent;
  }

  private static double[] softmax(Image image) {
    double[] bias = {0.1, 0, -0.1, 0.2};
    double[] p = new double[4];
    double sum = 0;
    for (int c = 0; c < 4; c++) {
      double z = bias[c];
      for (int j = 0; j < D; j++) {
        z += (double) FOUR[c][j] * image.pixels()[j];
      }
      p[c] = Math.exp(z);
      sum += p[c];
    }
    for (int c = 0; c < 4; c++) {
      p[c] /= sum;
    }
    return p;
  }

  @Test
  void probabilitiesAndLossesAreThoseOfTheModel() {
    AttackedImage result = run(four, Attack.of(Norm.L2, 0.1, 2, 0.02)).getFirst();
    double[] before = softmax(IMAGES.getFirst());
    double[] after = softmax(result.result());
    for (int c = 0; c < 4; c++) {
      assertEquals(before[c], result.probabilitiesBefore()[c], 1e-5);
      assertEquals(after[c], result.probabilitiesAfter()[c], 1e-5);
    }
    assertEquals(before[0], result.confidenceByStep()[0], 1e-5);
    assertEquals(after[0], result.confidenceByStep()[2], 1e-5);
    assertEquals(-Math.log(after[0]), result.lossByStep()[2], 1e-4);
  }

  @Test
  void logitLossFollowsTheClassesOwnRow() {
    for (Norm norm : Norm.values()) {
      List<AttackedImage> results = run(four, Attack.of(norm, 0.5, 4, 0.02).onLogit());
      for (int i = 0; i < IMAGES.size(); i++) {
        double sign = GOALS.get(i).targeted() ? 1 : -1;
        double[] row = unit(widened(FOUR[GOALS.get(i).classIndex()]), norm);
        assertMoved(IMAGES.get(i), times(sign * 0.08, row), results.get(i).result());
      }
    }
  }

  @Test
  void rawRuleTakesTheGradientAsItIs() {
    List<AttackedImage> results = run(four, Attack.of(Norm.L2, 0.5, 3, 1e-3).onLogit().raw());
    for (int i = 0; i < IMAGES.size(); i++) {
      double sign = GOALS.get(i).targeted() ? 1 : -1;
      double[] row = widened(FOUR[GOALS.get(i).classIndex()]);
      assertMoved(IMAGES.get(i), times(sign * 3e-3, row), results.get(i).result());
    }
  }

  @Test
  void rawRuleIsProjectedToo() {
    for (Norm norm : Norm.values()) {
      for (AttackedImage result : run(four, Attack.of(norm, 0.05, 3, 10).onLogit().raw())) {
        double distance = Given.size(norm, result);
        assertEquals(0.05, distance, 0.05 * 1e-5);
        assertEquals(1, result.projectionShare(), 1e-6);
      }
    }
  }

  @Test
  void normalizationIsTheModelsOwnFirstStep() {
    // With f(x) = W((x − m)/s), the L2 step is along w/s.
    try (Classifier f =
        Classifier.of(
            engine,
            org.pagexplorer.domain.Architecture.mlp(D, SHAPE, 2),
            new org.pagexplorer.domain.Normalization(
                List.of(0.5, 0.5, 0.5), List.of(1.0, 0.5, 2.0)),
            Given.linear(SHAPE, TWO, new float[2]),
            org.pagexplorer.domain.Precision.EXACT)) {
      AttackedImage result = run(f, Attack.of(Norm.L2, 1, 2, 0.05)).getFirst();
      double[] slope = slope(0);
      double[] std = {1, 0.5, 2};
      for (int j = 0; j < D; j++) {
        slope[j] /= std[j / 16];
      }
      assertMoved(IMAGES.getFirst(), times(0.1, unit(slope, Norm.L2)), result.result());
    }
  }

  @Test
  void withoutClippingPixelsMayLeaveTheirRange() {
    Attack far = Attack.of(Norm.LINF, 2, 1, 2).unclipped();
    List<AttackedImage> results = run(two, far);
    assertMoved(
        IMAGES.getFirst(), times(2, unit(slope(0), Norm.LINF)), results.getFirst().result());
    for (AttackedImage clipped : run(two, Attack.of(Norm.LINF, 2, 1, 2))) {
      for (float pixel : clipped.result().pixels()) {
        assertTrue(pixel == 0 || pixel == 1, "pixel " + pixel);
      }
    }
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int j = 0; j < wide.length; j++) {
      wide[j] = values[j];
    }
    return wide;
  }
}
