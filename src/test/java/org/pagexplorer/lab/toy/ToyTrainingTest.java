package org.pagexplorer.lab.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.OneEngine;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.lab.toy.ToySetup.Scheme;

class ToyTrainingTest extends OneEngine {
  private static final ToySetup PAPER = ToySetup.paper();

  private static ToyTraining trained(ToySetup setup, Scheme scheme, int steps) {
    ToyTraining training = new ToyTraining(engine, setup, scheme, ToyProblem.of(setup));
    for (int i = 0; i < steps; i++) {
      training.step();
    }
    return training;
  }

  private static SequencedMap<String, Tensor> weights(ToySetup setup, Scheme scheme, int steps) {
    try (ToyTraining training = trained(setup, scheme, steps)) {
      return training.tensors();
    }
  }

  @Test
  void problemIsThePapers() {
    ToyProblem problem = ToyProblem.of(PAPER);
    assertEquals(6000, problem.train().size());
    assertEquals(600, problem.test().size());
    assertEquals(300, problem.test().count(1));
    assertNotEquals(problem.train().x1(0), problem.test().x1(0));
    assertEquals(problem.train(), ToyProblem.of(PAPER).train());
    assertNotEquals(problem.train(), ToyProblem.of(PAPER.withSeed(2)).train());
  }

  @ParameterizedTest
  @MethodSource("org.pagexplorer.domain.Method#ofPoints")
  void sameSeedGivesTheSameWeightsToTheBit(Method method) {
    Scheme scheme = new Scheme(method, 1);
    assertEquals(weights(PAPER, scheme, 9), weights(PAPER, scheme, 9));
    assertNotEquals(weights(PAPER, scheme, 9), weights(PAPER.withSeed(2), scheme, 9));
  }

  @Test
  void ownPointsAreMeasuredOnBothClassesHoweverTheyAreOrdered() {
    PointSet points = PointSet.EMPTY;
    for (int i = 0; i < 1400; i++) {
      points = points.with(i, i % 7, i % 2);
    }
    ToyProblem problem = ToyProblem.of(PAPER.withPoints(new Points.Own(points), 1));
    assertEquals(points, problem.train());
    assertTrue(problem.test().count(0) > 200 && problem.test().count(0) <= 300);
    assertEquals(problem.test().count(0), problem.test().count(1));
  }

  @Test
  void allSchemesBeginWithTheSameWeights() {
    assertEquals(
        weights(PAPER, PAPER.schemes().get(0), 0), weights(PAPER, PAPER.schemes().get(1), 0));
  }

  /** The two take different ways to the cross-entropy, so that only rounding may differ. */
  @Test
  void withoutLambdaNearestNeighborIsVanilla() {
    var vanilla = weights(PAPER, new Scheme(Method.VANILLA, 1), 20);
    var free = weights(PAPER, new Scheme(Method.NEAREST_NEIGHBOR, 0), 20);
    vanilla.forEach(
        (name, tensor) -> {
          float[] other = java.util.Objects.requireNonNull(free.get(name)).values();
          for (int i = 0; i < other.length; i++) {
            assertEquals(tensor.values()[i], other[i], 1e-4, name);
          }
        });
  }

  @Test
  void fewEpochsLearnTheLineAndTheAlignmentFalls() {
    Scheme scheme = new Scheme(Method.NEAREST_NEIGHBOR, 1);
    try (ToyTraining training = trained(PAPER, scheme, 1)) {
      double first = training.alignment();
      double crossEntropy = training.crossEntropy();
      while (training.epochs() < 20) {
        training.step();
      }
      assertEquals(47, training.stepsPerEpoch());
      assertTrue(training.crossEntropy() < crossEntropy / 2, "from " + crossEntropy);
      assertTrue(training.alignment() < first - 0.1, first + " → " + training.alignment());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "mlp-tanh", "mlp-sigmoid", "mlp-softplus"})
  void everyActivationLearns(String network) {
    Family activation = Family.of(network);
    ToySetup blobs =
        PAPER
            .withPoints(new Points.Drawn(org.pagexplorer.dataset.toy.PointShape.BLOBS), 20)
            .withActivation(activation);
    try (ToyTraining training = trained(blobs, new Scheme(Method.VANILLA, 0), 250);
        Classifier f = training.snapshot()) {
      ToyProblem problem = ToyProblem.of(blobs);
      ToyNumbers numbers = new ToyMeasures(problem).of(f, blobs.attack());
      assertTrue(numbers.clean() > 0.98, activation + " names " + numbers.clean());
    }
  }

  @Test
  void batchAndLearningRateChangeWithinATraining() {
    try (ToyTraining training = trained(PAPER, PAPER.schemes().get(0), 47)) {
      assertEquals(1, training.epochs());
      training.use(PAPER.withBatch(600).withLearningRate(0.001), PAPER.schemes().get(0));
      assertEquals(10, training.stepsPerEpoch());
      assertEquals(1, training.epochs());
      training.step();
      assertEquals(1.1, training.epochs(), 1e-9);
    }
  }

  /** f₁ − f₀ = 2(w·x + b), as a network of two units. */
  private static Classifier linear(double w1, double w2, double b) {
    ToySetup setup = PAPER.withHidden(2);
    float p = (float) w1;
    float q = (float) w2;
    float r = (float) b;
    SequencedMap<String, Tensor> tensors = new java.util.LinkedHashMap<>();
    tensors.put("fc1.weight", new Tensor(TensorShape.of(2, 2), new float[] {p, q, -p, -q}));
    tensors.put("fc1.bias", new Tensor(TensorShape.of(2), new float[] {r, -r}));
    tensors.put("fc2.weight", new Tensor(TensorShape.of(2, 2), new float[] {-1, 1, 1, -1}));
    tensors.put("fc2.bias", new Tensor(TensorShape.of(2), new float[] {0, 0}));
    return Classifier.of(
        engine, setup.architecture(), Normalization.identity(2), tensors, Precision.EXACT);
  }

  /** Everything that is measured has a closed form on a straight boundary. */
  @Test
  void numbersOfAStraightBoundaryAreItsGeometry() {
    PointSet points = PointSet.EMPTY;
    for (int i = 0; i < 20; i++) {
      points = points.with(-10 - i, 5 * (i % 3), 0).with(6 + i, 4 * (i % 4), 1);
    }
    ToySetup setup = PAPER.withPoints(new Points.Own(points), 8.5);
    ToyProblem problem = ToyProblem.of(setup);
    try (Classifier f = linear(1, 0, 0)) {
      ToyNumbers numbers = new ToyMeasures(problem).of(f, setup.attack());
      assertEquals(40, numbers.n());
      assertEquals(1, numbers.clean());
      double margin = 0;
      int survivors = 0;
      for (int i = 0; i < points.size(); i++) {
        double distance = Math.abs(points.x1(i));
        assertEquals(distance, numbers.margins()[i].distance(), 1e-2);
        margin += distance / points.size();
        survivors += distance > 8.5 ? 1 : 0;
      }
      assertEquals(margin, numbers.meanMargin(), 1e-2);
      assertEquals(survivors / 40.0, numbers.attacked(), 1e-9);
      assertEquals(0, numbers.zeroGradients());
    }
    // With x₁ < 20 the boundary lies among the points: wrong ones have a negative margin.
    try (Classifier f = linear(1, 0, -20)) {
      ToyNumbers numbers = new ToyMeasures(problem).of(f, setup.attack());
      assertTrue(numbers.clean() < 0.8, "clean " + numbers.clean());
      assertEquals(-14, numbers.margins()[1].distance(), 1e-2);
    }
  }

  @Test
  void anglesAndDirectionsOfTheLineAreItsGeometry() {
    ToyProblem problem = ToyProblem.of(PAPER);
    ToyMeasures measures = new ToyMeasures(problem);
    // Across the line: all gradients are perpendicular to (1, 2).
    try (Classifier across = linear(2, -1, 3)) {
      ToyNumbers numbers = measures.of(across, PAPER.attack());
      assertEquals(90, numbers.angle(), 1e-3);
      assertEquals(0.5, numbers.clean());
      assertEquals(0.5, numbers.onManifold());
      assertEquals(0, numbers.offManifold());
    }
    try (Classifier along = linear(1, 2, 0)) {
      ToyNumbers numbers = measures.of(along, PAPER.attack());
      assertEquals(0, numbers.angle(), 0.05);
      assertEquals(numbers.clean(), numbers.offManifold());
    }
  }

  @Test
  void pathsStayInTheBallAndDescendTowardTheirClass() {
    try (ToyTraining training = trained(PAPER, PAPER.schemes().get(1), 300);
        Classifier f = training.snapshot()) {
      List<Goal> goals = List.of(Goal.leave(1), Goal.reach(0), Goal.reach(1));
      List<AttackPath> paths = AttackPath.from(10, 20, f, goals, PAPER.attack());
      for (AttackPath path : paths) {
        assertEquals(11, path.size());
        assertEquals(10, path.iterates()[0]);
        assertEquals(20, path.iterates()[1]);
        for (int t = 0; t < path.size(); t++) {
          double away = Math.hypot(path.iterates()[2 * t] - 10, path.iterates()[2 * t + 1] - 20);
          assertTrue(away <= Math.min(15, 2 * t) * (1 + 1e-5) + 1e-5, "step " + t + ": " + away);
        }
      }
      AttackPath away = paths.get(0);
      assertTrue(away.losses()[10] > away.losses()[0], "untargeted ascends");
      assertTrue(paths.get(1).losses()[10] < paths.get(1).losses()[0], "targeted descends");
      // With two classes, away from one is toward the other.
      for (int i = 0; i < 22; i++) {
        assertEquals(away.iterates()[i], paths.get(1).iterates()[i], 1e-2);
      }
    }
  }

  @Test
  void studyTrainsEverySeedOnceAndCancels() {
    ToySetup brief = PAPER.withEpochs(1);
    List<Double> progress = new ArrayList<>();
    var observer =
        new SeedStudy.Observer() {
          @Override
          public void progress(double done) {
            progress.add(done);
          }
        };
    List<SeedStudy.Result> results =
        new SeedStudy(brief, List.of(4L, 3L), 2).run(observer).orElseThrow();
    assertEquals(List.of(0, 0, 1, 1), results.stream().map(SeedStudy.Result::scheme).toList());
    assertEquals(List.of(4L, 3L, 4L, 3L), results.stream().map(SeedStudy.Result::seed).toList());
    assertEquals(1, progress.getLast(), 1e-9);
    assertEquals(results, new SeedStudy(brief, List.of(4L, 3L), 1).run(observer).orElseThrow());
    var cancelling =
        new SeedStudy.Observer() {
          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    assertTrue(new SeedStudy(brief, List.of(1L), 1).run(cancelling).isEmpty());
  }

  @Test
  void spreadIsMeanAndSampleDeviation() {
    assertEquals(
        new SeedStudy.Spread(5, Math.sqrt(32.0 / 7)),
        SeedStudy.Spread.of(new double[] {2, 4, 4, 4, 5, 5, 7, 9}));
    assertEquals(0, SeedStudy.Spread.of(new double[] {3}).deviation());
  }
}
