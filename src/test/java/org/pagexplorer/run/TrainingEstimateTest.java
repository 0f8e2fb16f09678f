package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.TorchEngine;

class TrainingEstimateTest {

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"RIGD", "FROM_FILE"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyMethodsStepsAreTimed(Method method) {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      TrainingEstimate estimate = TrainingEstimate.of(engine, Plans.of(method), Coded.of(60), 20);
      assertTrue(estimate.seconds() > 0 && estimate.seconds() < 600, estimate.toString());
    }
  }

  @Test
  void stepsWithGradientsFromAFileAreTimed(@TempDir Path folder) {
    Dataset data = Coded.of(60);
    Path file = folder.resolve("gradients.npy");
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      try (GroundTruth truth = new Realization.ClassMean().prepare(data, engine)) {
        assertTrue(
            new GradientWriter(file, data, Dtype.F32)
                .write(truth, Alignment.Gradient.LOGIT, more -> {}));
      }
      TrainingPlan plan =
          Plans.of(
              Method.FROM_FILE, Optional.of(Realization.FromFile.of(file, data)), 12, 3, 0.4, 5, 2);
      TrainingEstimate estimate = TrainingEstimate.of(engine, plan, data, 20);
      assertTrue(estimate.seconds() > 0 && estimate.seconds() < 600, estimate.toString());
    }
  }

  /** The same steps, a thousand times as many epochs; a machine's mood is not a factor of ten. */
  @Test
  void secondsAreThoseOfAllEpochs() {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      double few = seconds(engine, 1);
      double many = seconds(engine, 100_001);
      assertTrue(many > 20 * few && few < 60, few + " and " + many);
    }
  }

  private static double seconds(TorchEngine engine, int epochs) {
    TrainingPlan plan = Plans.of(Method.VANILLA, 12, 3, 0, 5, epochs);
    return TrainingEstimate.of(engine, plan, Coded.of(60), 20).seconds();
  }

  /** Counted by hand: 5 steps, the accuracy on 100 images and the probe each epoch, the attacks. */
  @Test
  void whatSurroundsTheStepsIsCounted() {
    TrainingPlan network =
        Plans.of(Family.RESNET18, 2, Method.VANILLA, Optional.empty(), 12, 3, 0, 5, 2);
    double clean = 100 * 0.3 / 3;
    double probe = 3 * 20 * 0.3;
    double attacks = 100 * 40 * 0.35 * 0.3;
    assertEquals(
        4 + 60 * 0.01 + 2 * (5 * 0.2 + clean + probe) + clean + attacks,
        new TrainingEstimate.Cost(0.2, 0.01, 0.3).seconds(network, Coded.of(60), 100),
        1e-9);
    TrainingPlan points = Plans.of(Method.VANILLA, 12, 3, 0, 5, 2);
    assertEquals(
        4 + 60 * 0.01 + 2 * (5 * 0.2 + clean) + clean + attacks,
        new TrainingEstimate.Cost(0.2, 0.01, 0.3).seconds(points, Coded.of(60), 100),
        1e-9,
        "without a probe");
  }

  @Test
  void memoryIsCountedAlsoWhereOthersHaveLeftSome() throws InterruptedException {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      TrainingPlan plan =
          Plans.of(Family.RESNET18, 8, Method.VANILLA, Optional.empty(), 64, 3, 0, 5, 1);
      Dataset data = new Coded(200, new InputShape(3, 32, 32), -1);
      double first = bytes(engine, plan, data);
      Thread.sleep(1100); // pages are given back once a second
      double second = bytes(engine, plan, data);
      assertTrue(second > first / 4, first + " and then " + second + " bytes");
    }
  }

  private static double bytes(TorchEngine engine, TrainingPlan plan, Dataset data) {
    OptionalLong bytes = TrainingEstimate.of(engine, plan, data, 20).bytes();
    assumeTrue(bytes.isPresent(), "the system does not say how much memory a process has");
    return bytes.getAsLong();
  }

  /** A training's end takes as long as many of its steps. */
  @Test
  void testImagesTakeTime() {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      TrainingPlan plan = Plans.of(Method.VANILLA, 12, 3, 0, 5, 1);
      double few = TrainingEstimate.of(engine, plan, Coded.of(60), 1).seconds();
      double many = TrainingEstimate.of(engine, plan, Coded.of(60), 10_000_000).seconds();
      assertTrue(many > 5 * few, few + " and " + many);
    }
  }

  @Test
  void aTeacherIsLoadedOnceAndAsked() {
    Dataset train = Coded.of(60);
    Architecture network = new Architecture(Family.MLP, 16, train.shape(), train.classes().size());
    AtomicInteger loaded = new AtomicInteger();
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      for (boolean answers : new boolean[] {true, false}) {
        Realization rigd =
            new Realization.Rigd(
                "teacher",
                "0".repeat(64),
                on -> {
                  loaded.incrementAndGet();
                  Classifier teacher =
                      Classifier.of(
                          on,
                          network,
                          Normalization.CIFAR10,
                          Initialization.of(network, 3),
                          Precision.EXACT);
                  if (!answers) {
                    teacher.close(); // whoever asks it fails
                  }
                  return teacher;
                });
        TrainingPlan plan = Plans.of(Method.RIGD, Optional.of(rigd), 12, 3, 0.4, 5, 4);
        if (answers) {
          assertTrue(TrainingEstimate.of(engine, plan, train, 20).seconds() > 0);
          assertEquals(1, loaded.get());
        } else {
          assertThrows(RuntimeException.class, () -> TrainingEstimate.of(engine, plan, train, 20));
        }
      }
    }
  }
}
