package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.ClearSystemProperty;
import org.pagexplorer.Python;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.pytorch.ProgramFiles;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UsualNormalization;
import org.pagexplorer.engine.Initialization;

/** From somebody's file to a model of ours and back. */
@ClearSystemProperty(key = "pag.user")
@ClearSystemProperty(key = "pag.home")
class ImportCommandTest {
  private static final SequencedMap<String, Tensor> WEIGHTS =
      Initialization.of(Architecture.resNet18(2, InputShape.CIFAR, 10), 3);

  @TempDir private Path folder;
  private Path file = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void writeOne() throws IOException {
    System.setProperty("pag.user", folder.resolve("user").toString());
    file = Files.write(folder.resolve("mine.pt"), TorchSave.zip(List.of("net"), WEIGHTS));
    out = folder.resolve("mine.safetensors");
  }

  @Test
  void asksForTheNormalizationAndShowsWhatEachWouldGive() {
    Pag pag = Pag.run("import", file, "--out", out);
    assertEquals(1, pag.code());
    assertTrue(pag.out().contains("Clean accuracy on 120 images of CIFAR-10 samples:"), pag.out());
    for (String id : UsualNormalization.ids(3)) {
      UsualNormalization usual = UsualNormalization.of(id);
      assertTrue(pag.out().contains("resnet18, " + usual.title()), pag.out());
    }
    assertTrue(pag.err().contains("specify --normalization none|cifar10|"), pag.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void asksForTheClassNames() {
    Pag pag = Pag.run("import", file, "--out", out, "--normalization", "none");
    assertEquals(1, pag.code());
    assertTrue(pag.err().contains("specify --classes cifar10|stl10|numbered"), pag.err());
  }

  @Test
  void aFullyAnsweredFileBecomesAModel() {
    Pag pag =
        Pag.line(
            "import {} --out {} --mean 0.1,0.2,0.3 --std 1,2,4 --classes stl10 --name {} --json",
            file,
            out,
            "Mine of today");
    assertEquals(0, pag.code(), pag.err());
    assertEquals("resnet18", pag.json().get("architecture").getAsString());
    assertEquals(120, pag.json().get("n").getAsInt());
    ModelCard card = CheckpointFiles.readCard(out);
    assertEquals("Mine of today", card.name());
    assertEquals("monkey", card.classes().get(7));
    assertEquals(
        new Normalization(List.of(0.1, 0.2, 0.3), List.of(1.0, 2.0, 4.0)), card.normalization());
    assertTrue(card.command().startsWith("pag import "), card.command());
    assertTrue(card.command().contains(" --name 'Mine of today' "), card.command());
    assertEquals(WEIGHTS, CheckpointFiles.read(out).tensors());
  }

  private Normalization imported(String mean, String std, String words) {
    Pag pag =
        Pag.line(
            "import {} --out {} --force --mean {} --std {} --classes cifar10",
            file,
            out,
            mean,
            std);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.err().contains(words), pag.err());
    assertEquals(words.isEmpty() ? 0 : 1, pag.err().lines().count(), pag.err());
    return CheckpointFiles.readCard(out).normalization();
  }

  @Test
  void aNormalizationOfPixelsTo255IsDividedAndSaid() {
    String said = "are of pixels in 0 to 255, so they were divided by 255: ";
    Normalization cifar =
        new Normalization(
            List.of(125.0 / 255, 123.0 / 255, 114.0 / 255),
            List.of(63.0 / 255, 62.0 / 255, 67.0 / 255));
    assertEquals(cifar, imported("125,123,114", "63,62,67", said + "0.4902,0.4824,0.4471"));
    assertEquals(cifar, imported("125/255,123/255,114/255", "63/255,62/255,67/255", ""));
    assertEquals(Normalization.identity(3), imported("0,0,0", "255,255,255", said));
    double level = 1 / 255.0;
    assertEquals(List.of(level, level, level), imported("103.5,116,123", "1,1,1", said).std());
  }

  @Test
  void aNormalizationOfTwoScalesIsRefused() {
    for (String[] mixed :
        new String[][] {
          {"125,123,114", "0.2,0.2,0.2"},
          {"0.5,0.5,0.5", "63,62,67"},
          {"300,0,0", "1,1,1"},
          {"2,2,2", "1,1,1"},
        }) {
      assertRefused("nor both of pixels in 0 to 255", "--mean", mixed[0], "--std", mixed[1]);
    }
    assertRefused(
        "Specify either --normalization", "--normalization", "none", "--mean", "0", "--std", "1");
  }

  @Test
  void whatCanBeAskedWithoutTheLongCheckIsAskedBeforeIt() throws IOException {
    Path elsewhere = folder.resolve("mine.onnx");
    Pag pag = Pag.run("import", file, "--out", elsewhere, "--normalization", "none");
    assertEquals(1, pag.code());
    assertTrue(pag.err().contains("A model is written as *.safetensors"), pag.err());
    assertFalse(pag.out().contains("Clean accuracy"), pag.out());
    Path program = folder.resolve("mine.torchscript");
    Pag weights = Pag.run("import", file, "--out", program, "--normalization", "none");
    assertTrue(weights.err().contains("The model is written as *.safetensors"), weights.err());
    assertFalse(weights.out().contains("Clean accuracy"), weights.out());
    Pag classes = Pag.run("import", file, "--out", out, "--normalization", "none");
    assertTrue(classes.err().contains("specify --classes"), classes.err());
    assertFalse(classes.out().contains("Clean accuracy"), classes.out());
  }

  @Test
  void aCheckThatCannotBeMadeIsSaid() {
    Pag pag =
        Pag.line(
            "import {} --out {} --normalization none --classes cifar10 --input-size 33", file, out);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.out().contains("Its accuracy was not checked: it takes 3×33×33"), pag.out());
  }

  @Test
  void imagesThatAreLargerThanTheModelsAreReducedForTheCheck() {
    Pag pag =
        Pag.line(
            "import {} --out {} --normalization none --classes cifar10 --input-size 31", file, out);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(
        pag.out().contains("Clean accuracy on 120 images of CIFAR-10 samples (resized):"),
        pag.out());
    assertTrue(pag.err().contains("Images of another size than the model's are resized"));
  }

  @Test
  void aModelsNameIsItsFilesWithoutTheEnding() throws IOException {
    Path dotted = Files.copy(file, folder.resolve("Wong2020Fast_eps0.5.pth.tar"));
    Pag pag =
        Pag.run("import", dotted, "--out", out, "--normalization", "none", "--classes", "cifar10");
    assertEquals(0, pag.code(), pag.err());
    assertEquals("Wong2020Fast_eps0.5", CheckpointFiles.readCard(out).name());
  }

  @Test
  void inspectSaysWhyACardOfOursCannotBeUsed() throws IOException {
    Path ours = Pag.model(folder.resolve("ours.safetensors"), 4);
    SequencedMap<String, String> metadata =
        new LinkedHashMap<>(Safetensors.readHeader(ours).metadata());
    metadata.put("std", "[0, 0, 0]");
    Path damaged = folder.resolve("damaged.safetensors");
    Safetensors.write(damaged, metadata, WEIGHTS, Dtype.F32);
    Pag pag = Pag.run("inspect", damaged);
    String reason = "It has a PAG Explorer card, but " + damaged + " cannot be used: mean must be";
    assertTrue(pag.out().contains(reason), pag.out());
    assertFalse(pag.out().contains("convert it with pag import"), pag.out());
    Pag foreign = Pag.run("inspect", file);
    assertTrue(
        foreign.out().contains("import it once with pag import " + file + " --normalization N"),
        foreign.out());
  }

  @Test
  void wrongAnswersAreOneSentence() {
    assertRefused("nknown normalization", "--normalization", "emnist");
    assertRefused("mnist is for images whose number of channels", "--normalization", "mnist");
    assertRefused("both --mean and --std", "--mean", "0,0,0");
    assertRefused("fits resnet18, not wideresnet28", "--architecture", "wideresnet28");
    assertRefused("nknown class names", "--normalization", "none", "--classes", "mnist");
    assertRefused("1000 class names do not", "--normalization", "none", "--classes", "imagenet");
    assertRefused("3 class names do not fit 10", "--normalization", "none", "--classes", "a,b,c");
    for (String twice : List.of("a,b,c,d,e,f,g,h,i,i", "a,,c,d,e,f,g,h,i,j")) {
      assertRefused("is empty or given twice", "--normalization", "none", "--classes", twice);
    }
    assertRefused("ean has 2 values", "--mean", "0,0", "--std", "1,1", "--classes", "cifar10");
  }

  private void assertRefused(String words, Object... options) {
    Object[] all = new Object[options.length + 4];
    all[0] = "import";
    all[1] = file;
    all[2] = "--out";
    all[3] = out;
    System.arraycopy(options, 0, all, 4, options.length);
    Pag pag = Pag.run(all);
    assertEquals(1, pag.code());
    assertTrue(pag.err().contains(words), pag.err());
    assertEquals(1, pag.err().lines().count(), pag.err());
  }

  @Test
  void inspectSaysWhichNetworkItIsAndWhatAnotherLacks() throws IOException {
    Pag pag = Pag.run("inspect", file);
    assertTrue(pag.out().contains("PyTorch zip archive"), pag.out());
    assertTrue(pag.out().contains("It is a ResNet-18, width 2 with 10 classes."), pag.out());
    SequencedMap<String, Tensor> odd = new LinkedHashMap<>(WEIGHTS);
    odd.remove("bn1.bias");
    Path oddFile = Files.write(folder.resolve("odd.pt"), TorchSave.legacy(odd));
    JsonObject json = Pag.run("inspect", oddFile, "--json").json();
    assertEquals(0, json.getAsJsonArray("networks").size());
    JsonObject nearest = json.getAsJsonObject("nearest");
    assertEquals("[\"bn1.bias\"]", nearest.get("missing").toString());
    assertTrue(Pag.run("inspect", oddFile).out().contains("Missing tensors:"), "no list");
  }

  @Test
  void anExportLoadsIntoThePyTorchClass() throws Exception {
    Path model = Pag.model(folder.resolve("ours.safetensors"), 4);
    Path exported = folder.resolve("theirs.safetensors");
    assertEquals(
        0, Pag.run("export", "--model", model, "--out", exported, "--prefix", "module.").code());
    assertEquals(
        WEIGHTS.keySet().stream().map(name -> "module." + name).toList(),
        List.copyOf(Safetensors.readHeader(exported).entries().keySet()));
    assumeTrue(Python.has("torch", folder), "there is no PyTorch for Python here");
    String nets =
        Files.readString(
            Path.of("src/test/resources/org/pagexplorer/lab/foreign_models.py"),
            StandardCharsets.UTF_8);
    String load =
        """

        import json, struct
        import numpy as np
        raw = open(sys.argv[2], "rb").read()
        n = struct.unpack("<Q", raw[:8])[0]
        header = json.loads(raw[8:8 + n])
        header.pop("__metadata__")
        state = {k: torch.from_numpy(np.frombuffer(
            raw[8 + n + e["data_offsets"][0]:8 + n + e["data_offsets"][1]],
            dtype="<f4").reshape(e["shape"]).copy()) for k, e in header.items()}
        net = nn.DataParallel(ResNet([2, 2, 2, 2], 2))
        print(net.load_state_dict(state, strict=True))
        """;
    String script = nets.substring(0, nets.indexOf("images = ")) + load;
    String printed = Python.run(script, folder, folder.toString(), exported.toString());
    assertEquals("<All keys matched successfully>", printed.strip());
  }

  /** A program whose logits are the means of the three channels. */
  private Path program() throws IOException {
    byte[] program =
        TorchSave.program(
            """
            class Net(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Net, x: Tensor) -> Tensor:
                if self.training:
                  x0 = torch.mul(x, 0)
                else:
                  x0 = x
                return torch.mean(x0, [2, 3])
            """);
    return Files.write(folder.resolve("program.pt"), program);
  }

  /** Its copy is the user's to replace and to delete, and on Windows has to be to get its card. */
  @Test
  void theCopyOfAReadOnlyProgramCanBeWritten() throws IOException {
    Path program = program();
    assertTrue(program.toFile().setReadOnly());
    Path imported = folder.resolve("copy.torchscript");
    ModelCard card =
        new ModelCard(
            "Means",
            new Architecture(Family.TORCHSCRIPT, 1, InputShape.CIFAR, 3),
            List.of("red", "green", "blue"),
            Normalization.identity(3),
            "imported",
            Map.of(),
            0,
            "",
            "",
            "a test",
            "",
            List.of());
    ProgramFiles.write(program, card, imported);
    assertEquals(card, ProgramFiles.readCard(imported));
    // Not isWritable, which root's files always are.
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    assertTrue(Files.getPosixFilePermissions(imported).contains(PosixFilePermission.OWNER_WRITE));
  }

  @Test
  void aProgramRunsOnlyWhenTrustedAndThenLikeAnyModel() throws IOException {
    Path program = program();
    Path imported = folder.resolve("means.torchscript");
    Object[] answers =
        Pag.words(
            "import {} --out {} --normalization half --classes red,green,blue", program, imported);
    Pag refused = Pag.run(answers);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("opening one runs its code"), refused.err());
    Object[] trusting = java.util.Arrays.copyOf(answers, answers.length + 1);
    trusting[answers.length] = "--trust";
    assertEquals(0, Pag.run(trusting).code());
    Path images = folder.resolve("images");
    Files.createDirectories(images);
    Path picture = picture(images.resolve("a.png"));
    Path grid = folder.resolve("grid.png");
    Pag attack =
        Pag.line(
            "attack --model {} --image {} --norm linf --epsilon 0.1 --steps 10 --targets green"
                + " --loss logit --out {} --json",
            imported,
            picture,
            grid);
    assertEquals(0, attack.code(), attack.err());
    JsonObject target =
        Pag.objects(Pag.objects(attack.json().get("images")).getFirst().get("targets")).getFirst();
    // Normalised by 0.5, the logit rises by 2 · 0.1 when every green pixel does.
    double before = target.get("before").getAsDouble();
    double after = target.get("after").getAsDouble();
    assertEquals(1 / 3.0, before, 1e-3);
    assertEquals(Math.exp(0.2) / (Math.exp(0.2) + 2), after, 1e-3);
    Path copy = Files.copy(imported, folder.resolve("copy.torchscript"));
    Files.write(copy, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
    Pag changed =
        Pag.run("attack", "--model", copy, "--image", picture, "--out", folder.resolve("x.png"));
    assertEquals(1, changed.code());
  }

  /** Gray, 32 × 32. */
  private static Path picture(Path file) throws IOException {
    var image = new java.awt.image.BufferedImage(32, 32, java.awt.image.BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, 0x808080);
    }
    javax.imageio.ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
