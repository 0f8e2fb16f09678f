package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.engine.TrainingBatch;

/** Every kind of layer can be trained on Eq. 1: a step's weights are PyTorch's. */
class ForeignStepsTest {
  private static final int[] LABELS = {3, 1, 4};
  private static final double RATE = 0.05;
  private static final double LAMBDA = 0.4;

  @TempDir private static Path folder;

  @BeforeAll
  static void letPyTorchTakeThem() throws Exception {
    ForeignNetworks.save(
        folder, "foreign_models", "foreign_cnns", "foreign_transformers", "foreign_steps");
  }

  @ParameterizedTest
  @CsvSource({
    "vit-step, vit-d2h1p8, 32",
    "deit-step, vit-d1h2p8-distilled, 32",
    "pag-vit-step, pag-vit-d2h12p4m48, 32",
    "convnext-step, convnext-1-1-1-1, 64",
    "cnn-step, cnn-c8k4s2p1-c16k4s2p1-l50, 32",
    "vgg-step, vgg11-h16-p2, 64"
  })
  void aStepOnTheGradientsOfGradientsIsPyTorchs(String name, String id, int side) {
    ForeignModel before = ForeignModel.read(folder.resolve(name + ".pt"));
    SequencedMap<String, Tensor> after =
        ForeignModel.read(folder.resolve(name + "-stepped.pt")).tensors();
    Architecture network = ForeignNetworks.architecture(before, Family.of(id), side);
    Trainer.Settings settings =
        new Trainer.Settings(LAMBDA, new Optimizer.Sgd(0, 0), Optional.empty());
    try (TorchEngine engine = TorchEngine.open("cpu");
        Trainer trainer =
            new Trainer(engine, network, Normalization.identity(3), before.tensors(), settings)) {
      var _ = trainer.step(batch(network), RATE);
      SequencedMap<String, Tensor> own = trainer.tensors();
      for (Map.Entry<String, Tensor> entry : own.entrySet()) {
        assertMoved(
            entry.getKey(),
            before.tensors().get(entry.getKey()).values(),
            after.get(entry.getKey()).values(),
            entry.getValue().values());
      }
      assertFalse(own.equals(before.tensors()));
    }
  }

  /** By as much as PyTorch moves it, but for 1 % where a ReLU stands at its kink. */
  private static void assertMoved(String name, float[] before, float[] expected, float[] actual) {
    double difference = 0;
    double way = 0;
    double size = 0;
    for (int i = 0; i < before.length; i++) {
      difference += Math.pow(expected[i] - actual[i], 2);
      way += Math.pow(expected[i] - before[i], 2);
      size += Math.pow(before[i], 2);
    }
    assertEquals(0, Math.sqrt(difference), 0.01 * Math.sqrt(way) + 1e-6 * Math.sqrt(size), name);
  }

  private static TrainingBatch batch(Architecture network) {
    List<Image> images = ForeignNetworks.images(network.input());
    int size = network.input().size();
    float[] pixels = new float[LABELS.length * size];
    for (int i = 0; i < LABELS.length; i++) {
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * size, size);
    }
    int[][] targets = new int[2][LABELS.length];
    float[][] directions = new float[2][pixels.length];
    for (int k = 0; k < 2; k++) {
      for (int i = 0; i < LABELS.length; i++) {
        targets[k][i] = (LABELS[i] + k) % 10;
      }
      for (int i = 0; i < pixels.length; i++) {
        directions[k][i] = (k + 1) * pixels[i] - 0.5f;
      }
    }
    return new TrainingBatch(pixels, LABELS, targets, directions);
  }
}
