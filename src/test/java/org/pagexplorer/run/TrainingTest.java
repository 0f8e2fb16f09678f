package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.OneEngine;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.run.TrainingObserver.EpochReport;
import org.pagexplorer.run.TrainingObserver.Progress;

class TrainingTest extends OneEngine {
  private static final TrainingObserver NOBODY = new TrainingObserver() {};
  private static final Dataset TEST = Coded.of(30);

  private static Training training(TrainingPlan plan, Dataset train) {
    return new Training(plan, train, TEST, Normalization.CIFAR10);
  }

  private record Kept(List<SequencedMap<String, Tensor>> tensors, List<EpochReport> reports) {
    Kept() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void keep(Trainer.State latest, EpochReport report) {
      tensors.add(latest.weights());
      reports.add(report);
    }
  }

  private static Kept run(TrainingPlan plan, Dataset train) {
    Kept kept = new Kept();
    assertTrue(training(plan, train).run(engine, kept::keep, NOBODY));
    return kept;
  }

  @Test
  void aMethodTakesGradientsOfItsOwnKindOnly() {
    Optional<Realization> means = Optional.of(new Realization.ClassMean());
    assertThrows(
        IllegalArgumentException.class, () -> Plans.of(Method.VANILLA, means, 12, 3, 0, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> Plans.of(Method.ONE_IMAGE, means, 12, 3, 0, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Plans.of(Method.CLASS_MEAN, Optional.empty(), 12, 3, 0, 1, 1));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RIGD", "FROM_FILE"})
  void everyMethodLearnsASeparableTask(Method method) {
    List<EpochReport> reports = run(Plans.of(method), Coded.of(120)).reports();
    assertEquals(4, reports.size());
    assertTrue(reports.getLast().crossEntropy() < reports.getFirst().crossEntropy() / 2);
    assertEquals(1, reports.getLast().cleanAccuracy());
    assertEquals(1, reports.getLast().trainAccuracy(), 0.05);
    assertEquals(method.aligns(), reports.getLast().alignment() > 0);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RIGD", "FROM_FILE"})
  void seedFixesEverything(Method method) {
    TrainingPlan plan = Plans.of(method, 12, 2, 0.4, 5);
    List<SequencedMap<String, Tensor>> first = run(plan, Coded.of(36)).tensors();
    assertEquals(first, run(plan, Coded.of(36)).tensors());
    assertNotEquals(
        first.getLast(), run(Plans.of(method, 12, 2, 0.4, 6), Coded.of(36)).tensors().getLast());
  }

  @Test
  void aTrainingBeginsWithAnotherModelsWeights() {
    Dataset train = Coded.of(36);
    TrainingPlan plan = Plans.of(Method.CLASS_MEAN, 12, 3, 0.4, 5, 1);
    SequencedMap<String, Tensor> other =
        Initialization.of(training(plan, train).architecture(), 77);
    TrainingPlan from =
        Plans.from(plan, new InitialWeights("Other", "a".repeat(64), Normalization.CIFAR10, other));
    List<SequencedMap<String, Tensor>> begun = new ArrayList<>();
    training(from, train).run(engine, (state, report) -> begun.add(state.weights()), NOBODY);
    assertTrue(
        distance(begun.getFirst(), other)
            < distance(run(plan, train).tensors().getFirst(), other) / 5,
        "near the weights that it began with");
    assertEquals("Other", from.parameters().get("initial-checkpoint"));
    assertFalse(plan.parameters().containsKey("initial-checkpoint"));
  }

  private static double distance(Map<String, Tensor> a, Map<String, Tensor> b) {
    double squares = 0;
    for (String name : a.keySet()) {
      float[] x = a.get(name).values();
      float[] y = Objects.requireNonNull(b.get(name)).values();
      for (int i = 0; i < x.length; i++) {
        squares += (x[i] - y[i]) * (double) (x[i] - y[i]);
      }
    }
    return Math.sqrt(squares);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"VANILLA", "ADVERSARIAL", "RIGD", "FROM_FILE"})
  void withoutLambdaEveryMethodIsVanillaToTheBit(Method method) {
    Dataset train = Coded.of(36);
    assertEquals(
        run(Plans.of(Method.VANILLA, 12, 3, 0, 5), train).tensors(),
        run(Plans.of(method, 12, 3, 0, 5), train).tensors());
  }

  private static TrainingPlan adversarialAligned(double lambda, int epochs) {
    return Plans.of(
        Method.ADVERSARIAL, Optional.of(new Realization.ClassMean()), 12, 3, lambda, 5, epochs);
  }

  @Test
  void anAdversaryAndAlignmentAreAddedAndWithoutLambdaTheAdversaryIsLeft() {
    Dataset train = Coded.of(36);
    assertEquals(
        run(Plans.of(Method.ADVERSARIAL, 12, 3, 0, 5), train).tensors(),
        run(adversarialAligned(0, 4), train).tensors());
    Progress both = firstStep(adversarialAligned(0.4, 4));
    Progress adversarial = firstStep(Plans.of(Method.ADVERSARIAL, 12, 3, 0, 5));
    Progress aligned = firstStep(Plans.of(Method.CLASS_MEAN, 12, 3, 0.4, 5));
    assertEquals(adversarial.crossEntropy(), both.crossEntropy(), 1e-6);
    assertEquals(aligned.alignment(), both.alignment(), 1e-6);
    List<EpochReport> reports = run(adversarialAligned(0.4, 8), Coded.of(120)).reports();
    assertTrue(
        reports.getLast().alignment() < 0.8 * reports.getFirst().alignment(), reports.toString());
    assertEquals(1, reports.getLast().cleanAccuracy());
  }

  @Test
  void whatAdversarialTrainingIsAlignedWithStandsOnTheCard() {
    Map<String, String> both = adversarialAligned(0.4, 4).parameters();
    assertEquals("class-mean", both.get("realization"));
    assertEquals("0.4", both.get("lambda"));
    assertEquals("0.2", both.get("epsilon"));
    Map<String, String> alone = Plans.of(Method.ADVERSARIAL).parameters();
    assertFalse(alone.containsKey("lambda"));
    assertFalse(alone.containsKey("realization"));
    assertEquals("0.004", Plans.of(Method.GRADIENT_NORM).parameters().get("gradient-norm-weight"));
  }

  /** Eq. 5: of the same seed, the adversary's images cost more than the images themselves. */
  @Test
  void adversarialTrainingSeesItsAdversarysImages() {
    Progress vanilla = firstStep(Plans.of(Method.VANILLA, 12, 3, 0, 5));
    Progress adversarial = firstStep(Plans.of(Method.ADVERSARIAL, 12, 3, 0, 5));
    assertTrue(
        adversarial.crossEntropy() > vanilla.crossEntropy() + 0.01,
        adversarial.crossEntropy() + " against " + vanilla.crossEntropy());
  }

  /** The weights of a training are those of its batches, stepped at the schedule's rates. */
  @Test
  void trainingIsItsBatchesAtTheSchedulesRates() {
    Dataset train = Coded.of(36);
    TrainingPlan plan = Plans.of(Method.VANILLA, 12, 3, 0, 5);
    int steps = 3;
    Trainer.Settings settings =
        new Trainer.Settings(
            0, new Optimizer.Sgd(plan.momentum(), plan.weightDecay()), Optional.empty());
    SequencedMap<String, Tensor> initial = initial(plan.family(), plan.width(), plan.seed());
    Architecture network = new Architecture(plan.family(), plan.width(), train.shape(), 3);
    SequencedMap<String, Tensor> replayed;
    try (Trainer trainer = new Trainer(engine, network, Normalization.CIFAR10, initial, settings)) {
      for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
        BatchSource source = new BatchSource(train, plan, Optional.empty(), epoch);
        for (int b = 0; b < steps; b++) {
          var _ =
              trainer.step(
                  source.batch(b), oneCycle(0.02, (epoch - 1) * steps + b, plan.epochs() * steps));
        }
      }
      replayed = trainer.state().weights();
    }
    assertEquals(replayed, run(plan, train).tensors().getLast());
  }

  /** PyTorch's, written out: half a cosine up from a 25th, and half a cosine down. */
  private static double oneCycle(double peak, int step, int total) {
    double top = 0.3 * total - 1;
    double down = (step - top) / (total - 1 - top);
    return step <= top
        ? peak * (1 - 0.96 * (1 + Math.cos(Math.PI * step / top)) / 2)
        : peak * (4e-6 + (1 - 4e-6) * (1 + Math.cos(Math.PI * down)) / 2);
  }

  private static TrainingPlan rigd(
      SequencedMap<String, Tensor> teacher, double lambda, long seed, int epochs) {
    return rigd(Family.MLP, 16, teacher, lambda, seed, epochs);
  }

  private static TrainingPlan rigd(
      Family family,
      int width,
      SequencedMap<String, Tensor> teacher,
      double lambda,
      long seed,
      int epochs) {
    Architecture network = new Architecture(family, width, Coded.of(1).shape(), 3);
    Realization realization =
        new Realization.Rigd(
            "teacher",
            "0".repeat(64),
            on -> Classifier.of(on, network, Normalization.CIFAR10, teacher, Precision.EXACT));
    return Plans.of(
        family, width, Method.RIGD, Optional.of(realization), 12, 3, lambda, seed, epochs);
  }

  private static SequencedMap<String, Tensor> initial(Family family, int width, long seed) {
    return Initialization.of(new Architecture(family, width, Coded.of(1).shape(), 3), seed);
  }

  /** With batch norms too, since the aligned gradients are those of eval mode. */
  @ParameterizedTest
  @CsvSource({"MLP, 16", "RESNET18, 4"})
  void aStudentThatIsItsOwnTeacherHasNothingToLearnFromIt(Family family, int width) {
    TrainingPlan own = rigd(family, width, initial(family, width, 5), 0.4, 5, 1);
    assertEquals(0, firstStep(own).alignment(), 1e-5);
    TrainingPlan other = rigd(family, width, initial(family, width, 6), 0.4, 5, 1);
    assertTrue(firstStep(other).alignment() > 0.5);
  }

  private static List<Progress> steps(TrainingPlan plan) {
    List<Progress> steps = new ArrayList<>();
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public void step(Progress progress) {
            steps.add(progress);
          }
        };
    training(plan, Coded.of(36)).run(engine, new Kept()::keep, observer);
    return steps;
  }

  private static Progress firstStep(TrainingPlan plan) {
    return steps(plan).getFirst();
  }

  @Test
  void aStudentComesToLookWhereItsTeacherLooks() {
    SequencedMap<String, Tensor> teacher =
        run(Plans.of(Method.VANILLA), Coded.of(120)).tensors().getLast();
    List<EpochReport> reports = run(rigd(teacher, 0.4, 9, 4), Coded.of(120)).reports();
    assertTrue(
        reports.getLast().alignment() < 0.7 * reports.getFirst().alignment(), reports.toString());
    assertEquals(1, reports.getLast().cleanAccuracy());
  }

  @Test
  void keptWeightsAreThoseOfTheirEpoch() {
    List<SequencedMap<String, Tensor>> tensors =
        run(Plans.of(Method.VANILLA), Coded.of(36)).tensors();
    assertEquals(4, tensors.stream().distinct().count());
  }

  @Test
  void reportsEveryStep() {
    List<Progress> steps = steps(Plans.of(Method.VANILLA));
    assertEquals(12, steps.size());
    assertEquals(1 / 3.0, steps.getFirst().done(), 1e-12);
    assertEquals(1, steps.getLast().done());
    assertEquals(0, steps.getLast().secondsLeft(), 1e-9);
    assertTrue(steps.getFirst().secondsLeft() > 0);
  }

  @Test
  void accuracyCountsTheImagesThatWereSeen() {
    // Fewer images than a batch; all of them are soon classified correctly.
    List<EpochReport> reports =
        run(Plans.of(Method.VANILLA, 64, 3, 0, 5, 30), Coded.of(21)).reports();
    assertEquals(1, reports.getLast().cleanAccuracy());
    assertEquals(1, reports.getLast().trainAccuracy(), 1e-9);
  }

  @Test
  void cancelledTrainingKeepsOnlyWholeEpochs() {
    int[] asked = {0};
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public boolean isCancelled() {
            return asked[0]++ == 4; // three steps an epoch
          }
        };
    Kept kept = new Kept();
    assertFalse(training(Plans.of(Method.VANILLA), Coded.of(36)).run(engine, kept::keep, observer));
    assertEquals(1, kept.tensors().size());
  }

  @Test
  void cancelledWhileRepresentativesAreChosenItEndsWithoutAnyEpoch() {
    int[] asked = {0};
    TrainingObserver observer =
        new TrainingObserver() {
          @Override
          public boolean isCancelled() {
            return ++asked[0] == 5;
          }
        };
    Kept kept = new Kept();
    TrainingPlan plan =
        Plans.of(Method.CLASS_MEAN, Optional.of(new Realization.ClassMean()), 12, 2, 0.4, 3, 1);
    assertFalse(training(plan, Coded.of(36)).run(engine, kept::keep, observer));
    assertEquals(5, asked[0], "it was not asked any further");
    assertEquals(0, kept.tensors().size());
  }

  @Test
  void damagedImageEndsTheTrainingWithItsSentence() {
    Dataset damaged = new Coded(36, Coded.of(1).shape(), 20);
    Training training = training(Plans.of(Method.VANILLA), damaged);
    UserException thrown =
        assertThrows(UserException.class, () -> training.run(engine, new Kept()::keep, NOBODY));
    assertEquals("Image 20 is damaged.", thrown.getMessage());
  }
}
