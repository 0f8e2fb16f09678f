package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.RunDirectory;

class EndedJobTest {
  private static final int KILLED = 137;

  @TempDir private Path folder;

  @BeforeEach
  void begin() {
    event("started", Map.of("method", "vanilla", "epochs", 3));
  }

  private void event(String kind, Map<String, ?> fields) {
    try (RunDirectory run = RunDirectory.open(folder)) {
      run.specify(new RunDirectory.Specification(java.util.List.of(), "/tmp"));
      run.event(kind, fields);
    }
  }

  private void epoch() {
    Map<String, Double> numbers =
        Map.of("crossEntropy", 1.0, "alignment", 0.0, "trainAccuracy", 0.5, "cleanAccuracy", 0.5);
    Map<String, Object> fields = new java.util.HashMap<>(numbers);
    fields.put("epoch", 1);
    event("epoch", fields);
  }

  @Test
  void theSameCrashTwiceEndsItAndSaysWhy() {
    assertTrue(EndedJob.goesOn(folder, KILLED, false));
    assertFalse(EndedJob.goesOn(folder, KILLED, false));
    RunStatus status = RunStatus.of(folder);
    assertEquals(RunStatus.State.FAILED, status.state());
    assertEquals(
        "Its process was ended by signal 9 (out of memory?) twice before its first epoch was"
            + " complete.",
        status.note());
    assertTrue(EndedJob.goesOn(folder, KILLED, false), "who submits it again has it try again");
  }

  @Test
  void aCrashAfterAnotherEpochIsAnother() {
    assertTrue(EndedJob.goesOn(folder, KILLED, false));
    epoch();
    assertTrue(EndedJob.goesOn(folder, KILLED, false));
    assertFalse(EndedJob.goesOn(folder, KILLED, false));
  }

  @Test
  void anotherSignalIsAnotherCrash() {
    assertTrue(EndedJob.goesOn(folder, KILLED, false));
    assertTrue(EndedJob.goesOn(folder, 139, false));
  }

  @Test
  void timeThatIsOverGoesOnAsLongAsThereAreEpochs() {
    assertTrue(EndedJob.goesOn(folder, 3, true));
    epoch();
    assertTrue(EndedJob.goesOn(folder, 3, true));
    assertFalse(EndedJob.goesOn(folder, 3, true));
    assertTrue(RunStatus.of(folder).note().contains("--time"), RunStatus.of(folder).note());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 129, 130, 143})
  void whatWasAskedForOrHasSaidWhyIsOver(int code) {
    assertFalse(EndedJob.goesOn(folder, code, false));
  }
}
