package org.pagexplorer.lab.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.NumpyFile;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Cancelled;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.measure.Colours;
import org.pagexplorer.lab.measure.OnColours;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.run.Realization;

/** Classifiers by mean colour: the gradient of a class is its channel, evenly. */
class AlignmentStudyTest extends OnColours {
  private static final int CHANNEL = 64;

  /** Named by the darkest channel. */
  private static final String NEGATIVE = "torch.neg(x)";

  private static final AttackSpecification PICTURES =
      AttackSpecification.pictures(new ThreatModel(Norm.L2, 4), 10);

  private final Dataset train = new Colours(60, 0.3);
  private final Dataset held = new Colours(30, 0.2);

  @BeforeEach
  void open() {
    open(NEGATIVE, 30);
  }

  private Realization teacher() {
    return new Realization.Rigd(
        "plain", "plain", e -> Colours.classifier(e, folder, Colours.PLAIN, 7));
  }

  private AlignmentStudy study(int wanted, int batch, Realization... realizations) {
    return new AlignmentStudy(
        List.of(Colours.model("plain"), Colours.model("negative")),
        List.of(realizations),
        Optional.of(train),
        held,
        List.of(),
        PICTURES,
        wanted,
        batch);
  }

  private void fill(AlignmentStudy study) {
    while (!study.isDone()) {
      assertTrue(study.step(engine, classifiers::get, AttackObserver.NONE));
    }
  }

  @Test
  void cosinesAreThoseOfTheFormula() {
    try (AlignmentStudy study =
        study(12, 5, new Realization.OneImage(List.of(0, 1, 2)), teacher())) {
      fill(study);
      Dataset seen = Datasets.balanced(held, 0);
      double expected = 0;
      for (int i = 0; i < 12; i++) {
        float[] x = seen.image(i).pixels();
        for (int c = 0; c < 3; c++) {
          expected += cosineWithChannel(c, train.image(c).pixels(), x) / 36;
        }
      }
      ModelAlignment plain = study.of(0);
      assertEquals(12, plain.n());
      assertEquals(expected, plain.cosines().get(0).value(), 1e-5);
      assertEquals(-expected, study.of(1).cosines().get(0).value(), 1e-5);
      assertEquals(1, plain.cosines().get(1).value(), 1e-5);
      assertEquals(-1, study.of(1).cosines().get(1).value(), 1e-5);
    }
  }

  /** cos(e_c, r − x), e_c being 1 in channel c and 0 elsewhere. */
  private static double cosineWithChannel(int c, float[] r, float[] x) {
    double dot = 0;
    double squares = 0;
    for (int j = 0; j < x.length; j++) {
      double g = (double) r[j] - x[j];
      dot += j / CHANNEL == c ? g : 0;
      squares += g * g;
    }
    return dot / Math.sqrt(CHANNEL * squares);
  }

  @Test
  void statisticsOfAGradientThatIsAnEvenChannel() {
    try (AlignmentStudy study = study(9, 9)) {
      fill(study);
      Dataset seen = Datasets.balanced(held, 0);
      double etmann = 0;
      for (int i = 0; i < 9; i++) {
        for (int j = 0; j < CHANNEL; j++) {
          // |⟨x, e_c⟩| / ‖e_c‖, the channel having 64 values
          etmann += seen.image(i).pixels()[CHANNEL * seen.label(i) + j] / 8 / 9;
        }
      }
      assertEquals(etmann, study.of(0).etmann().value(), 1e-5);
      assertEquals(0, study.of(0).variation().value(), 1e-6);
      assertEquals(1, study.of(0).lowFrequency().value(), 1e-6);
      assertEquals(0, study.of(0).zeroGradients());
    }
  }

  @Test
  void aQuantisedModelHasZeroGradientsAndSaysSo() {
    try (Classifier quantised = Colours.classifier(engine, folder, Colours.QUANTISED, 30);
        AlignmentStudy study = study(6, 6, teacher())) {
      while (!study.isDone()) {
        study.step(engine, k -> quantised, AttackObserver.NONE);
      }
      assertEquals(6, study.of(0).zeroGradients());
      assertEquals(0, study.of(0).cosines().getFirst().value());
      assertEquals(0, study.of(0).etmann().value());
    }
  }

  @Test
  void oneNamesItsOwnPicturesAndItsOppositeNone() {
    try (AlignmentStudy study = study(15, 4)) {
      fill(study);
      assertEquals(List.of(15, 0), study.of(0).named());
      assertEquals(List.of(0, 15), study.of(1).named());
      assertEquals(15, study.of(0).pictures());
    }
  }

  @Test
  void goingOnWithMoreImagesIsAsMeasuringThemAtOnce() {
    try (AlignmentStudy atOnce = study(20, 20, new Realization.ClassMean());
        AlignmentStudy later = study(7, 4, new Realization.ClassMean())) {
      fill(atOnce);
      fill(later);
      later.want(20);
      assertFalse(later.isDone());
      fill(later);
      assertEquals(1, later.progress());
      assertEquals(0, later.secondsLeft());
      assertEquals(
          atOnce.of(0).cosines().getFirst().value(),
          later.of(0).cosines().getFirst().value(),
          1e-6);
      assertEquals(atOnce.of(0).named(), later.of(0).named());
    }
  }

  @Test
  void aCancelledStepAddsNothing() {
    AttackObserver cancelled = new Cancelled();
    try (AlignmentStudy study = study(5, 5)) {
      assertFalse(study.step(engine, classifiers::get, cancelled));
      assertEquals(0, study.of(0).n());
      assertTrue(Double.isInfinite(study.secondsLeft()));
    }
  }

  @Test
  void withoutTrainingImagesEverythingElseIsMeasured() {
    try (AlignmentStudy study =
        new AlignmentStudy(
            List.of(Colours.model("plain"), Colours.model("negative")),
            List.of(new Realization.ClassMean()),
            Optional.empty(),
            held,
            List.of(),
            PICTURES,
            6,
            6)) {
      fill(study);
      assertTrue(study.realizations().isEmpty());
      assertFalse(study.hasTraining());
      assertEquals(6, study.of(1).n());
      assertEquals(0, study.of(1).onManifold().n(), "nothing is made up");
    }
  }

  @Test
  void aTeacherIsKnownByItsHashAndNotByItsName() {
    Realization namesake = new Realization.Rigd("plain", "another", e -> null);
    assertFalse(Yardsticks.isTrainedToward(Colours.model("plain"), namesake));
    Realization renamed = new Realization.Rigd("another", "plain", e -> null);
    assertTrue(Yardsticks.isTrainedToward(Colours.model("plain"), renamed));
  }

  @Test
  void theTableSaysWhatIsHighByConstruction() {
    try (AlignmentStudy study = study(6, 6, new Realization.ClassMean(), teacher())) {
      fill(study);
      ResultTable table = AlignmentTexts.compact(study);
      assertEquals(
          List.of(
              "model",
              "cosine: Class Mean",
              "cosine: RIGD, plain",
              "Etmann alignment",
              "total variation",
              "low frequencies",
              "change on-manifold",
              "change off-manifold",
              "off / on",
              "log Σ exp f: clean",
              "log Σ exp f: attacked",
              "log Σ exp f: pictures",
              "AUROC, clean over attacked",
              "AUROC, clean over pictures",
              "zero gradients",
              "predicted by plain",
              "predicted by negative"),
          table.heads());
      assertEquals("1.000†", table.rows().get(0).get(2), "a teacher is its own student");
      assertEquals("-1.000", table.rows().get(1).get(2));
      assertEquals("100.0", table.rows().get(0).get(15));
      assertTrue(table.notes().getFirst().startsWith("n = 6 "), table.notes().getFirst());
      String whole = AlignmentTexts.of(study).csv();
      assertTrue(whole.contains("cosine: Class Mean: 95 %"), whole);
      assertTrue(whole.contains("± 0.000"), whole);
    }
  }

  @Test
  void energiesAreLogSumExpOfTheLogits() {
    try (AlignmentStudy study = study(9, 4)) {
      fill(study);
      Dataset seen = Datasets.balanced(held, 0);
      List<Double> clean = study.of(0).energies().clean();
      for (int i = 0; i < 9; i++) {
        double sum = 0;
        for (float logit : classifiers.getFirst().logits(List.of(seen.image(i))).getFirst()) {
          sum += Math.exp(logit);
        }
        assertEquals(Math.log(sum), clean.get(i), 1e-4);
      }
      assertEquals(9, study.of(0).energies().attacked().size());
      assertEquals(9, study.of(0).energies().drawn().size());
      // A picture of a class has more of its channel, which is all the model looks at.
      assertEquals(0, Energies.auroc(clean, study.of(0).energies().drawn()), 1e-9);
    }
  }

  @Test
  void aurocIsTheShareOfPairsInOrder() {
    assertEquals(0.5, Energies.auroc(List.of(1.0, 2.0), List.of(1.0, 2.0)), 1e-12);
    // (3 > 1), (3 > 2), (3 = 3: half), (2 > 1), (2 = 2: half), (2 < 3)
    assertEquals(4.0 / 6, Energies.auroc(List.of(3.0, 2.0), List.of(1.0, 2.0, 3.0)), 1e-12);
    assertTrue(Double.isNaN(Energies.auroc(List.of(), List.of(1.0))));
    assertEquals(2.5, Energies.median(List.of(4.0, 1.0, 3.0, 2.0)), 1e-12);
  }

  @Test
  void measuresThatOrderModelsAsTheAnswersDoHaveARankCorrelationOfOne() {
    List<Classifier> three =
        List.of(
            classifiers.get(0),
            classifiers.get(1),
            Colours.classifier(engine, folder, "torch.relu(torch.sub(x, 0.45))", 30));
    try (Classifier third = three.get(2);
        AlignmentStudy study =
            new AlignmentStudy(
                List.of(Colours.model("a"), Colours.model("b"), Colours.model("c")),
                List.of(teacher()),
                Optional.of(train),
                held,
                List.of(),
                PICTURES,
                9,
                9)) {
      assertEquals(Optional.empty(), study.sheet(), "without answers");
      while (!study.isDone()) {
        assertTrue(study.step(engine, three::get, AttackObserver.NONE));
      }
      study.compareWith(List.of(new Score(9, 10), new Score(1, 10), new Score(0, 0)));
      assertEquals(Optional.empty(), study.sheet(), "two models are no order");
      study.compareWith(List.of(new Score(99, 100), new Score(1, 100), new Score(50, 100)));
      AnswerSheet sheet = study.sheet().orElseThrow();
      assertEquals(300, sheet.answers());
      AnswerSheet.RankAgreement cosine = sheet.of(Measure.cosines(study).getFirst());
      assertEquals(1, cosine.spearman(), 1e-12);
      assertEquals(1, cosine.kendall(), 1e-12);
      assertEquals(1, cosine.low(), 1e-12, "answers as clear as these leave nothing to chance");
      ResultTable table = study.results(false);
      assertEquals("Spearman's ρ with the blind test", table.rows().getLast().getFirst());
      assertEquals("99.0", table.rows().getFirst().get(table.heads().indexOf("blind test")));
      study.compareWith(List.of(new Score(6, 10), new Score(5, 10), new Score(4, 10)));
      AnswerSheet.RankAgreement unsure =
          study.sheet().orElseThrow().of(Measure.cosines(study).getFirst());
      assertTrue(unsure.high() - unsure.low() > 1, "few answers, much chance: " + unsure);
      study.compareWith(List.of(new Score(0, 2), new Score(2, 2), new Score(0, 2)));
      AnswerSheet.RankAgreement allOrNone =
          study.sheet().orElseThrow().of(Measure.cosines(study).getFirst());
      assertTrue(
          allOrNone.high() - allOrNone.low() > 0.5,
          "nor do two answers that agree leave nothing to chance: " + allOrNone);
    }
  }

  private Path written(String name, long[] sides, IntFunction<float[]> ofImage) {
    Path file = folder.resolve(name);
    NumpyFile.write(
        file,
        TensorShape.of(sides),
        () -> IntStream.range(0, (int) sides[0]).mapToObj(ofImage).iterator());
    return file;
  }

  private AlignmentStudy withFiles(Path... files) {
    return new AlignmentStudy(
        List.of(Colours.model("plain"), Colours.model("negative")),
        List.of(),
        Optional.empty(),
        held,
        List.of(files),
        PICTURES,
        6,
        6);
  }

  /** The gradient of log Σ exp f: each channel's probability, evenly. */
  private float[] score(int image) {
    double[] logits = new double[3];
    float[] x = held.image(image).pixels();
    for (int j = 0; j < x.length; j++) {
      logits[j / CHANNEL] += 30.0 * x[j] / CHANNEL;
    }
    double all = Math.exp(logits[0]) + Math.exp(logits[1]) + Math.exp(logits[2]);
    float[] score = new float[x.length];
    for (int j = 0; j < x.length; j++) {
      score[j] = (float) (Math.exp(logits[j / CHANNEL]) / all);
    }
    return score;
  }

  @Test
  void aScoreIsComparedWithTheGradientOfLogSumExp() {
    Path file = written("scores.npy", new long[] {30, 3, 8, 8}, this::score);
    try (AlignmentStudy study = withFiles(file)) {
      fill(study);
      assertTrue(study.hasScore());
      assertEquals(6, study.of(0).score().n());
      assertEquals(1, study.of(0).score().value(), 1e-5);
      assertTrue(study.of(1).score().value() < 0, "its opposite's gradient is of other signs");
      assertEquals("1.000", AlignmentTexts.compact(study).rows().getFirst().get(1));
    }
  }

  @Test
  void gradientsInAFileAreComparedClassByClass() {
    Path file =
        written(
            "channels.npy",
            new long[] {30, 3, 3, 8, 8},
            i -> {
              float[] channels = new float[3 * 3 * CHANNEL];
              for (int c = 0; c < 3; c++) {
                java.util.Arrays.fill(
                    channels, c * 4 * CHANNEL, (c * 4 + 1) * CHANNEL, 1f + i); // e_c, any length
              }
              return channels;
            });
    try (AlignmentStudy study = withFiles(file)) {
      fill(study);
      assertEquals("channels.npy", Yardsticks.titleOf(study.realizations().getFirst()));
      assertEquals(1, study.of(0).cosines().getFirst().value(), 1e-5);
      assertEquals(-1, study.of(1).cosines().getFirst().value(), 1e-5);
      assertFalse(study.hasScore());
    }
  }

  @Test
  void aFileOfOtherImagesIsRefusedInASentence() {
    Path fewer = written("fewer.npy", new long[] {10, 3, 3, 8, 8}, _ -> new float[CHANNEL * 9]);
    Path wide = written("wide.npy", new long[] {30, 3, 4, 16}, _ -> new float[CHANNEL * 3]);
    Path scores = written("scores.npy", new long[] {30, 3, 8, 8}, this::score);
    for (Path[] files : new Path[][] {{fewer}, {wide}, {scores, scores}}) {
      String sentence = assertThrows(UserException.class, () -> withFiles(files)).getMessage();
      assertTrue(sentence.contains("choose") && sentence.endsWith("."), sentence);
    }
  }
}
