package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.TorchEngine;

class TrainedModelTest {
  private static final Coded TRAIN = Coded.of(36);
  private static final TrainingPlan PLAN = Plans.of(Method.CLASS_MEAN);

  @TempDir private Path folder;

  private final Training training = new Training(PLAN, TRAIN, Coded.of(30), Normalization.CIFAR10);
  private final SequencedMap<String, Tensor> tensors =
      Initialization.of(training.architecture(), 1);

  private TrainedModel model(Dtype dtype) {
    return new TrainedModel(PLAN, training, TRAIN, Normalization.CIFAR10, "", "pag train", dtype);
  }

  @Test
  void checkpointHoldsTheWeightsAndACardThatSaysHowTheyCameAbout() {
    Path file = folder.resolve("model.safetensors");
    List<Measurement> measured = List.of(new Measurement("clean", "coded", 0.5, 30));
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      assertTrue(training.run(engine, (weights, report) -> {}, new TrainingObserver() {}));
    }
    model(Dtype.F32).write(file, tensors, measured);
    Checkpoint read = CheckpointFiles.read(file);
    assertEquals(tensors, read.tensors());
    ModelCard card = read.card();
    assertEquals("Class Mean", card.name());
    assertEquals("class-mean", card.method());
    assertEquals(PLAN.seed(), card.seed());
    assertEquals(measured, card.measurements());
    assertEquals(64, card.datasetHash().length());
    PLAN.parameters().forEach((name, value) -> assertEquals(value, card.training().get(name)));
    assertEquals("36", card.training().get("images"));
    double scale = Double.parseDouble(card.training().get("mean-scale"));
    assertTrue(scale > 1 && scale < 1.1, "mean-scale " + scale);
  }

  @Test
  void againstL1ItIsMeasuredInL1Too() {
    TrainingPlan plan = Plans.within(Plans.of(Method.ADVERSARIAL), new ThreatModel(Norm.L1, 3));
    TrainedModel model =
        new TrainedModel(plan, training, TRAIN, Normalization.CIFAR10, "", "pag train", Dtype.F32);
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      List<Measurement> measured = model.measure(engine, tensors, Coded.of(12));
      assertEquals(
          List.of("clean", "L2 PGD-20", "L∞ PGD-20", "L1 PGD-20"),
          measured.stream().map(each -> each.attack().split(",", 2)[0]).toList());
      assertTrue(measured.getLast().attack().contains("ε = 3.0"), measured.getLast().attack());
    }
  }

  @Test
  void accuraciesAreThoseOfTheWeightsAsStored() {
    Path file = folder.resolve("model.safetensors");
    TrainedModel half = model(Dtype.F16);
    half.write(file, tensors, List.of());
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      List<Measurement> ofRounded = half.measure(engine, tensors, Coded.of(60));
      List<Measurement> ofRead =
          model(Dtype.F32).measure(engine, CheckpointFiles.read(file).tensors(), Coded.of(60));
      assertEquals(ofRead, ofRounded);
      assertEquals(
          List.of("clean", "L2 PGD-20, ε = 0.25, any iterate", "L∞ PGD-20, ε = 0.031, any iterate"),
          ofRounded.stream().map(Measurement::attack).toList());
      assertEquals(60, ofRounded.getFirst().n());
    }
  }
}
