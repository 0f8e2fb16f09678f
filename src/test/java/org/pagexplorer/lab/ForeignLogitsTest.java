package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Normalization;

/**
 * Every known network, saved by PyTorch in its two formats and under all kinds of prefixes, gives
 * PyTorch's logits; skipped where Python has no PyTorch.
 */
class ForeignLogitsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void letPyTorchSaveThem() throws Exception {
    ForeignNetworks.save(folder, "foreign_models");
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 32",
    "resnet34, 32",
    "resnet50, 32",
    "torchvision-resnet18, 64",
    "torchvision-resnet34, 48",
    "torchvision-resnet50, 64",
    "preact-resnet18, 32",
    "preact-resnet18-bn, 32",
    "preact-resnet18-v2, 32",
    "preact-resnet18-v2-bn, 32",
    "wideresnet28, 32",
    "wideresnet34, 32",
    "wideresnet70, 32",
    "dm-wideresnet28, 32",
    "dm-wideresnet28-relu, 32",
    "dm-wideresnet34, 32",
    "dm-wideresnet34-relu, 32",
    "dm-wideresnet70, 32",
    "dm-wideresnet70-relu, 32",
    "dm-preact-resnet18, 32",
    "dm-preact-resnet18-relu, 32"
  })
  void logitsAreThoseOfPyTorch(String id, int side) throws IOException {
    ForeignModel model = ForeignModel.read(folder.resolve(id + ".pt"));
    assertEquals(
        id.startsWith("dm-") || id.equals("resnet50"),
        model.normalization().equals(Optional.of(Normalization.CIFAR10)));
    ForeignNetworks.assertIsPyTorchs(folder, id, Family.of(id), side);
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
