package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ImageRegion;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.Norm;

/** Attacks on parts of images: what they are on f(x) = Wx + b, and what holds on any network. */
class RegionsTest extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(3, 4, 4);
  private static final int AREA = 16;
  private static final float[][] W = {
    Given.gaussian(SHAPE.size(), 1, 1),
    Given.gaussian(SHAPE.size(), 1, 2),
    Given.gaussian(SHAPE.size(), 1, 3)
  };
  private static final Image GRAY = Given.images(SHAPE, 1, 0.4, 0.6, 5).getFirst();

  private Classifier linear;
  private Classifier network;

  @BeforeEach
  void build() {
    linear = Given.linearClassifier(engine, SHAPE, W, new float[3]);
    network = Given.classifier(engine, Architecture.resNet18(2, Given.SMALL, 5), 11);
  }

  @AfterEach
  void free() {
    linear.close();
    network.close();
  }

  /** The upper rows, softer and softer. */
  private static Mask soft(InputShape shape) {
    float[] values = new float[shape.height() * shape.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, 1 - 0.3f * (i / shape.width()));
    }
    return Mask.of(shape.height(), shape.width(), values);
  }

  /** Columns {@code from} to {@code to − 1}. */
  private static Mask columns(InputShape shape, int from, int to) {
    float[] values = new float[shape.height() * shape.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % shape.width() >= from && i % shape.width() < to ? 1 : 0;
    }
    return Mask.of(shape.height(), shape.width(), values);
  }

  private static ImageRegion region(Mask mask, int target, double epsilon) {
    return new ImageRegion(mask, OptionalInt.of(target), OptionalDouble.of(epsilon));
  }

  private static AttackedImage attack(
      Classifier f, Attack attack, Image image, Goal goal, ImageRegion... regions) {
    return new Pgd(f, attack.spec())
        .run(List.of(image), List.of(goal), List.of(List.of(regions)), AttackObserver.NONE)
        .orElseThrow()
        .getFirst();
  }

  /** δ. */
  private static double[] change(Image from, AttackedImage to) {
    double[] delta = new double[from.pixels().length];
    for (int j = 0; j < delta.length; j++) {
      delta[j] = to.result().pixels()[j] - from.pixels()[j];
    }
    return delta;
  }

  /** ε · m ⊙ (the steepest direction of m ⊙ v): the best that a region can do. */
  private static double[] best(Norm norm, Mask mask, double[] v, double epsilon) {
    double[] best = new double[v.length];
    for (int j = 0; j < v.length; j++) {
      best[j] = mask.values()[j % AREA] * v[j];
    }
    double[] unit = Given.unit(norm, best);
    for (int j = 0; j < v.length; j++) {
      best[j] = epsilon * mask.values()[j % AREA] * unit[j];
    }
    return best;
  }

  private static double epsilon(Norm norm, double l2) {
    return switch (norm) {
      case L1 -> 5 * l2;
      case L2 -> l2;
      case LINF -> l2 / 10;
    };
  }

  private static double[] slope(int c, int other) {
    double[] slope = new double[SHAPE.size()];
    for (int j = 0; j < slope.length; j++) {
      slope[j] = W[c][j] - (other < 0 ? 0 : W[other][j]);
    }
    return slope;
  }

  @ParameterizedTest
  @EnumSource
  void aMaskOfOnesIsAlgorithm1(Norm norm) {
    double epsilon = epsilon(norm, 2);
    Attack attack = Attack.of(norm, epsilon, 6, epsilon / 3).randomStart(3).restarts(2).keepBest();
    for (Image image : Given.imagesAtTheEdges(Given.SMALL, 3, 5)) {
      AttackedImage whole = attack(network, attack, image, Goal.reach(2));
      AttackedImage masked =
          attack(network, attack, image, Goal.reach(2), ImageRegion.of(Mask.all(Given.SMALL)));
      assertArrayEquals(whole.result().pixels(), masked.result().pixels(), 2e-5f);
      assertEquals(whole.projectionShare(), masked.projectionShare(), 1e-6);
      assertEquals(whole.zeroGradientShare(), masked.zeroGradientShare());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRegionOfALinearClassifierGoesUpItsOwnPartOfTheSlope(Norm norm) {
    for (Mask mask : List.of(columns(SHAPE, 1, 3), soft(SHAPE))) {
      Attack attack = Attack.of(norm, 0.1, 30, 0.05).onLogit();
      AttackedImage result = attack(linear, attack, GRAY, Goal.reach(1), ImageRegion.of(mask));
      assertArrayEquals(best(norm, mask, slope(1, -1), 0.1), change(GRAY, result), 2e-6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRandomStartLiesWithinTheRegionAndLosesNothingOfItsBall(Norm norm) {
    Mask small = columns(SHAPE, 1, 2);
    Attack start = Attack.of(norm, 0.1, 0, 0).randomStart(5);
    AttackedImage before = attack(linear, start, GRAY, Goal.reach(1), ImageRegion.of(small));
    assertTrue(before.linf() > 0, "it is not the image itself");
    assertTrue(Given.size(norm, before) <= 0.1 + 1e-6);
    double[] delta = change(GRAY, before);
    for (int j = 0; j < delta.length; j++) {
      assertTrue(j % 4 == 1 || delta[j] == 0);
    }
    Attack attack = Attack.of(norm, 0.1, 40, 0.05).onLogit().randomStart(5);
    AttackedImage result = attack(linear, attack, GRAY, Goal.reach(1), ImageRegion.of(small));
    assertArrayEquals(best(norm, small, slope(1, -1), 0.1), change(GRAY, result), 1e-4);
  }

  @ParameterizedTest
  @EnumSource
  void regionsGoToClassesOfTheirOwnInBallsOfTheirOwn(Norm norm) {
    Mask left = columns(SHAPE, 0, 2);
    Mask right = columns(SHAPE, 3, 4);
    AttackedImage result =
        attack(
            linear,
            Attack.of(norm, 0.3, 20, 0.1).onLogit(),
            GRAY,
            Goal.leave(2),
            region(left, 0, 0.05),
            region(right, 1, 0.1),
            ImageRegion.of(columns(SHAPE, 2, 3)));
    double[] expected = new double[SHAPE.size()];
    add(expected, best(norm, left, slope(0, -1), 0.05));
    add(expected, best(norm, right, slope(1, -1), 0.1));
    double[] away = Arrays.stream(slope(2, -1)).map(v -> -v).toArray();
    add(expected, best(norm, columns(SHAPE, 2, 3), away, 0.3));
    assertArrayEquals(expected, change(GRAY, result), 3e-6);
  }

  private static void add(double[] sum, double[] more) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += more[j];
    }
  }

  @Test
  void theUpperOfTwoRegionsCoversTheOther() {
    Mask all = Mask.all(SHAPE);
    Mask left = columns(SHAPE, 0, 2);
    Attack attack = Attack.of(Norm.LINF, 0.1, 10, 0.05).onLogit();
    double[] delta =
        change(
            GRAY,
            attack(linear, attack, GRAY, Goal.reach(2), region(all, 0, 0.1), region(left, 1, 0.1)));
    for (int j = 0; j < delta.length; j++) {
      int c = j % 4 < 2 ? 1 : 0;
      assertEquals(0.1 * Math.signum(W[c][j]), delta[j], 2e-6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingChangesOutsideAndNoPixelMoreThanItsShare(Norm norm) {
    double epsilon = epsilon(norm, 3);
    Mask mask = soft(Given.SMALL);
    int area = Given.SMALL.height() * Given.SMALL.width();
    for (Image image : Given.imagesAtTheEdges(Given.SMALL, 3, 7)) {
      Attack attack = Attack.of(norm, epsilon, 5, epsilon).randomStart(1);
      AttackedImage result = attack(network, attack, image, Goal.reach(1), ImageRegion.of(mask));
      double[] delta = change(image, result);
      double sum = 0;
      double squares = 0;
      for (int j = 0; j < delta.length; j++) {
        float m = mask.values()[j % area];
        assertTrue(m > 0 || delta[j] == 0, "pixel " + j + " has changed by " + delta[j]);
        assertTrue(norm != Norm.LINF || Math.abs(delta[j]) <= m * epsilon + 1e-6);
        squares += m > 0 ? delta[j] * delta[j] / (m * m) : 0;
        sum += m > 0 ? Math.abs(delta[j]) / m : 0;
      }
      assertTrue(norm != Norm.L1 || sum <= epsilon * (1 + 1e-4), sum + " of " + epsilon);
      assertTrue(norm != Norm.L2 || Math.sqrt(squares) <= epsilon * (1 + 1e-4));
      assertTrue(result.linf() > 0.05, "nothing was painted: " + result.linf());
    }
  }

  @Test
  void anImageWithoutRegionsIsAttackedAsAWhole() {
    List<Image> images = Given.imagesAtTheEdges(Given.SMALL, 2, 9);
    Attack attack = Attack.of(Norm.L2, 2, 5, 1);
    List<AttackedImage> both =
        new Pgd(network, attack.spec())
            .run(
                images,
                Collections.nCopies(2, Goal.reach(3)),
                List.of(
                    List.of(),
                    List.of(
                        region(soft(Given.SMALL), 1, 1),
                        ImageRegion.of(columns(Given.SMALL, 0, 3)))),
                AttackObserver.NONE)
            .orElseThrow();
    AttackedImage alone = attack(network, attack, images.getFirst(), Goal.reach(3));
    assertArrayEquals(alone.result().pixels(), both.getFirst().result().pixels(), 2e-5f);
  }

  @Test
  void anEmptyMaskAndARadiusOfZeroChangeNothing() {
    Mask nothing = new Mask(4, 4, new byte[AREA]);
    Attack attack = Attack.of(Norm.L2, 1, 4, 0.5).randomStart(4);
    AttackedImage empty = attack(linear, attack, GRAY, Goal.reach(0), ImageRegion.of(nothing));
    AttackedImage zero = attack(linear, attack, GRAY, Goal.reach(0), region(Mask.all(SHAPE), 1, 0));
    assertArrayEquals(GRAY.pixels(), empty.result().pixels());
    assertArrayEquals(GRAY.pixels(), zero.result().pixels());
    assertEquals(1, empty.zeroGradientShare());
  }
}
