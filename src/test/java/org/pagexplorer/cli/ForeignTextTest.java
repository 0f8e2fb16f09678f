package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Tensor;

/** Names of files' own that a terminal would obey, or that would hide what stands there. */
class ForeignTextTest {
  private static final String EVIL = "\u001b[31mred\u202eder\n\u009b2J";
  private static final String SHOWN = "\\u001b[31mred\\u202eder \\u009b2J";

  @TempDir static Path folder;
  private static Path models;
  private static Path model;

  @BeforeAll
  static void writeModel() throws Exception {
    models = Files.createDirectories(folder.resolve("models"));
    model = models.resolve("evil.safetensors");
    List<String> classes = new ArrayList<>(Pag.CLASSES);
    classes.set(3, EVIL);
    Pag.model(model, 1, Architecture.resNet18(1, InputShape.CIFAR, 10), classes);
    SequencedMap<String, Tensor> tensors = CheckpointFiles.read(model).tensors();
    Map<String, String> card = new LinkedHashMap<>(Safetensors.readHeader(model).metadata());
    for (String key : List.of("name", "method", "dataset", "software", "command", EVIL)) {
      card.put(key, EVIL);
    }
    card.put("training", "{\"" + "\\u001b]0;x\\u0007" + "\":\"\\u202e\"}");
    Safetensors.write(model, card, tensors, Dtype.F32);
  }

  /** All that was printed, once it is known to be harmless. */
  private static String printed(Pag pag) {
    String all = pag.out() + pag.err();
    all.chars()
        .forEach(
            c ->
                assertTrue(
                    c == '\n' || !Character.isISOControl(c) && Character.getType(c) != 16, all));
    return all;
  }

  @Test
  void modelsListsTheCardWithoutObeyingIt() {
    Pag pag = Pag.run("models", "--models", models);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(printed(pag).startsWith(SHOWN + "  "), pag.out());
    assertTrue(pag.out().contains("bird, " + SHOWN + ", deer"), pag.out());
    assertTrue(pag.out().contains("command   " + SHOWN + "\n"), pag.out());
    assertTrue(pag.out().contains("\\u001b]0;x\\u0007 \\u202e"), pag.out());
  }

  @Test
  void inspectShowsTheMetadataWithoutObeyingIt() {
    Pag pag = Pag.run("inspect", model);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(printed(pag).contains("  name: " + SHOWN + "\n"), pag.out());
    assertTrue(pag.out().contains("  " + SHOWN + ": " + SHOWN + "\n"), pag.out());
  }

  @Test
  void jsonKeepsWhatItSaysInHarmlessLetters() {
    Pag pag = Pag.run("inspect", model, "--json");
    printed(pag);
    assertEquals(EVIL, pag.json().getAsJsonObject("metadata").get("name").getAsString());
    printed(Pag.run("models", "--models", models, "--json"));
  }

  @Test
  void tensorsNamesAndErrorsAreHarmless() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(EVIL, new Tensor(org.pagexplorer.domain.TensorShape.of(1), new float[1]));
    Path file = models.resolve("tensors.safetensors");
    Safetensors.write(file, Map.of(), tensors, Dtype.F32);
    assertTrue(printed(Pag.run("inspect", file)).contains("  " + SHOWN + "  F32"));
    Pag refused = Pag.run("import", file, "--out", folder.resolve("i.safetensors"));
    assertEquals(1, refused.code());
    assertTrue(printed(refused).contains("\"" + SHOWN + "\""), refused.err());
  }

  @Test
  void aSentenceThatQuotesTheCardIsHarmless() {
    Path other = Pag.model(folder.resolve("other.safetensors"), 2);
    Pag pag = Pag.run("attack", "--model", model, other, "--index", 0);
    assertEquals(1, pag.code());
    assertTrue(printed(pag).contains("knows the classes airplane"), pag.err());
    assertTrue(pag.err().contains("bird, " + SHOWN + ", deer"), pag.err());
    assertEquals(1, pag.err().lines().count(), pag.err());
  }

  @Test
  void filesNamesAreHarmless() {
    Pag pag = Pag.run("inspect", folder.resolve("no\u001b[2J.pt"));
    assertEquals(1, pag.code());
    assertTrue(printed(pag).contains("no\\u001b[2J.pt"), pag.err());
    assertEquals(2, Pag.run("inspect", "x", "\u001b[2J").code());
    printed(Pag.run("inspect", "x", "\u001b[2J"));
  }

  @Test
  void classesOfADataSetAreReadPrintable() throws Exception {
    Path data = Pag.dataset(folder.resolve("data"), 12);
    List<String> names = new ArrayList<>(Pag.CLASSES);
    names.set(0, "\u001b[31mair\u202e");
    Files.write(data.resolve("batches.meta.txt"), names);
    assertEquals("\\u001b[31mair\\u202e", Datasets.open(data, Split.TEST).classes().getFirst());
  }

  @Test
  void theNameOfAModelWithoutOneIsItsFilesAndPrintable() {
    ModelCard card =
        org.pagexplorer.checkpoint.CardCodec.decode(
            withoutName(Safetensors.readHeader(model).metadata()), EVIL);
    assertEquals(SHOWN, card.name());
  }

  private static Map<String, String> withoutName(Map<String, String> metadata) {
    Map<String, String> without = new LinkedHashMap<>(metadata);
    without.remove("name");
    return without;
  }
}
