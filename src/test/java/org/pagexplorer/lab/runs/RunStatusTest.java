package org.pagexplorer.lab.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.RunDirectory;

class RunStatusTest {
  @TempDir private Path folder;

  /** A run of three epochs that has begun. */
  private RunDirectory begun(String name) {
    RunDirectory run = RunDirectory.open(folder.resolve(name));
    run.specify(new RunDirectory.Specification(List.of("--method", "vanilla"), "/"));
    run.event("started", Map.of("method", "vanilla", "epochs", 3));
    return run;
  }

  @Test
  void aDamagedRunIsListedAmongTheOthers() throws IOException {
    begun("a").close();
    begun("b").close();
    begun("c").close();
    Path events = folder.resolve("a").resolve("events.jsonl");
    Files.writeString(events, "{\"event\":\"started\"}\n");
    Files.writeString(folder.resolve("b").resolve("specification.json"), "null");
    List<RunStatus> runs = RunStatus.in(folder);
    assertEquals(
        List.of(State.DAMAGED, State.DAMAGED, State.INTERRUPTED),
        runs.stream().map(RunStatus::state).toList());
    assertTrue(runs.get(0).note().startsWith("Line 1 of " + events), runs.get(0).note());
    assertTrue(runs.get(1).note().contains("specification.json is damaged"), runs.get(1).note());
  }

  /** So that it can be stopped. */
  @Test
  void aDamagedRunThatIsBeingTrainedIsSeenToBe() throws IOException {
    try (RunDirectory run = begun("a")) {
      Files.writeString(run.folder().resolve("events.jsonl"), "{}\n");
      RunStatus status = RunStatus.of(run.folder());
      assertEquals(State.RUNNING, status.state());
      assertTrue(status.note().startsWith("Line 1"), status.note());
    }
  }

  @Test
  void progressThatCannotBeReadIsLeftOut() throws IOException {
    try (RunDirectory run = begun("a")) {
      Path progress = run.folder().resolve("progress.json");
      for (String text :
          List.of(
              "",
              "null",
              "[]",
              "{\"epoch\":0}",
              "{\"epoch\":1,\"done\":9}",
              "{\"epoch\":1,\"done\":2&5}",
              "{\"epoch\":{}}")) {
        Files.writeString(progress, text);
        assertTrue(RunStatus.of(run.folder()).progress().isEmpty(), text);
      }
      Files.writeString(progress, "{\"epoch\":1,\"epochs\":3,\"done\":0.5}");
      assertEquals(0.5, RunStatus.of(run.folder()).epochsDone());
    }
  }

  @Test
  void aFailureIsKeptWithItsReasonUntilTheRunGoesOn() {
    try (RunDirectory run = begun("a")) {
      run.failed("The disk is full.");
    }
    RunStatus failed = RunStatus.of(folder.resolve("a"));
    assertEquals(State.FAILED, failed.state());
    assertEquals("The disk is full.", failed.note());
    try (RunDirectory run = RunDirectory.open(folder.resolve("a"))) {
      run.event("resumed", Map.of("method", "vanilla", "epochs", 3));
    }
    assertEquals(State.INTERRUPTED, RunStatus.of(folder.resolve("a")).state());
    assertEquals("", RunStatus.of(folder.resolve("a")).note());
  }

  @Test
  void aRunThatIsMeasuredTwiceHasTheLastAccuraciesOnly() {
    try (RunDirectory run = begun("a")) {
      for (double accuracy : new double[] {0.25, 0.5}) {
        run.event(
            "finished",
            Map.of(
                "measurements", List.of(Map.of("attack", "clean", "accuracy", accuracy, "n", 4))));
      }
    }
    RunStatus finished = RunStatus.of(folder.resolve("a"));
    assertEquals(State.FINISHED, finished.state());
    assertEquals(List.of(0.5), finished.measured().stream().map(m -> m.accuracy()).toList());
  }
}
