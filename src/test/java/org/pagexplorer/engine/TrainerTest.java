package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.ThreatModel;

class TrainerTest extends OnEveryDevice {
  private static final Architecture MLP = Architecture.mlp(16, Given.SMALL, 3);
  private static final Architecture RESNET = Architecture.resNet18(4, Given.SMALL, 3);
  private static final AttackSpecification ADVERSARY =
      AttackSpecification.evaluation(new ThreatModel(Norm.L2, 0.2), 2, 0);

  private Trainer trainer(Architecture architecture, Trainer.Settings settings) {
    return new Trainer(
        engine, architecture, Given.NORMALIZATION, Initialization.of(architecture, 3), settings);
  }

  private static Trainer.Settings settings(Method method) {
    return new Trainer.Settings(
        method == Method.CLASS_MEAN ? 0.4 : 0,
        Alignment.USUAL,
        new Optimizer.Sgd(0.9, 1e-4),
        method == Method.ADVERSARIAL ? Optional.of(ADVERSARY) : Optional.empty(),
        false,
        method == Method.GRADIENT_NORM ? 0.004 : 0);
  }

  private static TrainingBatch batch(Method method, int n, long seed) {
    TrainingBatch colours = Given.colours(n, 0.1, seed);
    return method == Method.CLASS_MEAN ? Given.aligned(colours, 0, 1, 2) : colours;
  }

  @ParameterizedTest
  @EnumSource
  void fewStepsLearnASeparableTask(Method method) {
    for (Architecture architecture : List.of(MLP, RESNET)) {
      try (Trainer trainer = trainer(architecture, settings(method))) {
        Trainer.Losses first = trainer.step(batch(method, 24, 0), 0.03);
        Trainer.Losses last = first;
        for (int step = 1; step < 60; step++) {
          // a low rate at the end, so that batch norms' running statistics catch up
          last = trainer.step(batch(method, 24, step), step < 35 ? 0.03 : 0.003);
        }
        assertTrue(last.crossEntropy() < first.crossEntropy() / 2, first + " → " + last);
        assertTrue(
            method != Method.CLASS_MEAN || last.alignment() < first.alignment() - 0.1,
            architecture.description() + ": " + first + " → " + last);
        TrainingBatch test = Given.colours(60, 0.1, 1000);
        try (Classifier f = trainer.snapshot(Precision.EXACT)) {
          for (boolean right : new Evaluator(f).clean(Given.imagesOf(test), test.labels())) {
            assertTrue(right, architecture.description());
          }
        }
      }
    }
  }

  /**
   * bfloat16 has 8 bits, and 18 layers of 4 channels add up what that costs: PyTorch 1.13's
   * autocast turns the first layer's step as far (cosine 0.89 to 0.97), the last one's as little.
   */
  @ParameterizedTest
  @EnumSource(names = {"VANILLA", "CLASS_MEAN"})
  void mixedPrecisionTakesNearlyTheSameStep(Method method) {
    Trainer.Settings exact = settings(method);
    Trainer.Settings mixed =
        new Trainer.Settings(
            exact.lambda(), exact.alignment(), exact.optimizer(), exact.adversary(), true);
    TrainingBatch batch = batch(method, 24, 0);
    assertEquals(0.92, cosineOfSteps("conv1.weight", exact, mixed, batch), 0.07);
    assertEquals(0.995, cosineOfSteps("linear.weight", exact, mixed, batch), 0.00499999);
  }

  private double cosineOfSteps(
      String name, Trainer.Settings one, Trainer.Settings other, TrainingBatch batch) {
    float[] before = Initialization.of(RESNET, 3).get(name).values();
    float[] a = stepped(name, one, batch);
    float[] b = stepped(name, other, batch);
    double dot = 0;
    double normA = 0;
    double normB = 0;
    for (int i = 0; i < before.length; i++) {
      double moveA = a[i] - before[i];
      double moveB = b[i] - before[i];
      dot += moveA * moveB;
      normA += moveA * moveA;
      normB += moveB * moveB;
    }
    return dot / Math.sqrt(normA * normB);
  }

  private float[] stepped(String name, Trainer.Settings settings, TrainingBatch batch) {
    try (Trainer trainer = trainer(RESNET, settings)) {
      trainer.stepUnread(batch, 0.03);
      return trainer.tensors().get(name).values();
    }
  }

  /** Two steps, the second with momentum; what is left are rounding and n/(n − 1) of variances. */
  @Test
  void sharingTheForwardPassIsAsRepeatingEachImage() {
    for (Architecture architecture : List.of(MLP, RESNET)) {
      try (Trainer shared = trainer(architecture, settings(Method.CLASS_MEAN));
          Trainer repeated = trainer(architecture, settings(Method.CLASS_MEAN))) {
        for (int step = 0; step < 2; step++) {
          TrainingBatch batch = batch(Method.CLASS_MEAN, 12, step);
          Trainer.Losses ours = shared.step(batch, 0.03);
          Trainer.Losses reference = repeated.step(batch.repeated(), 0.03);
          assertEquals(reference.crossEntropy(), ours.crossEntropy(), 1e-4);
          assertEquals(reference.alignment(), ours.alignment(), 1e-3);
        }
        repeated
            .tensors()
            .forEach(
                (name, tensor) -> {
                  if (!name.endsWith("running_var")) {
                    assertArrayEquals(
                        tensor.values(), shared.tensors().get(name).values(), 1e-3f, name);
                  }
                });
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sameInputsGiveTheSameWeightsToTheBit(Method method) {
    assertEquals(trained(RESNET, method, 5), trained(RESNET, method, 5));
  }

  private java.util.SequencedMap<String, Tensor> trained(
      Architecture architecture, Method method, int steps) {
    try (Trainer trainer = trainer(architecture, settings(method))) {
      for (int step = 0; step < steps; step++) {
        trainer.step(batch(method, 12, step), 0.05);
      }
      return trainer.tensors();
    }
  }

  @Test
  void withoutLambdaTargetsChangeNothing() {
    for (Architecture architecture : List.of(MLP, RESNET)) {
      try (Trainer vanilla = trainer(architecture, settings(Method.VANILLA));
          Trainer targeted = trainer(architecture, settings(Method.VANILLA))) {
        for (int step = 0; step < 3; step++) {
          vanilla.step(batch(Method.VANILLA, 12, step), 0.05);
          targeted.step(batch(Method.CLASS_MEAN, 12, step), 0.05);
        }
        assertEquals(vanilla.tensors(), targeted.tensors());
      }
    }
  }

  @Test
  void reportedLossesAreThoseBeforeTheStep() {
    TrainingBatch batch = batch(Method.VANILLA, 30, 1);
    try (Trainer trainer = trainer(MLP, settings(Method.VANILLA));
        Classifier before = trainer.snapshot(Precision.EXACT)) {
      double crossEntropy = 0;
      int correct = 0;
      List<float[]> logits = before.logits(Given.imagesOf(batch));
      for (int i = 0; i < batch.size(); i++) {
        crossEntropy += crossEntropy(logits.get(i), batch.labels()[i]) / batch.size();
      }
      for (boolean right : new Evaluator(before).clean(Given.imagesOf(batch), batch.labels())) {
        correct += right ? 1 : 0;
      }
      Trainer.Losses losses = trainer.step(batch, 0.1);
      assertEquals(crossEntropy, losses.crossEntropy(), 1e-5);
      assertEquals(correct, losses.correct());
      assertEquals(0, losses.alignment());
    }
  }

  private static double crossEntropy(float[] logits, int label) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum) - logits[label];
  }

  @Test
  void batchNormsFollowTheBatchesAndTheirWeightsAreTrained() {
    var initial = Initialization.of(RESNET, 3);
    try (Trainer trainer = trainer(RESNET, settings(Method.VANILLA))) {
      trainer.step(batch(Method.VANILLA, 12, 1), 0.05);
      trainer.tensors().forEach((name, tensor) -> assertNotEquals(initial.get(name), tensor, name));
    }
  }

  @Test
  void snapshotDoesNotFollowLaterSteps() {
    TrainingBatch batch = batch(Method.VANILLA, 12, 1);
    try (Trainer trainer = trainer(RESNET, settings(Method.VANILLA));
        Classifier frozen = trainer.snapshot(Precision.EXACT)) {
      float[] before = frozen.logits(Given.imagesOf(batch)).getFirst();
      trainer.step(batch, 0.5);
      org.junit.jupiter.api.Assertions.assertArrayEquals(
          before, frozen.logits(Given.imagesOf(batch)).getFirst());
    }
  }

  @Test
  void adversaryMakesTheBatchHarder() {
    TrainingBatch batch = batch(Method.VANILLA, 30, 1);
    try (Trainer vanilla = trainer(MLP, settings(Method.VANILLA));
        Trainer adversarial = trainer(MLP, settings(Method.ADVERSARIAL))) {
      assertTrue(
          adversarial.step(batch, 0.01).crossEntropy()
              > vanilla.step(batch, 0.01).crossEntropy() + 0.01);
    }
  }

  @Test
  void adversarysRandomStartVariesOverTheSteps() {
    // With no learning rate and no batch norm, only the start can differ between two steps.
    TrainingBatch batch = batch(Method.VANILLA, 12, 1);
    try (Trainer trainer = trainer(MLP, settings(Method.ADVERSARIAL))) {
      assertNotEquals(trainer.step(batch, 0).crossEntropy(), trainer.step(batch, 0).crossEntropy());
    }
  }
}
