package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.KeptProperties;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.engine.Initialization;

/** What {@code pag import} asks of networks that names and shapes do not settle. */
class ImportNetworksTest {
  @TempDir private Path folder;
  @RegisterExtension final KeptProperties kept = new KeptProperties("pag.user", "pag.home");

  @BeforeEach
  void useAFolderOfOurOwn() {
    System.setProperty("pag.user", folder.resolve("user").toString());
    System.clearProperty("pag.home");
  }

  private Path saved(String id, int width, InputShape input) throws IOException {
    Architecture network = new Architecture(Family.of(id), width, input, 10);
    return Files.write(folder.resolve(id + ".pt"), TorchSave.zip(Initialization.of(network, 1)));
  }

  private ModelCard imported(Path out) {
    return CheckpointFiles.read(out).card();
  }

  @Test
  void stridesAndPaddingsAreAskedAndAnswered() throws IOException {
    Path file = saved("cnn-c4k5s1p0m2-c8k5s1p0m2-l20", 1, InputShape.CIFAR);
    Path out = folder.resolve("out.safetensors");
    Pag asked =
        Pag.run("import", file, "--out", out, "--normalization", "none", "--classes", "cifar10");
    assertEquals(1, asked.code(), asked.err());
    assertTrue(
        asked.err().contains("specify --stride 1,1 --padding 0,0, or --stride 2,2 --padding 0,0"),
        asked.err());
    Pag answered =
        Pag.line(
            "import {} --out {} --normalization none --classes cifar10 --stride 2,2 --padding 0",
            file,
            out);
    assertEquals(0, answered.code(), answered.err());
    assertEquals("cnn-c4k5s2p0-c8k5s2p0-l20", imported(out).architecture().family().id());
    Pag attacked =
        Pag.line("attack --model {} --image {} --untargeted --steps 1 --json", out, picture());
    assertEquals(0, attacked.code(), attacked.err());
  }

  private Path picture() throws IOException {
    java.awt.image.BufferedImage picture =
        new java.awt.image.BufferedImage(40, 40, java.awt.image.BufferedImage.TYPE_INT_RGB);
    Path file = folder.resolve("picture.png");
    javax.imageio.ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  @Test
  void aNetworkThatIsLessLikelyIsTakenIfTheUserSaysSo() throws IOException {
    Path file = saved("resnet18", 2, InputShape.CIFAR);
    Path out = folder.resolve("out.safetensors");
    Pag pooled =
        Pag.line(
            "import {} --out {} --normalization none --classes cifar10 --architecture"
                + " resnet18-pooled",
            file,
            out);
    assertEquals(0, pooled.code(), pooled.err());
    assertEquals(Family.RESNET18_POOLED, imported(out).architecture().family());
  }

  @Test
  void aModelOfGrayImagesSaysSo() throws IOException {
    Path file = saved("resnet18", 2, new InputShape(1, 28, 28));
    Path out = folder.resolve("out.safetensors");
    Pag asked = Pag.run("import", file, "--out", out, "--classes", "numbered");
    assertTrue(asked.err().contains("--normalization none|mnist|fashion-mnist|half"), asked.err());
    Pag pag =
        Pag.run("import", file, "--out", out, "--normalization", "mnist", "--classes", "numbered");
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.out().contains("1×28×28, 10 classes"), pag.out());
    ModelCard card = imported(out);
    assertEquals(new InputShape(1, 28, 28), card.architecture().input());
    assertEquals(List.of(0.1307), card.normalization().mean());
  }

  @Test
  void aTransformersWidthIsCheckedBeforeItIsTrained() {
    Pag pag =
        Pag.line(
            "train --method vanilla --architecture vit-d2h3p8 --width 64 --dataset {} --out {}",
            Pag.dataset(folder.resolve("images"), 40),
            folder.resolve("m.safetensors"));
    assertEquals(1, pag.code(), pag.err());
    assertTrue(pag.err().contains("3 heads do not divide 64 features"), pag.err());
    assertTrue(pag.err().contains("choose another --architecture or --width"), pag.err());
  }
}
