package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.UserException;

/** VGG and small CNNs give PyTorch's numbers; what their shapes leave open is asked. */
class ForeignCnnsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void letPyTorchSaveThem() throws Exception {
    ForeignNetworks.save(folder, "foreign_models", "foreign_cnns");
  }

  private static ForeignModel read(String name) {
    return ForeignModel.read(folder.resolve(name + ".pt"));
  }

  private static List<String> ids(ForeignModel model) {
    return model.architectures().stream().map(a -> a.family().id()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vgg11",
        "vgg13",
        "vgg16",
        "vgg19",
        "vgg11-bn",
        "vgg13-bn",
        "vgg16-bn",
        "vgg19-bn",
        "vgg13-h32"
      })
  void vggIsPyTorchs(String id) throws IOException {
    assertEquals(List.of(id), ids(read(id)));
    ForeignNetworks.assertIsPyTorchs(folder, id, Family.of(id), 32);
  }

  @ParameterizedTest
  @CsvSource({
    "vgg16-bn-h40-p7, vgg16-bn-h40-p7, 224",
    "vgg16-bn-of-64, vgg16-bn-h40-p7, 64",
    "vgg11-h40-p7, vgg11-h40-p7, 64"
  })
  void torchvisionsVggIsPyTorchsOfAnySize(String name, String id, int side) throws IOException {
    ForeignModel model = read(name);
    assertEquals(List.of(id), ids(model));
    assertEquals(224, model.architectures().getFirst().input().height());
    Architecture sized = ForeignNetworks.architecture(model, Family.of(id), side);
    // Of 224, PyTorch's own gradients in float32 are 1 % off float64's, whichever the image: among
    // 3 million ReLUs and poolings some stand at their kinks (of this random network without lifted
    // batch norms so many that they are 4 to 20 % off).
    ForeignNetworks.assertIsPyTorchs(folder, name, model, sized, side < 224 ? 0 : 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "certified, cnn-c8k4s2p1-c16k4s2p1-l50, 3, 32",
    "certified-wrapped, cnn-c8k4s2p1-c16k4s2p1-l50, 3, 32",
    "certified-gray, cnn-c8k4s2p1-c16k4s2p1-l50, 1, 28",
    "normed, cnn-c6k3s1p1nbm2-c8k3s1p1bm2, 3, 32"
  })
  void smallCnnsOfWhichOneIsUsualLeaveNoQuestion(String name, String id, int channels, int side)
      throws IOException {
    ForeignModel model = read(name);
    assertEquals(List.of(id), ids(model));
    Architecture architecture = model.architectures().getFirst();
    assertEquals(channels, architecture.input().channels());
    assertEquals(side, architecture.input().height());
    String remarks = String.join(" ", model.remarks());
    assertTrue(remarks.contains("choose another stride, padding, or input size"), remarks);
    assertFalse(remarks.contains("--"), "the window shows remarks too: " + remarks);
    ForeignNetworks.assertIsPyTorchs(folder, name, model, architecture);
  }

  @Test
  void stridesAndPaddingsThatShapesLeaveOpenAreAsked() throws IOException {
    ForeignModel tutorial = read("tutorial");
    assertEquals(
        List.of("cnn-c6k5s1p0m2-c16k5s1p0m2-l120-l84", "cnn-c6k5s2p0-c16k5s2p0-l120-l84"),
        ids(tutorial));
    assertEquals(
        "--stride 1,1 --padding 0,0, or --stride 2,2 --padding 0,0",
        ForeignModel.question(tutorial.architectures()));
    ForeignModel said = tutorial.withConvolutions(List.of(1), List.of());
    ForeignNetworks.assertIsPyTorchs(folder, "tutorial", said, said.architectures().getFirst());
    ForeignModel mnist = read("mnist");
    assertTrue(mnist.architectures().size() > 1, ids(mnist).toString());
    ForeignModel answered = mnist.withConvolutions(List.of(1, 1), List.of(0, 0));
    assertEquals(List.of("cnn-c8k3s1p0-c16k3s1p0m2-l32"), ids(answered).subList(0, 1));
    ForeignNetworks.assertIsPyTorchs(
        folder, "mnist", answered, answered.architectures().getFirst());
  }

  @Test
  void unusualStridesArePossibleWhereTheyFit() throws IOException {
    ForeignModel said = read("odd-strides").withConvolutions(List.of(3, 1), List.of(1, 1));
    assertEquals(List.of("cnn-c6k5s3p1-c8k3s1p1"), ids(said));
    ForeignNetworks.assertIsPyTorchs(folder, "odd-strides", said, said.architectures().getFirst());
  }

  @Test
  void answersThatDoNotFitAreRefusedInASentence() {
    ForeignModel model = read("certified");
    String sizes =
        assertThrows(
                UserException.class, () -> model.withConvolutions(List.of(3, 3), List.of(1, 1)))
            .getMessage();
    assertTrue(sizes.contains("1024 values that its first linear layer takes"), sizes);
    String count =
        assertThrows(UserException.class, () -> model.withConvolutions(List.of(2, 2, 2), List.of()))
            .getMessage();
    assertTrue(count.contains("one number for all of its 2 convolutions"), count);
    String other =
        assertThrows(
                UserException.class, () -> read("vgg11").withConvolutions(List.of(1), List.of()))
            .getMessage();
    assertTrue(other.contains("VGG-11") && other.contains("omit --stride"), other);
    String side = assertThrows(UserException.class, () -> model.withInputSide(8)).getMessage();
    assertTrue(side.contains("cannot take images of 8 × 8 pixels"), side);
  }
}
