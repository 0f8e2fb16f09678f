package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.pagexplorer.domain.UserException;

/** Vision transformers and ConvNeXts in their libraries' names give PyTorch's numbers. */
class ForeignTransformersTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void letPyTorchSaveThem() throws Exception {
    ForeignNetworks.save(folder, "foreign_models", "foreign_transformers");
  }

  @ParameterizedTest
  @CsvSource({
    "timm-vit, vit-d3h2p16, 64",
    "timm-vit-head, vit-d2h1p4, 32",
    "deit-distilled, vit-d2h2p8-distilled, 32",
    "deit3, vit-d2h1p16-scaled-unplaced, 48",
    "torchvision-vit, vit-d3h2p16, 64",
    "pag-vit, pag-vit-d7h12p4m384, 32",
    "pag-vit-averaged, pag-vit-d2h12p8m24-averaged, 32",
    "timm-convnext, convnext-1-2-3-1, 224",
    "facebook-convnext, convnext-1-1-2-1, 224",
    "torchvision-convnext, convnext-3-3-9-3, 224"
  })
  void namesAndShapesLeaveNoQuestion(String name, String id, int side) throws IOException {
    ForeignModel model = ForeignModel.read(folder.resolve(name + ".pt"));
    assertEquals(List.of(id), model.architectures().stream().map(a -> a.family().id()).toList());
    assertEquals(side, model.architectures().getFirst().input().height());
    ForeignNetworks.assertIsPyTorchs(
        folder, name, Family.of(id), id.startsWith("convnext") ? 64 : side);
  }

  @Test
  void headsThatNoShapeSaysAreAsked() throws IOException {
    ForeignModel model = ForeignModel.read(folder.resolve("small-vit.pt"));
    List<String> ids = model.architectures().stream().map(a -> a.family().id()).toList();
    assertTrue(ids.contains("vit-d2h3p4m96") && ids.contains("vit-d2h6p4m96"), ids.toString());
    ForeignNetworks.assertIsPyTorchs(folder, "small-vit", Family.of("vit-d2h3p4m96"), 32);
  }

  @Test
  void aTransformersImagesAreOfOneSize() {
    ForeignModel model = ForeignModel.read(folder.resolve("torchvision-vit.pt"));
    String sentence = assertThrows(UserException.class, () -> model.withInputSide(32)).getMessage();
    assertTrue(sentence.contains("cannot take images of 32 × 32 pixels"), sentence);
    assertTrue(sentence.contains("3×64×64"), sentence);
    Architecture same = model.withInputSide(64).architectures().getFirst();
    assertEquals(64, same.input().width());
  }
}
