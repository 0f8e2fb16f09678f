package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.ThreatModel;

/** A trainer that takes over another's state goes on as that one would have, to the bit. */
class TrainerResumeTest extends OnEveryDevice {
  private static final Architecture NETWORK =
      Architecture.resNet18(4, new InputShape(3, 16, 16), 3);
  private static final int N = 6;

  static Stream<Trainer.Settings> settings() {
    Optional<AttackSpecification> adversary =
        Optional.of(
            new AttackSpecification(
                new ThreatModel(Norm.L2, 0.5),
                2,
                0.5,
                StepRule.NORMALIZED,
                Loss.CROSS_ENTROPY,
                true,
                1,
                Keep.LAST,
                true,
                7));
    Optimizer sgd = new Optimizer.Sgd(0.9, 1e-3);
    return Stream.of(
        new Trainer.Settings(0, sgd, Optional.empty()),
        new Trainer.Settings(0.4, sgd, Optional.empty()),
        new Trainer.Settings(
            0.4,
            new Alignment(Alignment.Gradient.LOG_PROBABILITY, Alignment.Statistics.RUNNING),
            sgd,
            Optional.empty()),
        new Trainer.Settings(
            0.4,
            new Alignment(Alignment.Gradient.LOGIT, Alignment.Statistics.BATCH),
            sgd,
            Optional.empty()),
        new Trainer.Settings(0.4, Alignment.USUAL, sgd, Optional.empty(), true),
        new Trainer.Settings(0, sgd, adversary),
        new Trainer.Settings(0.4, sgd, adversary),
        new Trainer.Settings(0, Alignment.USUAL, sgd, Optional.empty(), false, 0.01),
        new Trainer.Settings(0, new Optimizer.Adam(), Optional.empty()));
  }

  private static TrainingBatch batch(int number, boolean aligned) {
    int size = N * NETWORK.input().size();
    float[] images = new float[size];
    float[] noise = Given.gaussian(size, 0.2, 100 + number);
    for (int i = 0; i < size; i++) {
      images[i] = Math.clamp(0.5f + noise[i], 0, 1);
    }
    int[] labels = {0, 1, 2, 0, 1, 2};
    return aligned
        ? new TrainingBatch(
            images, labels, new int[] {1}, new float[][] {Given.gaussian(size, 1, number)})
        : new TrainingBatch(images, labels, new int[0], new float[0][]);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void goesOnToTheBit(Trainer.Settings settings) {
    boolean aligned = settings.lambda() > 0;
    Trainer.State middle;
    Trainer.State end;
    try (Trainer trainer =
        new Trainer(engine, NETWORK, Given.NORMALIZATION, Given.tensors(NETWORK, 3), settings)) {
      for (int i = 0; i < 3; i++) {
        trainer.stepUnread(batch(i, aligned), 0.05);
      }
      middle = trainer.state();
      for (int i = 3; i < 6; i++) {
        trainer.stepUnread(batch(i, aligned), 0.05);
      }
      end = trainer.state();
    }
    try (Trainer resumed =
        Trainer.resumed(engine, NETWORK, Given.NORMALIZATION, middle, settings)) {
      assertEquals(middle, resumed.state());
      for (int i = 3; i < 6; i++) {
        resumed.stepUnread(batch(i, aligned), 0.05);
      }
      assertEquals(end, resumed.state());
    }
  }
}
