package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessExitTest {

  /**
   * The child's destructor is abort(), registered after PyTorch was loaded, as oneDNN registers its
   * cache's: without the mend the child died of it, 134 instead of 7.
   */
  @Test
  void noDestructorRunsWhenAProcessThatLoadedPyTorchEnds() throws Exception {
    assertEquals(7, exitOf("exit"));
  }

  @Test
  void theSignalThatEndsItStaysItsExitCode() throws Exception {
    assertEquals(128 + 15, exitOf("wait"));
  }

  private static int exitOf(String what) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Xmx128m",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    what))
            .redirectErrorStream(true)
            .start();
    try (var lines = child.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.equals("ready")) {
        line = lines.readLine();
      }
      assertEquals("ready", line);
      if (what.equals("wait")) {
        child.toHandle().destroy(); // and leaves the streams open
      }
      var _ = lines.lines().count();
      assertTrue(child.waitFor(60, TimeUnit.SECONDS));
      return child.exitValue();
    } finally {
      child.destroyForcibly();
    }
  }

  /** Loads PyTorch, registers a deadly destructor, and ends as it is told. */
  static final class Child {
    public static void main(String[] arguments) throws Throwable {
      var _ = org.pagexplorer.engine.TorchEngine.devices();
      SymbolLookup library = Linker.nativeLinker().defaultLookup();
      int _ =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(
                      library.findOrThrow("on_exit"),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                  .invokeExact(library.findOrThrow("abort"), MemorySegment.NULL);
      System.out.println("ready");
      if (arguments[0].equals("wait")) {
        Thread.currentThread().join(); // until a signal ends it
      }
      System.exit(7);
    }
  }
}
