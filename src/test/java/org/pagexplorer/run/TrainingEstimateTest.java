package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.TorchEngine;

class TrainingEstimateTest {

  @ParameterizedTest
  @EnumSource(value = Method.class, names = "RIGD", mode = EnumSource.Mode.EXCLUDE)
  void everyMethodsStepsAreTimed(Method method) {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      TrainingEstimate estimate = TrainingEstimate.of(engine, Plans.of(method), Coded.of(60));
      assertTrue(estimate.seconds() > 0 && estimate.seconds() < 600, estimate.toString());
    }
  }

  /** The same steps, a thousand times as many epochs; a machine's mood is not a factor of ten. */
  @Test
  void secondsAreThoseOfAllEpochs() {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      double few = seconds(engine, 1);
      double many = seconds(engine, 1000);
      assertTrue(many > 100 * few && many < 10_000 * few, few + " and " + many);
    }
  }

  private static double seconds(TorchEngine engine, int epochs) {
    TrainingPlan plan = Plans.of(Method.VANILLA, 12, 3, 0, 5, epochs);
    return TrainingEstimate.of(engine, plan, Coded.of(60)).seconds();
  }

  @Test
  void aTeacherIsLoadedAndAsked() {
    Dataset train = Coded.of(60);
    Architecture network = new Architecture(Family.MLP, 16, train.shape(), train.classes().size());
    AtomicInteger loaded = new AtomicInteger();
    Realization rigd =
        new Realization.Rigd(
            "teacher",
            "0".repeat(64),
            on -> {
              loaded.incrementAndGet();
              return Classifier.of(
                  on,
                  network,
                  Normalization.CIFAR10,
                  Initialization.of(network, 3),
                  Precision.EXACT);
            });
    TrainingPlan plan = Plans.of(Method.RIGD, Optional.of(rigd), 12, 3, 0.4, 5, 4);
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      assertTrue(TrainingEstimate.of(engine, plan, train).seconds() > 0);
    }
    assertEquals(1, loaded.get());
  }
}
