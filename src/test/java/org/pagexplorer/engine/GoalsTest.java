package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ImageRegion;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.domain.LayerUnit.Place;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.UserException;

/** Goals that are not one class: what they are on f(x) = Wx + b, and their gradients elsewhere. */
class GoalsTest extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(3, 4, 4);
  private static final float[][] W = {
    Given.gaussian(SHAPE.size(), 1, 1),
    Given.gaussian(SHAPE.size(), 1, 2),
    Given.gaussian(SHAPE.size(), 1, 3)
  };
  private static final Image GRAY = Given.images(SHAPE, 1, 0.4, 0.6, 5).getFirst();
  private static final Architecture NETWORK = Architecture.resNet18(2, Given.SMALL, 5);
  private static final LayerUnit MEAN = new LayerUnit("layer2.0.conv1", 3, Optional.empty());
  private static final LayerUnit PLACE =
      new LayerUnit("layer1.1.conv2.add", 1, Optional.of(new Place(2, 5)));

  private Classifier linear;
  private Classifier network;

  @BeforeEach
  void build() {
    linear = Given.linearClassifier(engine, SHAPE, W, new float[] {0.3f, -0.2f, 0.1f});
    network = Given.classifier(engine, NETWORK, 11);
  }

  @AfterEach
  void free() {
    linear.close();
    network.close();
  }

  private static List<AttackedImage> attack(
      Classifier f, Attack attack, Image image, Goal... goals) {
    return new Pgd(f, attack.spec())
        .run(
            java.util.Collections.nCopies(goals.length, image), List.of(goals), AttackObserver.NONE)
        .orElseThrow();
  }

  /** ε times the steepest direction. */
  private static double[] along(Norm norm, double[] d, double epsilon) {
    return Arrays.stream(Given.unit(norm, d)).map(value -> epsilon * value).toArray();
  }

  private static double[] change(AttackedImage to) {
    double[] delta = new double[GRAY.pixels().length];
    for (int j = 0; j < delta.length; j++) {
      delta[j] = to.result().pixels()[j] - GRAY.pixels()[j];
    }
    return delta;
  }

  /** Σ weights · rows of W. */
  private static double[] mix(double... weights) {
    double[] mix = new double[SHAPE.size()];
    for (int c = 0; c < weights.length; c++) {
      for (int j = 0; j < mix.length; j++) {
        mix[j] += weights[c] * W[c][j];
      }
    }
    return mix;
  }

  @ParameterizedTest
  @EnumSource
  void betweenTwoClassesOfALinearClassifierTheSlopesAreMixed(Norm norm) {
    Attack attack = Attack.of(norm, 0.1, 30, 0.05);
    for (double t : new double[] {0.25, 0.5, 0.9}) {
      AttackedImage onLogit =
          attack(linear, attack.onLogit(), GRAY, Goal.between(0, 2, t)).getFirst();
      assertArrayEquals(along(norm, mix(1 - t, 0, t), 0.1), change(onLogit), 2e-6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theirLogOddsLeadAwayFromTheOtherClassesAlone(Norm norm) {
    AttackedImage found =
        attack(linear, Attack.of(norm, 0.1, 30, 0.05), GRAY, Goal.between(0, 2, 0.3)).getFirst();
    assertArrayEquals(along(norm, mix(0.7, -1, 0.3), 0.1), change(found), 2e-6);
  }

  @Test
  void theEndsAreTheClassesThemselves() {
    assertEquals(Goal.reach(4), Goal.between(4, 7, 0));
    assertEquals(Goal.reach(7), Goal.between(4, 7, 1));
    assertThrows(IllegalArgumentException.class, () -> Goal.between(4, 7, Double.NaN));
    assertEquals(31 * 7 + Boolean.hashCode(true), Goal.reach(7).hashCode()); // random starts
  }

  @Test
  void twoClassesAloneCanBeMixedToo() {
    try (Classifier two =
        Given.linearClassifier(engine, SHAPE, new float[][] {W[0], W[1]}, new float[2])) {
      AttackedImage found =
          attack(two, Attack.of(Norm.L2, 0.1, 30, 0.05), GRAY, Goal.between(0, 1, 0.4)).getFirst();
      assertArrayEquals(along(Norm.L2, mix(0.6, 0.4), 0.1), change(found), 2e-6);
    }
  }

  @Test
  void ofTwoClassesEachOfABatchIsWhatItIsAlone() {
    Goal[] goals = {Goal.between(0, 1, 0), Goal.between(0, 1, 0.5), Goal.between(0, 1, 1)};
    Attack attack = Attack.of(Norm.L2, 0.1, 5, 0.05);
    try (Classifier two =
        Given.linearClassifier(engine, SHAPE, new float[][] {W[0], W[1]}, new float[2])) {
      List<AttackedImage> together = attack(two, attack, GRAY, goals);
      for (int i = 0; i < goals.length; i++) {
        AttackedImage alone = attack(two, attack, GRAY, goals[i]).getFirst();
        assertArrayEquals(change(alone), change(together.get(i)), 2e-6, "goal " + i);
        assertArrayEquals(alone.lossByStep(), together.get(i).lossByStep(), 1e-5f);
      }
      assertArrayEquals(along(Norm.L2, mix(1, -1), 0.1), change(together.getFirst()), 2e-6);
    }
  }

  @Test
  void awayFromAllClassesMakesThemEquallyLikely() {
    Attack attack = Attack.of(Norm.L2, 2, 400, 0.004);
    AttackedImage found = attack(linear, attack, GRAY, Goal.leaveAll()).getFirst();
    for (float p : found.probabilitiesAfter()) {
      assertEquals(1 / 3f, p, 0.01f);
    }
    assertTrue(found.before() > 0.4, "it began as sure as " + found.before());
    assertEquals(Math.log(3), found.lossByStep()[400], 1e-3);
    assertFalse(found.success());
  }

  @Test
  void onLogitsItLowersTheirLogSumExp() {
    double[] z = new double[3];
    for (int c = 0; c < 3; c++) {
      z[c] = linear.logits(List.of(GRAY)).getFirst()[c];
    }
    double lse = Math.log(Math.exp(z[0]) + Math.exp(z[1]) + Math.exp(z[2]));
    AttackedImage one =
        attack(linear, Attack.of(Norm.L2, 1, 1, 0.001).onLogit(), GRAY, Goal.leaveAll()).getFirst();
    assertEquals(lse, one.lossByStep()[0], 1e-5);
    double[] down = mix(-Math.exp(z[0] - lse), -Math.exp(z[1] - lse), -Math.exp(z[2] - lse));
    assertArrayEquals(along(Norm.L2, down, 0.001), change(one), 2e-7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFeaturesStepFollowsItsGradientByFiniteDifferences(boolean place) {
    LayerUnit unit = place ? PLACE : MEAN;
    Image image = Given.images(Given.SMALL, 1, 0.3, 0.7, 3).getFirst();
    double size = 0.01;
    AttackedImage one =
        attack(network, Attack.of(Norm.L2, 1, 1, size), image, Goal.feature(unit)).getFirst();
    float[] delta = new float[image.pixels().length];
    double[] slopes = new double[delta.length];
    double squares = 0;
    for (int j = 0; j < delta.length; j++) {
      delta[j] = one.result().pixels()[j] - image.pixels()[j];
      double h = 1e-2;
      slopes[j] = (value(unit, moved(image, j, h)) - value(unit, moved(image, j, -h))) / (2 * h);
      squares += slopes[j] * slopes[j];
    }
    double cosine = 0;
    for (int j = 0; j < delta.length; j++) {
      cosine += delta[j] / size * slopes[j] / Math.sqrt(squares);
    }
    assertTrue(cosine > 0.99, "cosine " + cosine);
    assertEquals(-value(unit, image), one.lossByStep()[0], 1e-4);
    assertTrue(one.lossByStep()[1] < one.lossByStep()[0]);
  }

  private static Image moved(Image image, int j, double by) {
    float[] pixels = image.pixels().clone();
    pixels[j] += (float) by;
    return new Image(image.shape(), pixels);
  }

  /** Of the layer as it is told, by hand. */
  private double value(LayerUnit unit, Image image) {
    double[] sum = new double[1];
    network.logits(
        Pixels.toArray(List.of(image), manager),
        (name, array) -> {
          if (name.equals(unit.layer())) {
            float[] all = array.toFloatArray();
            int area = (int) (array.getShape().get(2) * array.getShape().get(3));
            int from = unit.channel() * area;
            for (int i = 0; i < area; i++) {
              sum[0] += all[from + i] / area;
            }
            if (unit.place().isPresent()) {
              int at =
                  unit.place().get().row() * (int) array.getShape().get(3)
                      + unit.place().get().column();
              sum[0] = all[from + at];
            }
          }
        });
    return sum[0];
  }

  @Test
  void imagesOfOneBatchHaveGoalsOfTheirOwn() {
    Goal[] goals = {
      Goal.reach(1),
      Goal.between(1, 2, 0.5),
      Goal.leaveAll(),
      Goal.feature(MEAN),
      Goal.feature(PLACE),
      Goal.leave(0)
    };
    Attack attack = Attack.of(Norm.L2, 2, 4, 0.8);
    Image image = Given.images(Given.SMALL, 1, 0.3, 0.7, 3).getFirst();
    List<AttackedImage> together = attack(network, attack, image, goals);
    for (int i = 0; i < goals.length; i++) {
      AttackedImage alone = attack(network, attack, image, goals[i]).getFirst();
      assertArrayEquals(
          alone.result().pixels(), together.get(i).result().pixels(), 2e-4f, "goal " + i);
      assertEquals(alone.lossByStep()[4], together.get(i).lossByStep()[4], 1e-3);
    }
  }

  @Test
  void aFeatureCanBePaintedWithinARegion() {
    Image image = Given.images(Given.SMALL, 1, 0.3, 0.7, 3).getFirst();
    float[] left = new float[64];
    for (int i = 0; i < 64; i++) {
      left[i] = i % 8 < 4 ? 1 : 0;
    }
    AttackedImage found =
        new Pgd(network, Attack.of(Norm.L2, 1, 3, 0.5).spec())
            .run(
                List.of(image),
                List.of(Goal.feature(MEAN)),
                List.of(List.of(ImageRegion.of(Mask.of(8, 8, left)))),
                AttackObserver.NONE)
            .orElseThrow()
            .getFirst();
    assertTrue(found.lossByStep()[3] < found.lossByStep()[0]);
    for (int j = 0; j < image.pixels().length; j++) {
      assertTrue(j % 8 < 4 || found.result().pixels()[j] == image.pixels()[j]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layer9:0 | There is no layer \"layer9\": of the",
        "conv1:2 | conv1 has channels 0 to 1, not 2.",
        "conv1:0:8:0 | conv1 has rows 0 to 7 and columns 0 to 7, not 8, 0.",
        "conv1 | \"conv1\" is not a unit of a layer: write it as LAYER:CHANNEL",
        "conv1:x | \"conv1:x\" is not a unit of a layer",
      })
  void whatANetworkDoesNotHaveIsSaid(String unit, String expected) {
    UserException refused =
        assertThrows(UserException.class, () -> LayerUnit.parse(unit).in(NETWORK));
    assertTrue(refused.getMessage().startsWith(expected), refused.getMessage());
  }

  @Test
  void unitsAreWrittenAsTheyAreRead() {
    for (LayerUnit unit : new ArrayList<>(List.of(MEAN, PLACE))) {
      assertEquals(unit, LayerUnit.parse(unit.text()));
    }
    assertEquals("unit 1 at 2, 5 of layer1.1.conv2.add", PLACE.title());
  }
}
