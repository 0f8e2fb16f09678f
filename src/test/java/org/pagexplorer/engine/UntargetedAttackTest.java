package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

/** PGD, Auto-PGD, FAB, Square and their suites. */
class UntargetedAttackTest extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(3, 8, 8);
  private static final int CLASSES = 5;

  /** Class by class a weight a channel and a little noise, so that squares can do something too. */
  private static float[][] weights() {
    float[][] w = new float[CLASSES][SHAPE.size()];
    for (int c = 0; c < CLASSES; c++) {
      float[] noise = Given.gaussian(SHAPE.size(), 0.1, 40 + c);
      float[] colour = Given.gaussian(3, 1, 80 + c);
      for (int j = 0; j < noise.length; j++) {
        w[c][j] = colour[j / 64] + noise[j];
      }
    }
    return w;
  }

  /**
   * Class by class the sum of two neighboring pixels: it is the same in whatever order a matrix
   * product adds, which is another one for a single image than for a batch, and another one from
   * processor to processor.
   */
  private static float[][] twoPixels() {
    float[][] w = new float[CLASSES][SHAPE.size()];
    for (int c = 0; c < CLASSES; c++) {
      int row = 8 * (c + 1);
      w[c][row + c] = 1;
      w[c][row + c + 1] = 1;
    }
    return w;
  }

  /**
   * How far an image is from being named otherwise: the least, over classes, margin / ‖w_y − w_c‖.
   */
  private static double distance(Image image, float[] logits, int label, float[][] w, Norm norm) {
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < w.length; c++) {
      if (norm == Norm.L1) {
        least = c == label ? least : Math.min(least, filled(image, logits, label, c, w));
        continue;
      }
      double dual = 0;
      for (int j = 0; j < w[c].length; j++) {
        double difference = (double) w[label][j] - w[c][j];
        dual += norm == Norm.L2 ? difference * difference : Math.abs(difference);
      }
      double length = norm == Norm.L2 ? Math.sqrt(dual) : dual;
      least = c == label ? least : Math.min(least, (logits[label] - logits[c]) / length);
    }
    return least;
  }

  /** In L1 pixels are few and meet the box: the steepest are filled first. */
  private static double filled(Image image, float[] logits, int label, int c, float[][] w) {
    List<double[]> pixels = new ArrayList<>(); // slope and room
    for (int j = 0; j < w[c].length; j++) {
      double slope = (double) w[c][j] - w[label][j];
      double x = image.pixels()[j];
      pixels.add(new double[] {Math.abs(slope), slope > 0 ? 1 - x : x});
    }
    pixels.sort(Comparator.comparingDouble(pixel -> -pixel[0]));
    double margin = logits[label] - logits[c];
    double distance = 0;
    for (double[] pixel : pixels) {
      double moved = Math.min(pixel[1], margin / pixel[0]);
      margin -= moved * pixel[0];
      distance += moved;
      if (margin <= 0) {
        return distance;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Biases that put every class on top of some of the images. */
  private static float[] biases(float[][] w, List<Image> images) {
    float[] b = new float[w.length];
    for (int c = 0; c < w.length; c++) {
      for (Image image : images) {
        for (int j = 0; j < w[c].length; j++) {
          b[c] -= w[c][j] * image.pixels()[j] / images.size();
        }
      }
    }
    return b;
  }

  private static RobustnessAttack attack(AttackMethod method, Norm norm, double epsilon) {
    RobustnessAttack usual = RobustnessAttack.usual(method, new ThreatModel(norm, epsilon), 3);
    return new RobustnessAttack(method, usual.pgd(), 40, 500);
  }

  private static List<Outcome> run(
      Classifier f, RobustnessAttack attack, List<Image> images, int[] labels) {
    return UntargetedAttack.of(f, attack).run(images, labels, AttackObserver.NONE).orElseThrow();
  }

  /** On a linear classifier the distance to the boundary is known, and so is who survives. */
  @ParameterizedTest
  @CsvSource({
    "PGD, L2, 0.8",
    "PGD, LINF, 0.97",
    "PGD_RESTARTS, L2, 0.8",
    "APGD_CE, L1, 0.97",
    "APGD_T, L1, 0.97",
    "FAB_T, L1, 0.98",
    "SQUARE, L1, 0.2",
    "AUTOATTACK, L1, 0.98",
    "APGD_CE, L2, 0.97",
    "APGD_CE, LINF, 0.97",
    "APGD_T, L2, 0.97",
    "APGD_T, LINF, 0.97",
    "FAB_T, L2, 0.98",
    "FAB_T, LINF, 0.98",
    "SQUARE, L2, 0.2",
    "SQUARE, LINF, 0.7",
    "SUITE, L2, 0.97",
    "SUITE, LINF, 0.97",
    "AUTOATTACK_RAND, L2, 0.97",
    "AUTOATTACK_RAND, L1, 0.9",
    "AUTOATTACK, L2, 0.98",
    "AUTOATTACK, LINF, 0.98"
  })
  void whoSurvivesOnALinearClassifierIsKnown(AttackMethod method, Norm norm, double reach) {
    assertSurvivors(method, norm, reach, weights());
  }

  /** The ratio of APGD-T has no meaning below four classes. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void whoSurvivesAmongFewClassesIsKnown(int classes) {
    assertSurvivors(AttackMethod.APGD_T, Norm.L2, 0.97, Arrays.copyOf(weights(), classes));
  }

  private void assertSurvivors(AttackMethod method, Norm norm, double reach, float[][] w) {
    List<Image> images = Given.images(SHAPE, 40, 0.3, 0.7, 5);
    float[] b = biases(w, images);
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, b)) {
      int[] labels = f.predictions(images);
      double[] distances = new double[labels.length];
      for (int i = 0; i < labels.length; i++) {
        distances[i] = distance(images.get(i), f.logits(images).get(i), labels[i], w, norm);
      }
      double epsilon = Arrays.stream(distances).sorted().toArray()[labels.length / 2];
      List<Outcome> outcomes = run(f, attack(method, norm, epsilon), images, labels);
      int within = 0;
      for (int i = 0; i < labels.length; i++) {
        if (distances[i] > 1.0001 * epsilon) {
          assertTrue(outcomes.get(i).survived(), "an image out of reach");
        } else if (distances[i] < reach * epsilon) {
          within++;
          assertFalse(outcomes.get(i).survived(), distances[i] + " of " + epsilon);
        }
      }
      assertTrue(within > 5, within + " images within reach: too few to say anything");
    }
  }

  /** Among more, its ratio also presses on the third class, which may be the nearest one. */
  @ParameterizedTest
  @EnumSource(Norm.class)
  void whoSurvivesTheUntargetedRatioIsKnownOfTwoClasses(Norm norm) {
    assertSurvivors(AttackMethod.APGD_DLR, norm, 0.97, Arrays.copyOf(weights(), 2));
  }

  /** Where logits are in the thousands, p = 1 in float32; with two classes nothing else changes. */
  @ParameterizedTest
  @CsvSource({"PGD, L2", "PGD, LINF", "PGD, L1", "APGD_CE, L2", "APGD_CE, LINF"})
  void whoSurvivesDoesNotDependOnTheScaleOfTheLogits(AttackMethod method, Norm norm) {
    float[][] w = Arrays.copyOf(weights(), 2);
    for (float[] row : w) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= 1000;
      }
    }
    assertSurvivors(method, norm, 0.97, w);
  }

  private Classifier network() {
    return Given.classifier(engine, Architecture.resNet18(2, SHAPE, CLASSES), 7);
  }

  /** The same points as the PGD of pictures, whose best iterate is kept: the same survivors. */
  @ParameterizedTest
  @CsvSource({"L2, 0.05", "LINF, 0.004", "L1, 0.3"})
  void whoSurvivesPgdIsWhoItsBestIterateDoesNotBreak(Norm norm, double epsilon) {
    List<Image> images = Given.images(SHAPE, 40, 0.3, 0.7, 21);
    float[][] w = weights();
    RobustnessAttack attack =
        RobustnessAttack.usual(AttackMethod.PGD, new ThreatModel(norm, epsilon), 3);
    AttackSpecification last = attack.pgd().withRestarts(3);
    AttackSpecification best =
        new AttackSpecification(
            last.threat(),
            last.steps(),
            last.stepSize(),
            last.stepRule(),
            last.loss(),
            last.randomStart(),
            last.restarts(),
            AttackSpecification.Keep.BEST,
            last.clip(),
            last.seed());
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, biases(w, images))) {
      int[] labels = f.predictions(images);
      for (int i = 0; i < 5; i++) {
        labels[i] = (labels[i] + 1) % CLASSES; // named wrongly from the start
      }
      List<Outcome> outcomes =
          new UntargetedPgd(f, last).run(images, labels, AttackObserver.NONE).orElseThrow();
      List<AttackedImage> whole =
          new Pgd(f, best).run(images, Goal.leaveEach(labels), AttackObserver.NONE).orElseThrow();
      int survivors = 0;
      for (int i = 0; i < labels.length; i++) {
        assertEquals(i >= 5 && !whole.get(i).success(), outcomes.get(i).survived(), "image " + i);
        survivors += outcomes.get(i).survived() ? 1 : 0;
      }
      assertTrue(survivors > 3 && survivors < 32, survivors + " survivors say nothing");
    }
  }

  @ParameterizedTest
  @EnumSource(value = AttackMethod.class, mode = EnumSource.Mode.MATCH_NONE, names = "AUTO.*")
  void resultsStayInTheBallAndTheBoxAndAreWhatTheySay(AttackMethod method) {
    List<Image> images = Given.imagesAtTheEdges(SHAPE, 6, 9);
    try (Classifier f = network()) {
      int[] labels = f.predictions(images);
      labels[3] = (labels[3] + 1) % CLASSES; // one that is named wrongly from the start
      for (Norm norm : Norm.values()) {
        double epsilon = radius(norm, 0.4);
        RobustnessAttack full = attack(method, norm, epsilon);
        RobustnessAttack some = new RobustnessAttack(method, full.pgd(), 12, 100);
        List<Outcome> outcomes = run(f, some, images, labels);
        int[] named = f.predictions(outcomes.stream().map(Outcome::result).toList());
        for (int i = 0; i < labels.length; i++) {
          Image result = outcomes.get(i).result();
          assertTrue(norm.distance(images.get(i), result) <= epsilon * (1 + 1e-5));
          for (float pixel : result.pixels()) {
            assertTrue(pixel >= 0 && pixel <= 1);
          }
          assertEquals(outcomes.get(i).survived(), named[i] == labels[i]);
        }
        assertFalse(outcomes.get(3).survived());
      }
    }
  }

  private static double radius(Norm norm, double l2) {
    return switch (norm) {
      case L1 -> 8 * l2;
      case L2 -> l2;
      case LINF -> 0.03;
    };
  }

  private static double crossEntropy(float[] logits, int label) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float z : logits) {
      largest = Math.max(largest, z);
    }
    double sum = 0;
    for (float z : logits) {
      sum += Math.exp(z - largest);
    }
    return Math.log(sum) + largest - logits[label];
  }

  @Test
  void apgdNeverEndsBelowItsRandomStart() {
    List<Image> images = Given.images(SHAPE, 20, 0, 1, 11);
    try (Classifier f = network()) {
      int[] labels = f.predictions(images);
      for (double epsilon : new double[] {0.01, 0.1, 0.5}) {
        RobustnessAttack attack = attack(AttackMethod.APGD_CE, Norm.L2, epsilon);
        List<Outcome> outcomes = run(f, attack, images, labels);
        // No iteration at all: the start itself.
        List<Outcome> starts =
            Apgd.onCrossEntropy(f, attack, 0)
                .run(images, labels, AttackObserver.NONE)
                .orElseThrow();
        List<float[]> ends = f.logits(outcomes.stream().map(Outcome::result).toList());
        List<float[]> begins = f.logits(starts.stream().map(Outcome::result).toList());
        for (int i = 0; i < labels.length; i++) {
          if (outcomes.get(i).survived()) {
            assertTrue(
                crossEntropy(ends.get(i), labels[i])
                    >= crossEntropy(begins.get(i), labels[i]) - 1e-6);
          }
        }
      }
    }
  }

  @Test
  void moreQueriesNeverMakeSquareWeaker() {
    List<Image> images = Given.images(SHAPE, 20, 0, 1, 12);
    try (Classifier f = network()) {
      int[] labels = f.predictions(images);
      for (Norm norm : Norm.values()) {
        ThreatModel threat = new ThreatModel(norm, radius(norm, 0.3));
        double[] before = margins(f, new Square(f, threat, 1, 0), images, labels);
        double[] after = margins(f, new Square(f, threat, 200, 0), images, labels);
        int better = 0;
        for (int i = 0; i < labels.length; i++) {
          assertTrue(after[i] <= before[i] + 1e-5);
          better += after[i] < before[i] - 1e-4 ? 1 : 0;
        }
        assertTrue(better > 10, "its search finds something: " + better);
      }
    }
  }

  private static double[] margins(Classifier f, Square attack, List<Image> images, int[] labels) {
    List<Outcome> outcomes = attack.run(images, labels, AttackObserver.NONE).orElseThrow();
    List<float[]> logits = f.logits(outcomes.stream().map(Outcome::result).toList());
    return IntStream.range(0, labels.length)
        .mapToDouble(
            i -> {
              double other = Double.NEGATIVE_INFINITY;
              for (int c = 0; c < CLASSES; c++) {
                other = c == labels[i] ? other : Math.max(other, logits.get(i)[c]);
              }
              return logits.get(i)[labels[i]] - other;
            })
        .toArray();
  }

  /** A linear classifier and images around its boundaries, with half of them within reach. */
  private interface Measure {
    void on(Classifier f, List<Image> images, int[] labels, double epsilon);
  }

  private void atTheBoundary(Measure measure) {
    atTheBoundary(Norm.L2, measure);
  }

  private void atTheBoundary(Norm norm, Measure measure) {
    float[][] w = weights();
    atTheBoundary(norm, w, biases(w, someImages()), measure);
  }

  private static List<Image> someImages() {
    return Given.images(SHAPE, 16, 0.3, 0.7, 13);
  }

  private void atTheBoundary(Norm norm, float[][] w, float[] biases, Measure measure) {
    List<Image> images = someImages();
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, biases)) {
      int[] labels = f.predictions(images);
      List<float[]> logits = f.logits(images);
      double epsilon =
          IntStream.range(0, labels.length)
              .mapToDouble(i -> distance(images.get(i), logits.get(i), labels[i], w, norm))
              .sorted()
              .toArray()[labels.length / 2];
      measure.on(f, images, labels, epsilon);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "APGD_CE, L2",
    "APGD_T, L2",
    "FAB_T, L2",
    "SQUARE, L2",
    "PGD, L1",
    "APGD_CE, L1",
    "APGD_T, L1",
    "FAB_T, L1",
    "SQUARE, L1"
  })
  void anImageFaresAloneAsInABatch(AttackMethod method, Norm norm) {
    atTheBoundary(
        norm,
        twoPixels(),
        new float[CLASSES],
        (f, images, labels, epsilon) -> {
          RobustnessAttack full = attack(method, norm, epsilon);
          RobustnessAttack few = new RobustnessAttack(method, full.pgd(), 10, 300);
          RobustnessAttack attack = norm == Norm.L1 ? few : full;
          List<Boolean> together =
              run(f, attack, images, labels).stream().map(Outcome::survived).toList();
          List<Boolean> alone = new ArrayList<>();
          for (int i = 0; i < labels.length; i++) {
            int[] own = {labels[i]};
            alone.add(run(f, attack, List.of(images.get(i)), own).getFirst().survived());
          }
          assertEquals(together, alone);
          assertTrue(alone.contains(true) && alone.contains(false), "both kinds: " + alone);
        });
  }

  @Test
  void theSuiteLeavesNobodyWhomItsFirstPartBreaks() {
    atTheBoundary(
        (f, images, labels, epsilon) -> {
          List<Outcome> suite =
              run(f, attack(AttackMethod.SUITE, Norm.L2, epsilon), images, labels);
          List<Outcome> pgd = run(f, attack(AttackMethod.PGD, Norm.L2, epsilon), images, labels);
          for (int i = 0; i < labels.length; i++) {
            assertTrue(pgd.get(i).survived() || !suite.get(i).survived());
          }
          assertTrue(pgd.stream().anyMatch(o -> !o.survived()), "some have to be broken");
          assertTrue(suite.stream().anyMatch(Outcome::survived), "some have to be left");
        });
  }

  @Test
  void theSuiteIsTheFourAttacksOfTheField() {
    assertEquals(
        List.of(AttackMethod.PGD, AttackMethod.APGD_CE, AttackMethod.APGD_T, AttackMethod.SQUARE),
        AttackMethod.SUITE.parts());
  }

  @Test
  void autoAttackIsItsStandardFourInTheirOrder() {
    assertEquals(
        List.of(AttackMethod.APGD_CE, AttackMethod.APGD_T, AttackMethod.FAB_T, AttackMethod.SQUARE),
        AttackMethod.AUTOATTACK.parts());
  }

  @Test
  void forRandomizedModelsItIsTwoOverTwentyCalls() {
    RobustnessAttack rand =
        RobustnessAttack.usual(AttackMethod.AUTOATTACK_RAND, new ThreatModel(Norm.L2, 1), 0);
    assertEquals(List.of(AttackMethod.APGD_CE, AttackMethod.APGD_DLR), rand.method().parts());
    assertEquals(20, rand.draws());
    assertEquals(20, rand.withEpsilon(2).draws());
  }

  /** What the first part alone leaves is what it leaves as a part, and so on. */
  @Test
  void aSuiteSaysWhichOfItsPartsEachImageWithstood() {
    atTheBoundary(
        (f, images, labels, epsilon) -> {
          labels[0] = (labels[0] + 1) % CLASSES; // named wrongly from the start
          List<Outcome> all =
              run(f, attack(AttackMethod.AUTOATTACK, Norm.L2, epsilon), images, labels);
          List<Outcome> first =
              run(f, attack(AttackMethod.APGD_CE, Norm.L2, epsilon), images, labels);
          for (int i = 0; i < labels.length; i++) {
            assertEquals(first.get(i).survived(), all.get(i).withstood() > 0);
            assertEquals(all.get(i).survived(), all.get(i).withstood() == 4);
          }
          assertFalse(all.getFirst().survived());
          assertTrue(first.stream().anyMatch(Outcome::survived), "some have to be left");
        });
  }

  @Test
  void aConstantClassifierHasZeroGradientsOnly() {
    List<Image> images = Given.images(SHAPE, 4, 0, 1, 15);
    float[][] w = new float[CLASSES][SHAPE.size()];
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, new float[] {1, 0, 0, 0, 0})) {
      RobustnessAttack attack = attack(AttackMethod.APGD_CE, Norm.L2, 0.5);
      for (Outcome outcome : run(f, attack, images, new int[4])) {
        assertTrue(outcome.survived());
        assertEquals(1, outcome.zeroGradientShare());
      }
    }
  }

  /** Gradients of zero keep a point where it began: which side that is says nothing. */
  @ParameterizedTest
  @EnumSource(AttackMethod.class)
  void whatIsNamedWronglyWithoutAnAttackIsCounted(AttackMethod method) {
    List<Image> images = Given.images(SHAPE, 4, 0.4, 0.6, 15);
    float[][] w = new float[CLASSES][SHAPE.size()];
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, new float[] {1, 0, 0, 0, 0})) {
      int[] labels = {0, 1, 2, 0};
      List<Outcome> outcomes = run(f, attack(method, Norm.L2, 0.1), images, labels);
      assertEquals(
          List.of(true, false, false, true), outcomes.stream().map(Outcome::survived).toList());
      assertArrayEquals(images.get(1).pixels(), outcomes.get(1).result().pixels());
    }
  }

  @ParameterizedTest
  @EnumSource(AttackMethod.class)
  void cancellingEndsWithinOneStep(AttackMethod method) {
    assertCancelledWithinOneStep(method, Norm.L2);
    assertCancelledWithinOneStep(method, Norm.L1);
  }

  private void assertCancelledWithinOneStep(AttackMethod method, Norm norm) {
    List<Image> images = Given.images(SHAPE, 4, 0, 1, 16);
    AtomicInteger steps = new AtomicInteger();
    try (Classifier f = network()) {
      int[] labels = f.predictions(images);
      Optional<List<Outcome>> nothing =
          UntargetedAttack.of(f, attack(method, norm, 1e-4))
              .run(
                  images,
                  labels,
                  new AttackObserver() {
                    @Override
                    public boolean isCancelled() {
                      return steps.get() == 3;
                    }

                    @Override
                    public void step(int t) {
                      steps.incrementAndGet();
                    }
                  });
      assertTrue(nothing.isEmpty());
      assertEquals(3, steps.get());
    }
  }
}
