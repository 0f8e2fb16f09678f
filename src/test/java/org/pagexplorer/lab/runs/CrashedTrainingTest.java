package org.pagexplorer.lab.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.RunDirectory;

/** A real training in the background whose process crashes as PyTorch crashed. */
@EnabledOnOs(OS.LINUX)
class CrashedTrainingTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  /** On a system whose encoding is an old one. */
  private Process start(Path run) throws IOException {
    ProcessBuilder builder = RunProcess.of(run);
    // A core file of Java's would be large.
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -c 0; exec \"$@\"", "sh"));
    command.addAll(builder.command());
    builder.command(command);
    builder
        .environment()
        .put(
            "JDK_JAVA_OPTIONS", "-Dstdout.encoding=ISO-8859-1 -Dstderr.encoding=ISO-8859-1 -Xmx1g");
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Path images() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    for (String name : List.of("data_batch_1.bin", "test_batch.bin")) {
      byte[] bytes = new byte[20 * 3073];
      new Random(1).nextBytes(bytes);
      for (int i = 0; i < 20; i++) {
        bytes[i * 3073] = (byte) (i % 10);
      }
      Files.write(images.resolve(name), bytes);
    }
    return images;
  }

  private static void await(RunQueue queue, List<String> happened, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited too long; " + happened);
      happened.addAll(queue.tick());
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static List<String> events(Path run) {
    return RunDirectory.events(run).stream()
        .map((JsonObject event) -> event.get("event").getAsString())
        .toList();
  }

  private List<String> words(String line) throws IOException {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    words.add(images().toString());
    return words;
  }

  @Test
  void itGoesOnAfterItsLastEpochAndItsLogIsUtf8() throws Exception {
    RunQueue queue = new RunQueue(folder.resolve("runs"), this::start);
    String line =
        "--method vanilla --architecture mlp --width 4 --epochs 100 --batch 10 --test-images 10"
            + " --threads 1 --dataset";
    Path run = queue.add("run", words(line));
    List<String> happened = new ArrayList<>();
    await(queue, happened, () -> RunStatus.of(run).completed() >= 2);
    String crash = "kill -SEGV " + processes.getFirst().pid();
    assertEquals(0, new ProcessBuilder("sh", "-c", crash).start().waitFor());
    await(queue, happened, () -> events(run).contains("resumed"));
    int resumed = events(run).indexOf("resumed");
    int completed = (int) events(run).subList(0, resumed).stream().filter("epoch"::equals).count();
    assertEquals(1, happened.size(), happened.toString());
    String said = happened.getFirst();
    assertTrue(
        said.matches(
            "The run \"run\" crashed .* \\(SIGABRT\\); it is started again \\(1 of 2\\)\\."),
        said);
    assertEquals(completed, RunDirectory.events(run).get(resumed).get("done").getAsInt());
    await(queue, happened, () -> RunStatus.of(run).state() == State.FINISHED);
    await(queue, happened, () -> processes.stream().noneMatch(Process::isAlive));
    happened.addAll(queue.tick());
    assertEquals(2, processes.size());
    assertEquals(1, happened.size(), happened.toString());
    assertEquals("", RunStatus.of(run).note());
    String log = Files.readString(run.resolve("log.txt")); // which is strict
    assertTrue(log.contains("The run's process crashed"), log);
    assertTrue(log.contains("Resuming after epoch " + completed), log);
    assertTrue(log.contains("Measuring on 10 test images …"), log);
    try (var files = Files.list(run)) {
      assertTrue(
          files.anyMatch(file -> file.getFileName().toString().matches("crash-\\d+\\.log")),
          "what Java said of its crash lies in the run's folder");
    }
  }

  private static Duration computed(Process process) {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** As when a computer shuts down: asked by a signal, then killed, with nobody there to see. */
  @Test
  void oneThatWasAskedToEndAndThenKilledInItsStepDoesNotBeginAgain() throws Exception {
    RunQueue queue = new RunQueue(folder.resolve("runs"), this::start);
    String line =
        "--method adversarial --steps 100000 --architecture mlp --width 4 --epochs 1 --batch 20"
            + " --test-images 10 --threads 1 --dataset";
    Path run = queue.add("run", words(line));
    List<String> happened = new ArrayList<>();
    await(queue, happened, () -> events(run).contains("started"));
    // Before its first step it would end at once; all that it computes from here on is that step.
    Duration before = computed(processes.getFirst());
    await(
        queue,
        happened,
        () -> computed(processes.getFirst()).minus(before).compareTo(Duration.ofSeconds(2)) > 0);
    processes.getFirst().destroy();
    RunQueue next = new RunQueue(folder.resolve("runs"), this::start);
    await(next, happened, () -> RunDirectory.isStopRequested(run));
    processes.getFirst().destroyForcibly().waitFor();
    await(next, happened, () -> !RunDirectory.isRunning(run));
    happened.addAll(next.tick());
    assertEquals(List.of(), happened);
    assertEquals(1, processes.size());
    assertEquals(State.INTERRUPTED, RunStatus.of(run).state());
    assertEquals("", RunStatus.of(run).note());
  }
}
