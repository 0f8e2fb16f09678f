package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.pagexplorer.Python;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;

/**
 * Every known network, saved by PyTorch in its two formats and under all kinds of prefixes, gives
 * PyTorch's logits; skipped where Python has no PyTorch.
 */
class ForeignLogitsTest {
  private static final int IMAGES = 3;
  private static final float[] PIXELS = pixels();

  @TempDir private static Path folder;

  private static float[] pixels() {
    SplittableRandom random = new SplittableRandom(5);
    float[] pixels = new float[IMAGES * InputShape.CIFAR.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble();
    }
    return pixels;
  }

  @BeforeAll
  static void letPyTorchSaveThem() throws Exception {
    assumeTrue(Python.has("torch, numpy", folder), "there is no PyTorch for Python here");
    Python.write(folder.resolve("images.f32"), PIXELS);
    try (InputStream script = ForeignLogitsTest.class.getResourceAsStream("foreign_models.py")) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals("", Python.run(text, folder, folder.toString()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"MLP", "MLP_TANH", "MLP_SIGMOID", "MLP_SOFTPLUS", "TORCHSCRIPT"})
  void logitsAreThoseOfPyTorch(Family family) throws IOException {
    ForeignModel model = ForeignModel.read(folder.resolve(family.id() + ".pt"));
    Architecture found =
        model.architectures().stream().filter(a -> a.family() == family).findFirst().orElseThrow();
    int side = side(family);
    Architecture architecture =
        new Architecture(family, found.width(), new InputShape(3, side, side), found.classes());
    Normalization normalization = model.normalization().orElse(Normalization.identity(3));
    assertEquals(
        family.id().startsWith("dm-") || family == Family.RESNET50,
        normalization.equals(Normalization.CIFAR10));
    float[] expected = Python.read(folder.resolve(family.id() + ".logits.f32"));
    try (TorchEngine engine = TorchEngine.open("cpu");
        Classifier f =
            Classifier.of(engine, architecture, normalization, model.tensors(), Precision.EXACT)) {
      List<float[]> logits = f.logits(images(side));
      for (int i = 0; i < IMAGES; i++) {
        for (int c = 0; c < architecture.classes(); c++) {
          float reference = expected[i * architecture.classes() + c];
          assertEquals(reference, logits.get(i)[c], 1e-4 * Math.max(1, Math.abs(reference)));
        }
      }
      assertFalse(Arrays.equals(logits.get(0), logits.get(1)));
    }
  }

  private static int side(Family family) {
    return switch (family) {
      case TORCHVISION_RESNET18, TORCHVISION_RESNET50 -> 64;
      case TORCHVISION_RESNET34 -> 48;
      default -> 32;
    };
  }

  /** Enlarged by the nearest pixel, as {@code interpolate} does it. */
  private static List<Image> images(int side) {
    List<Image> images = new ArrayList<>();
    for (int n = 0; n < IMAGES; n++) {
      float[] pixels = new float[3 * side * side];
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            pixels[(c * side + y) * side + x] =
                PIXELS[((n * 3 + c) * 32 + y * 32 / side) * 32 + x * 32 / side];
          }
        }
      }
      images.add(new Image(new InputShape(3, side, side), pixels));
    }
    return images;
  }

  @Test
  void saysWhatItLeftOut() {
    String training = String.join(" ", ForeignModel.read(folder.resolve("resnet18.pt")).remarks());
    assertTrue(training.contains("under \"state_dict\""), training);
    assertTrue(training.contains("62 tensors under \"optimizer\""), training);
    assertTrue(training.contains("counters (num_batches_tracked)"), training);
    String madry = String.join(" ", ForeignModel.read(folder.resolve("resnet50.pt")).remarks());
    assertTrue(madry.contains("begin with \"module.model.\""), madry);
    assertTrue(madry.contains("other tensors"), madry);
    String noBias =
        String.join(" ", ForeignModel.read(folder.resolve("wideresnet70.pt")).remarks());
    assertTrue(noBias.contains("no fc.bias"), noBias);
  }

  @Test
  void leavesTheChoiceThatNamesAndShapesLeave() {
    ForeignModel model = ForeignModel.read(folder.resolve("preact-resnet18.pt"));
    assertEquals(
        List.of(Family.PREACT_RESNET18, Family.PREACT_RESNET18_V2),
        model.architectures().stream().map(Architecture::family).toList());
  }
}
