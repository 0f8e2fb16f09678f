package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;

/** Residual networks of other depths, stems, shortcuts and names give PyTorch's numbers. */
class ForeignResNetsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void letPyTorchSaveThem() throws Exception {
    ForeignNetworks.save(folder, "foreign_models", "foreign_resnets");
  }

  @ParameterizedTest
  @CsvSource({
    "resnet101, 32",
    "resnet152, 32",
    "torchvision-resnet101, 64",
    "torchvision-resnet152, 64",
    "torchvision-wide-resnet50-2, 64",
    "torchvision-wide-resnet101-2, 64",
    "cifar-resnet20, 32",
    "cifar-resnet32, 32",
    "cifar-resnet44, 32",
    "cifar-resnet56, 32",
    "cifar-resnet110, 32",
    "cifar-resnet14-b, 32",
    "resnet18-pooled, 32",
    "resnet34-pooled, 32",
    "resnet50-pooled, 32",
    "preact-resnet34, 32",
    "preact-resnet34-bn, 32",
    "preact-resnet34-v2, 32",
    "preact-resnet34-v2-bn, 32",
    "preact-resnet50, 32",
    "preact-resnet50-bn, 32",
    "dm-preact-resnet34, 32",
    "dm-preact-resnet34-relu, 32",
    "wideresnet10, 32",
    "wideresnet16, 32",
    "wideresnet40, 32",
    "dm-wideresnet82, 32",
    "dm-wideresnet94, 32",
    "dm-wideresnet106, 32",
    "dm-wideresnet16-relu, 32"
  })
  void logitsAndGradientsAreThoseOfPyTorch(String id, int side) throws IOException {
    ForeignNetworks.assertIsPyTorchs(folder, id, Family.of(id), side);
  }

  @ParameterizedTest
  @CsvSource({
    "small-stem-18, resnet18",
    "small-stem-34, resnet34",
    "small-stem-50, resnet50",
    "head-fc, resnet18",
    "head-classifier, resnet18",
    "head-sequential, resnet18",
    "wei-18, resnet18",
    "wei-50, resnet50",
    "cifar-resnet56, cifar-resnet56",
    "torchvision-wide-resnet50-2, torchvision-wide-resnet50-2",
    "preact-resnet50, preact-resnet50"
  })
  void namesAndShapesLeaveNoQuestion(String name, String id) throws IOException {
    ForeignModel model = ForeignModel.read(folder.resolve(name + ".pt"));
    List<Family> families = model.architectures().stream().map(Architecture::family).toList();
    assertEquals(List.of(Family.of(id)), families);
    ForeignNetworks.assertIsPyTorchs(
        folder, name, Family.of(id), id.startsWith("torchvision") ? 64 : 32);
  }

  @Test
  void whatOtherNamesBecomeIsSaid() {
    ForeignModel model = ForeignModel.read(folder.resolve("small-stem-18.pt"));
    String remarks = String.join(" ", model.remarks());
    assertTrue(
        remarks.contains("\"layer2.0.downsample.0.weight\" \"layer2.0.shortcut.0.weight\""),
        remarks);
    assertTrue(remarks.contains("no pooling after its 3×3 stem"), remarks);
    assertFalse(remarks.contains("--"), "the window shows remarks too: " + remarks);
    assertTrue(remarks.contains("choose the architecture resnet18-pooled"), remarks);
    String fc = String.join(" ", ForeignModel.read(folder.resolve("head-fc.pt")).remarks());
    assertTrue(fc.contains("2 of its tensors have other names here"), fc);
    assertTrue(!fc.contains("pooling"), fc);
  }
}
