package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StandardOutputTest {
  @TempDir private Path folder;

  /** As a German system says that nobody reads anymore. */
  private static final OutputStream BROKEN =
      new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          throw new IOException("Daten\u00fcbergabe unterbrochen (broken pipe)");
        }
      };

  private static boolean isIncomplete(Path place) {
    StandardOutput output = new StandardOutput(BROKEN, place);
    assertThrows(IOException.class, () -> output.write('x'));
    return output.isIncomplete();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whoReadsNoFurtherHasSeenEnoughInEveryLanguage() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertEquals(false, isIncomplete(pipe));
    assertEquals(true, isIncomplete(Files.createFile(folder.resolve("file"))));
    assertEquals(true, isIncomplete(folder.resolve("absent")));
  }
}
