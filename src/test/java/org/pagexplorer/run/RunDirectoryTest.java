package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
