package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;

/** The shipped network against its definition, written out in plain Java. */
class ResNetReferenceTest extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(3, 16, 16);
  private static final Architecture ARCHITECTURE = Architecture.resNet18(3, SHAPE, 5);

  private final SequencedMap<String, Tensor> tensors = Given.tensors(ARCHITECTURE, 21);
  private final List<Image> images = Given.images(SHAPE, 4, 0, 1, 22);

  private static double[][][] normalised(Image image) {
    Normalization normalization = Given.NORMALIZATION;
    double[][][] x = new double[3][16][16];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 16; i++) {
        for (int j = 0; j < 16; j++) {
          double pixel = image.pixels()[(c * 16 + i) * 16 + j];
          x[c][i][j] = (pixel - normalization.mean().get(c)) / normalization.std().get(c);
        }
      }
    }
    return x;
  }

  @Test
  void logitsAreThoseOfTheDefinition() {
    PlainResNet18 plain = new PlainResNet18(tensors);
    try (Classifier f =
        Classifier.of(engine, ARCHITECTURE, Given.NORMALIZATION, tensors, Precision.EXACT)) {
      List<float[]> logits = f.logits(images);
      for (int n = 0; n < images.size(); n++) {
        double[] expected = plain.logits(normalised(images.get(n)));
        double scale = 0;
        for (double value : expected) {
          scale = Math.max(scale, Math.abs(value));
        }
        for (int c = 0; c < expected.length; c++) {
          assertEquals(expected[c], logits.get(n)[c], 1e-4 * scale, "image " + n + ", class " + c);
        }
      }
    }
  }

  /** 0.9 of the old and 0.1 of the batch's, with Bessel's correction, as PyTorch has it. */
  @Test
  void aTrainingStepMovesTheFirstRunningStatistics() {
    float[] pixels = Given.concatenated(images);
    TrainingBatch batch =
        new TrainingBatch(pixels, new int[] {0, 1, 2, 3}, new int[0], new float[0][]);
    Trainer.Settings settings =
        new Trainer.Settings(0, new Optimizer.Sgd(0.9, 0), Optional.empty());
    SequencedMap<String, Tensor> after;
    try (Trainer trainer =
        new Trainer(engine, ARCHITECTURE, Given.NORMALIZATION, tensors, settings)) {
      var _ = trainer.step(batch, 0.01);
      after = trainer.state().weights();
    }
    PlainResNet18 plain = new PlainResNet18(tensors);
    int n = images.size() * 16 * 16;
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double squares = 0;
      for (Image image : images) {
        for (double[] row : plain.convolved(normalised(image), "conv1", 1)[c]) {
          for (double value : row) {
            sum += value;
            squares += value * value;
          }
        }
      }
      double mean = sum / n;
      double variance = (squares - n * mean * mean) / (n - 1);
      assertMoved("bn1.running_mean", c, mean, after);
      assertMoved("bn1.running_var", c, variance, after);
    }
  }

  private void assertMoved(
      String name, int channel, double ofBatch, SequencedMap<String, Tensor> after) {
    double before = tensors.get(name).values()[channel];
    assertEquals(0.9 * before + 0.1 * ofBatch, after.get(name).values()[channel], 1e-4, name);
  }
}
