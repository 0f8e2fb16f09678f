package org.pagexplorer.lab.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Cancelled;
import org.pagexplorer.engine.Classifier;
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
            PICTURES,
            6,
            6)) {
      fill(study);
      assertTrue(study.realizations().isEmpty());
      assertEquals(6, study.of(1).n());
    }
  }

  @Test
  void aTeacherIsKnownByItsHashAndNotByItsName() {
    Realization namesake = new Realization.Rigd("plain", "another", e -> null);
    assertFalse(AlignmentStudy.isTrainedToward(Colours.model("plain"), namesake));
    Realization renamed = new Realization.Rigd("another", "plain", e -> null);
    assertTrue(AlignmentStudy.isTrainedToward(Colours.model("plain"), renamed));
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
              "zero gradients",
              "predicted by plain",
              "predicted by negative"),
          table.heads());
      assertEquals("1.000†", table.rows().get(0).get(2), "a teacher is its own student");
      assertEquals("-1.000", table.rows().get(1).get(2));
      assertEquals("100.0", table.rows().get(0).get(7));
      assertTrue(table.notes().getFirst().startsWith("n = 6 "), table.notes().getFirst());
      String whole = AlignmentTexts.of(study).csv();
      assertTrue(whole.contains("cosine: Class Mean: 95 %"), whole);
      assertTrue(whole.contains("± 0.000"), whole);
    }
  }
}
