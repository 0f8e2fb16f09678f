package org.pagexplorer.lab.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenWindowsTest {
  @TempDir Path folder;

  private static final long SELF = ProcessHandle.current().pid();

  private OpenWindows windows() {
    return new OpenWindows(folder.resolve("open"));
  }

  @Test
  void aWindowThatIsOpenOrHasClosedIsNoCrash() throws IOException {
    assertEquals(List.of(), windows().crashes());
    windows().begin();
    assertEquals(List.of(), windows().crashes());
    windows().end();
    assertEquals(List.of(), windows().crashes());
  }

  @Test
  void windowsOfOtherProcessesAreCountedWhileThoseRun() throws IOException {
    assertEquals(0, windows().others());
    windows().begin();
    assertEquals(0, windows().others(), "this process's own");
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    Path file = folder.resolve("open").resolve(String.valueOf(parent));
    Files.writeString(file, "");
    assertEquals(1, windows().others());
    Files.writeString(file, "1999-01-01T00:00:00Z\n");
    assertEquals(0, windows().others(), "another process had this number");
  }

  /** As after a crash and a restart of the machine, where this process has the number by now. */
  @Test
  void oneWhoseProcessIsGoneIsToldOfOnce() throws IOException {
    Files.createDirectories(folder.resolve("open"));
    Files.writeString(
        folder.resolve("open").resolve(String.valueOf(SELF)),
        "1999-01-01T00:00:00Z\n1999-01-01T00:00:03Z\n" + folder + "\n");
    Files.writeString(folder.resolve("hs_err_pid" + SELF + ".log"), "# SIGSEGV in libtorch_cpu\n");
    List<Crash> crashes = windows().crashes();
    assertEquals(1, crashes.size());
    String details = crashes.getFirst().details();
    assertTrue(details.contains("opened at 1999-01-01T00:00:03Z"), details);
    assertTrue(details.contains("# SIGSEGV in libtorch_cpu"), details);
    assertEquals(List.of(), windows().crashes());
  }

  @Test
  void whatElseLiesThereIsNoCrash() throws IOException {
    Files.createDirectories(folder.resolve("open"));
    Files.writeString(folder.resolve("open").resolve("99999999999999999999"), "?");
    Files.writeString(folder.resolve("open").resolve("notes.txt"), "?");
    assertEquals(List.of(), windows().crashes());
  }
}
