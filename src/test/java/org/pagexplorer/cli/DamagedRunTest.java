package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.run.RunDirectory;

/** Runs whose files are damaged, and runs that fail, on the command line. */
class DamagedRunTest {
  @TempDir private Path folder;

  private Path begun(String name) {
    Path run = folder.resolve(name);
    try (RunDirectory open = RunDirectory.open(run)) {
      open.specify(new RunDirectory.Specification(List.of("--method", "vanilla"), "/"));
      open.event("started", Map.of("method", "vanilla", "epochs", 3));
    }
    return run;
  }

  private static String refusal(Object... arguments) {
    Pag pag = Pag.run(arguments);
    assertEquals(1, pag.code(), pag.err());
    assertEquals(1, pag.err().lines().count(), pag.err());
    return pag.err();
  }

  @Test
  void oneDamagedRunHidesNoOther() throws IOException {
    begun("good");
    Files.writeString(begun("bad").resolve("events.jsonl"), "{\"event\":\"started\"}\n");
    Pag pag = Pag.run("runs", "--folder", folder);
    assertEquals(0, pag.code(), pag.err());
    List<String> lines = pag.out().lines().toList();
    assertTrue(lines.get(0).startsWith("damaged "), pag.out());
    assertTrue(lines.get(0).contains("Line 1 of "), pag.out());
    assertTrue(lines.get(1).startsWith("interrupted  vanilla"), pag.out());
    JsonObject row =
        Pag.objects(Pag.run("runs", "--folder", folder, "--json").json().get("runs")).getFirst();
    assertTrue(row.get("note").getAsString().contains("delete that line"), row.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "{\"arguments\":[\"--lamda\",\"1\"],\"directory\":\"/\"}"})
  void aDamagedSpecificationIsRefusedInOneSentence(String text) throws IOException {
    Path run = begun("run");
    Files.writeString(run.resolve("specification.json"), text);
    assertTrue(refusal("train", "--run-dir", run).contains("specification.json is damaged"));
    assertEquals(1, RunDirectory.events(run).size(), "that is no failure of the training");
  }

  private List<Object> training(String architecture, Path run) {
    String line =
        "train --method vanilla --width 2 --epochs 2 --batch 10 --test-images 10 --threads 1";
    List<Object> words = new ArrayList<>(List.of((Object[]) line.split(" ", -1)));
    words.addAll(List.of("--architecture", architecture));
    words.addAll(List.of("--dataset", Pag.dataset(folder.resolve("images"), 20)));
    words.addAll(List.of("--run-dir", run));
    return words;
  }

  @Test
  void damagedEventsAndStatesAreRefusedBeforeAnythingIsTrained() throws IOException {
    Path run = folder.resolve("run");
    assertEquals(0, Pag.run(training("mlp", run).toArray()).code());
    Path events = run.resolve("events.jsonl");
    byte[] good = Files.readAllBytes(events);
    Files.writeString(events, "{\"event\":\"epoch\"}\n");
    assertTrue(refusal("train", "--run-dir", run).startsWith("Line 1 of "));
    Files.write(events, good);
    Path other = folder.resolve("other");
    List<Object> wider = training("mlp", other);
    wider.set(wider.indexOf("--width") + 1, "3");
    assertEquals(0, Pag.run(wider.toArray()).code());
    Files.copy(
        other.resolve("state.safetensors"),
        run.resolve("state.safetensors"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertTrue(refusal("train", "--run-dir", run).contains("is not this run's state"));
  }

  @Test
  void aTrainingThatFailsSaysWhyToWhoeverLooksLater() throws IOException {
    Path run = folder.resolve("run");
    assertEquals(0, Pag.run(training("mlp", run).toArray()).code());
    Files.delete(folder.resolve("images").resolve("test_batch.bin"));
    String sentence = refusal("train", "--run-dir", run).strip();
    JsonObject last = RunDirectory.events(run).getLast();
    assertEquals("failed", last.get("event").getAsString());
    assertEquals(sentence, last.get("reason").getAsString());
    String listed = Pag.run("runs", "--folder", folder).out();
    assertTrue(listed.startsWith("failed "), listed);
    assertTrue(listed.contains("(" + sentence + ")"), listed);
    Pag.dataset(folder.resolve("images"), 20);
    assertEquals(0, Pag.run("train", "--run-dir", run).code());
    assertFalse(Pag.run("runs", "--folder", folder).out().contains(sentence));
  }

  /** A file in the place of the pictures' folder. */
  @Test
  void aProbeThatCannotBeWrittenEndsNoTraining() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.createFile(run.resolve("probe"));
    Pag pag = Pag.run(training("resnet18", run).toArray());
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.err().contains("Epoch 1 has no picture of the probe: "), pag.err());
    assertTrue(pag.err().contains("Epoch 2 has no picture of the probe: "), pag.err());
    assertTrue(RunDirectory.events(run).getLast().has("measurements"));
  }

  /** Formatted in a column as wide as the longest name. */
  @Test
  void aTensorWithoutANameIsInspected() throws IOException {
    byte[] header =
        "{\"\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            .getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("nameless.safetensors");
    Files.write(
        file,
        ByteBuffer.allocate(8 + header.length + 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .array());
    Pag pag = Pag.run("inspect", file);
    assertTrue(pag.out().contains("F32"), pag.out() + pag.err());
    assertFalse(pag.err().contains("Exception"), pag.err());
  }
}
