package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.dataset.ImageNet;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UsualNormalization;
import org.pagexplorer.engine.Initialization;

/** Every command takes other people's files as they are, or says how it would. */
class ForeignFilesTest {
  private static final Architecture NETWORK = Architecture.resNet18(1, InputShape.CIFAR, 10);
  private static final SequencedMap<String, Tensor> WEIGHTS = Initialization.of(NETWORK, 3);

  @TempDir private Path folder;
  private Path data = Path.of("");

  @BeforeEach
  void writeData() {
    System.clearProperty("pag.home");
    data = Pag.dataset(folder.resolve("data"), 20);
  }

  /** With a normalizer and class names of its own. */
  private Path complete() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(WEIGHTS);
    tensors.put("normalizer.mean", rgb(0.1f));
    tensors.put("normalizer.std", rgb(0.5f));
    String classes = Pag.CLASSES.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    Path file = folder.resolve("theirs.safetensors");
    Safetensors.write(file, Map.of("classes", classes), tensors, Dtype.F32);
    return file;
  }

  private static Tensor rgb(float value) {
    return new Tensor(TensorShape.of(3), new float[] {value, value, value});
  }

  @Test
  void aFileThatLeavesNothingOpenIsTakenByEveryCommand() {
    Path file = complete();
    List<List<Object>> commands =
        List.of(
            List.of("attack", "--dataset", data, "--index", 0, "--steps", 1, "--model", file),
            List.of("evaluate", "--dataset", data, "--steps", 1, "--model", file),
            List.of(
                "align",
                "--dataset",
                data,
                "--limit",
                10,
                "--steps",
                1,
                "--model",
                file,
                "--teacher",
                file),
            List.of("export", "--out", folder.resolve("out.safetensors"), "--model", file),
            List.of(
                "figure",
                4,
                "--out",
                folder.resolve("f.png"),
                "--dataset",
                data,
                "--index",
                0,
                "--steps",
                1,
                "--models",
                file));
    for (List<Object> command : commands) {
      Pag pag = Pag.run(command.toArray());
      assertEquals(0, pag.code(), command.getFirst() + ": " + pag.err());
    }
    ModelCard card = CheckpointFiles.readCard(folder.resolve("out.safetensors"));
    assertEquals(Pag.CLASSES, card.classes());
    assertEquals(
        new Normalization(List.of(0.1, 0.1, 0.1), List.of(0.5, 0.5, 0.5)), card.normalization());
    Pag inspect = Pag.run("inspect", file);
    assertTrue(inspect.out().contains("Every --model takes it as it is"), inspect.out());
  }

  @Test
  void anyOtherIsToldTheOneCommandThatAnswersIt() throws IOException {
    Path file = Files.write(folder.resolve("my net.pth"), TorchSave.zip(WEIGHTS));
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("attack", "--dataset", data, "--index", 0, "--model", file),
            List.of("evaluate", "--dataset", data, "--model", file),
            List.of("align", "--dataset", data, "--model", file),
            List.of("export", "--out", folder.resolve("o.safetensors"), "--model", file),
            List.of("figure", 4, "--out", folder.resolve("f.png"), "--models", file))) {
      Pag pag = Pag.run(command.toArray());
      assertEquals(1, pag.code());
      String expected =
          "does not record its normalization and its class names: import it once with pag import '"
              + file
              + "' --normalization N --classes cifar10 --out 'my net.safetensors', where N is one"
              + " of none, ";
      assertTrue(pag.err().contains(expected), pag.err());
    }
    Pag answered =
        Pag.line(
            "import {} --normalization None --classes CIFAR10 --out {}",
            file,
            folder.resolve("my net.safetensors"));
    assertEquals(0, answered.code(), answered.err());
  }

  /** Student and teacher in a file that leaves nothing else open. */
  private Path pair() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, SequencedMap<String, Tensor>> sets = new LinkedHashMap<>();
    sets.put("student.", Initialization.of(NETWORK, 1));
    sets.put("teacher.", WEIGHTS);
    sets.forEach(
        (prefix, weights) -> {
          weights.forEach((name, tensor) -> tensors.put(prefix + name, tensor));
          tensors.put(prefix + "normalizer.mean", rgb(0.1f));
          tensors.put(prefix + "normalizer.std", rgb(0.5f));
        });
    String classes = Pag.CLASSES.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    Path file = folder.resolve("pair.safetensors");
    Safetensors.write(file, Map.of("classes", classes), tensors, Dtype.F32);
    return file;
  }

  @Test
  void everyCommandTakesTheWeightsThatAreAskedFor() throws IOException {
    Path file = pair();
    Path figure = folder.resolve("figure.png");
    Path model = folder.resolve("learned.safetensors");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("attack", "--dataset", data, "--index", 0, "--steps", 1, "--model", file),
            List.of("evaluate", "--dataset", data, "--steps", 1, "--limit", 1, "--model", file),
            List.of("align", "--dataset", data, "--limit", 1, "--steps", 1, "--model", file),
            List.of("export", "--model", file, "--out", folder.resolve("w.safetensors")),
            List.of(
                "figure",
                1,
                "--dataset",
                data,
                "--index",
                0,
                "--steps",
                1,
                "--models",
                file,
                "--out",
                figure),
            List.of(
                "train",
                "--method",
                "rigd",
                "--dataset",
                data,
                "--epochs",
                1,
                "--width",
                1,
                "--test-images",
                1,
                "--teacher",
                file,
                "--out",
                model))) {
      String name = String.valueOf(command.getFirst());
      List<Object> words = new ArrayList<>(command);
      words.addAll(List.of("--weights", "nobody"));
      Pag wrong = Pag.run(words.toArray());
      assertEquals(1, wrong.code(), name + wrong.err());
      assertTrue(wrong.err().contains("no weights under \"nobody\""), name + wrong.err());
      words.set(words.size() - 1, "teacher");
      Pag right = Pag.run(words.toArray());
      assertEquals(0, right.code(), name + right.err());
    }
    assertEquals(WEIGHTS, CheckpointFiles.read(folder.resolve("w.safetensors")).tensors());
    Path specification = folder.resolve("figure.png.json");
    assertTrue(Files.readString(specification).contains("\"weights\": \"teacher\""));
    byte[] drawn = Files.readAllBytes(figure);
    Pag again = Pag.run("figure", "--from", specification, "--out", figure);
    assertEquals(0, again.code(), again.err());
    assertArrayEquals(drawn, Files.readAllBytes(figure));
    assertTrue(Files.readString(specification).contains("\"weights\": \"teacher\""));
  }

  @Test
  void torchvisionsThousandClassesAreImageNets() throws IOException {
    Architecture network =
        new Architecture(Family.TORCHVISION_RESNET18, 1, new InputShape(3, 224, 224), 1000);
    Path file =
        Files.write(folder.resolve("resnet18.pth"), TorchSave.zip(Initialization.of(network, 1)));
    Path out = folder.resolve("resnet18.safetensors");
    Pag imported = Pag.run("import", file, "--out", out);
    assertEquals(0, imported.code(), imported.err());
    assertTrue(
        imported.out().contains("Taken for one of torchvision's of ImageNet"), imported.out());
    ModelCard card = CheckpointFiles.readCard(out);
    assertEquals(ImageNet.CLASSES, card.classes());
    assertEquals(UsualNormalization.IMAGENET.of(3).orElseThrow(), card.normalization());
    Pag exported = Pag.run("export", "--model", file, "--out", folder.resolve("e.safetensors"));
    assertEquals(0, exported.code(), exported.err());
    assertTrue(exported.err().contains("Taken for one of torchvision's"), exported.err());
    Pag other =
        Pag.line("import {} --out {} --force --normalization half --classes numbered", file, out);
    assertEquals(0, other.code(), other.err());
    assertFalse(other.out().contains("Taken for"), other.out());
    assertEquals("class 999", CheckpointFiles.readCard(out).classes().getLast());
  }

  @Test
  void anotherNormalizationThanTheFilesOwnIsAnErrorThatNamesBoth() {
    Path file = complete();
    Path out = folder.resolve("o.safetensors");
    Pag pag = Pag.run("import", file, "--out", out, "--normalization", "cifar10");
    assertEquals(1, pag.code());
    assertTrue(
        pag.err()
            .contains(
                "own normalization, mean 0.1000,0.1000,0.1000 and std 0.5000,0.5000,0.5000, but"
                    + " --normalization cifar10 specifies mean 0.4914,"),
        pag.err());
    assertFalse(Files.exists(out));
    Pag values = Pag.run("import", file, "--out", out, "--mean", "0,0,0", "--std", "1,1,1");
    assertTrue(values.err().contains("but --mean specifies mean 0.000,"), values.err());
    Pag same =
        Pag.run("import", file, "--out", out, "--mean", "0.1,0.1,0.1", "--std", "0.5,0.5,0.5004");
    assertEquals(0, same.code(), same.err());
  }

  @Test
  void anotherSetOfWeightsIsTakenByItsPlace() throws IOException {
    SequencedMap<String, Tensor> both = new LinkedHashMap<>();
    Initialization.of(NETWORK, 1).forEach((name, tensor) -> both.put("student." + name, tensor));
    WEIGHTS.forEach((name, tensor) -> both.put("teacher." + name, tensor));
    Path file = Files.write(folder.resolve("two.pth"), TorchSave.zip(both));
    Path out = folder.resolve("two.safetensors");
    Pag pag =
        Pag.line(
            "import {} --weights teacher --normalization none --classes cifar10 --out {}",
            file,
            out);
    assertEquals(0, pag.code(), pag.err());
    assertEquals(WEIGHTS, CheckpointFiles.read(out).tensors());
    assertEquals("teacher", CheckpointFiles.readCard(out).training().get("weights"));
    Pag inspect = Pag.run("inspect", file);
    assertTrue(inspect.out().contains("the likeliest first; --weights PATH takes another:"));
    assertTrue(inspect.out().contains("  teacher: ResNet-18, width 1, "), inspect.out());
    Pag attack = Pag.run("attack", "--model", file, "--weights", "teacher", "--index", 0);
    assertTrue(attack.err().contains(" --weights teacher --normalization N"), attack.err());
    Pag wrong = Pag.run("attack", "--model", file, "--weights", "nobody", "--index", 0);
    assertTrue(
        wrong.err().contains("no weights under \"nobody\"; it has \"student\""), wrong.err());
    Pag ours = Pag.run("attack", "--model", out, "--weights", "teacher", "--index", 0);
    assertTrue(ours.err().contains("one set of weights: omit --weights"), ours.err());
    assertEquals(
        List.of("student", "teacher"),
        Pag.run("inspect", file, "--json").json().getAsJsonArray("sets").asList().stream()
            .map(com.google.gson.JsonElement::getAsString)
            .toList());
  }

  @Test
  void classFilesOfWindowsAndOfJsonNameTheClasses() throws IOException {
    Path file = Files.write(folder.resolve("net.pth"), TorchSave.zip(WEIGHTS));
    String windows = "\ufeff" + String.join("\r\n", Pag.CLASSES) + "\r\n";
    Path names = Files.writeString(folder.resolve("names.txt"), windows);
    Path out = folder.resolve("net.safetensors");
    Pag pag =
        Pag.run("import", file, "--normalization", "none", "--classes-file", names, "--out", out);
    assertEquals(0, pag.code(), pag.err());
    assertEquals(Pag.CLASSES, CheckpointFiles.readCard(out).classes());
  }

  @Test
  void inspectListsWhatIsThereAndHowFarTheNearestNetworkIs() throws IOException {
    SequencedMap<String, Tensor> lstm = new LinkedHashMap<>();
    lstm.put("lstm.weight_ih", new Tensor(TensorShape.of(64), new float[64]));
    Path file = Files.write(folder.resolve("lstm.pth"), TorchSave.zip(lstm));
    Pag pag = Pag.run("inspect", file);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.out().contains("lstm.weight_ih  F32   [64]"), pag.out());
    assertTrue(pag.out().contains("The nearest known network, "), pag.out());
    assertTrue(pag.out().contains("1 of them of a shape that is here"), pag.out());
    assertFalse(pag.out().contains("convert"), pag.out());
    SequencedMap<String, Tensor> odd = new LinkedHashMap<>(WEIGHTS);
    odd.remove("layer3.1.conv2.weight");
    Pag near = Pag.run("inspect", Files.write(folder.resolve("odd.pth"), TorchSave.zip(odd)));
    assertTrue(near.out().contains("Missing tensors:\n  layer3.1.conv2.weight"), near.out());
    assertFalse(near.out().contains("convert"), near.out());
  }
}
