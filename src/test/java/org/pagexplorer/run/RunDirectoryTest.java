package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.Trainer;

class RunDirectoryTest {
  @TempDir Path folder;

  /** Windows, their queues and commands all look at once. */
  @Test
  void thoseWhoLookDoNotTakeOneAnotherForATraining() {
    RunDirectory.open(folder).close();
    assertFalse(RunDirectory.isRunning(folder));
    long seen =
        IntStream.range(0, 4000).parallel().filter(look -> RunDirectory.isRunning(folder)).count();
    assertEquals(0, seen);
  }

  @Test
  void whoeverHasItOpenIsSeen() {
    try (RunDirectory open = RunDirectory.open(folder)) {
      assertTrue(RunDirectory.isRunning(folder));
    }
    assertFalse(RunDirectory.isRunning(folder));
  }

  private static String refusal(Executable reading) {
    String sentence = String.valueOf(assertThrows(UserException.class, reading).getMessage());
    assertEquals(1, sentence.lines().count(), sentence);
    return sentence;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[1]",
        "{\"arguments\":[]}",
        "{\"arguments\":[null],\"directory\":\"/\"}",
        "{\"arguments\":[],\"directory\":\"\\u0000\"}",
        "{\"arguments\":\"--method\",\"directory\":\"/\"}"
      })
  void aDamagedSpecificationIsNamed(String text) throws IOException {
    Files.writeString(folder.resolve("specification.json"), text);
    String sentence = refusal(() -> RunDirectory.specification(folder));
    assertTrue(sentence.contains("specification.json is damaged"), sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "nonsense",
        "{\"event\":null}",
        "{\"event\":[\"epoch\"]}",
        "{\"event\":\"started\"}",
        "{\"event\":\"resumed\",\"method\":\"vanilla\",\"epochs\":\"many\"}",
        "{\"event\":\"epoch\"}",
        "{\"event\":\"epoch\",\"epoch\":2}",
        "{\"event\":\"epoch\",\"epoch\":1e999999999}",
        "{\"event\":\"epoch\",\"epoch\":1,\"crossEntropy\":2&5}",
        "{\"event\":\"finished\"}",
        "{\"event\":\"finished\",\"measurements\":[null]}",
        "{\"event\":\"finished\",\"measurements\":[{\"attack\":\"clean\",\"accuracy\":7,\"n\":1}]}"
      })
  void aDamagedEventIsNamedByItsLine(String line) throws IOException {
    String before = "{\"event\":\"started\",\"method\":\"vanilla\",\"epochs\":3}\n\n";
    Files.writeString(folder.resolve("events.jsonl"), before + line + "\n");
    String sentence = refusal(() -> RunHistory.of(folder));
    assertTrue(sentence.startsWith("Line 3 of " + folder), sentence);
    // What is still being written is no damage.
    Files.writeString(folder.resolve("events.jsonl"), before + line);
    assertEquals(1, RunHistory.of(folder).told());
  }

  @Test
  void anotherNetworksStateIsRefusedBeforeItIsTrained() {
    Architecture tiny = Architecture.mlp(2, InputShape.CIFAR, 10);
    try (RunDirectory run = RunDirectory.open(folder)) {
      SequencedMap<String, Tensor> weights = Initialization.of(tiny, 1);
      List<Tensor> memory = List.copyOf(weights.values());
      TrainingObserver.EpochReport report =
          new TrainingObserver.EpochReport(2, 1, 0, 0.5, 0.5, 10, 0);
      run.keep(new Trainer.State(weights, memory, 7), report);
      assertEquals(2, run.resumption(tiny).orElseThrow().epochs());
      String other = refusal(() -> run.resumption(Architecture.mlp(3, InputShape.CIFAR, 10)));
      assertTrue(other.contains("state.safetensors is not this run's state"), other);
      run.keep(new Trainer.State(weights, memory.reversed(), 7), report);
      assertTrue(refusal(() -> run.resumption(tiny)).contains("state.safetensors"));
    }
  }

  @Test
  void whoeverOpensItSweepsWhatAKilledTrainingHasLeft() throws IOException {
    Path probe = RunDirectory.probe(folder, 1);
    Files.createDirectories(probe.getParent());
    Path whole = Files.writeString(folder.resolve("state.safetensors"), "");
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (Path each : List.of(whole, probe)) {
      Files.setLastModifiedTime(
          Files.writeString(
              each.resolveSibling(".pag-" + UUID.randomUUID() + ".tmp"), "half of it"),
          longAgo);
    }
    RunDirectory.open(folder).close();
    try (Stream<Path> left = Files.walk(folder)) {
      assertEquals(
          List.of(folder.resolve("lock"), folder.resolve("probe"), whole),
          left.skip(1).sorted().toList());
    }
  }

  /** Until November 2026 one-cycle was another schedule, and specifications had no format. */
  @Test
  void aRunBegunWithTheFormerOneCycleGoesOnWithIt() throws IOException {
    String then =
        "{\"arguments\":[\"--schedule\",\"one-cycle\",\"--name\",\"one-cycle\"],\"directory\":\"/\"}";
    Files.writeString(folder.resolve("specification.json"), then);
    assertEquals(
        List.of("--schedule", "one-cycle-linear", "--name", "one-cycle"),
        RunDirectory.specification(folder).orElseThrow().arguments());
  }

  @Test
  void aSpecificationIsReadAsItWasWritten() {
    RunDirectory.Specification now =
        new RunDirectory.Specification(List.of("--schedule", "one-cycle"), "/");
    try (RunDirectory open = RunDirectory.open(folder)) {
      open.specify(now);
    }
    assertEquals(now, RunDirectory.specification(folder).orElseThrow());
  }

  /** A sweep that was begun then is resumed by its own command. */
  @Test
  void theCommandOfARunBegunBeforeThereWereChoicesIsStillIts() throws IOException {
    String then =
        "{\"arguments\":[\"--lambda\",\"1\",\"--schedule\",\"one-cycle\"],\"directory\":\"/\"}";
    Files.writeString(folder.resolve("specification.json"), then);
    List<String> now = new ArrayList<>(List.of("--lambda", "1", "--align", "logit"));
    now.addAll(List.of("--statistics", "running", "--schedule", "one-cycle"));
    assertTrue(RunDirectory.isOf(folder, now));
    now.set(3, "log-probability");
    assertFalse(RunDirectory.isOf(folder, now));
    assertFalse(RunDirectory.isOf(folder, List.of("--lambda", "2", "--schedule", "one-cycle")));
  }
}
