package org.pagexplorer.lab.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir private Path run;
  private Path log = Path.of("");
  private LogTail tail = new LogTail(Path.of(""));

  @BeforeEach
  void begin() {
    log = run.resolve("log.txt");
    tail = new LogTail(run);
  }

  /** As a library prints in the system's encoding, or a crash in the midst of a character. */
  @Test
  void bytesThatAreNoUtf8HideNothingElse() throws IOException {
    assertEquals("", tail.read());
    Files.write(log, new byte[] {'a', (byte) 0xe4, '\n', 'b', '\n'});
    assertEquals("a\ufffd\nb", tail.read());
  }

  @Test
  void aCharacterThatIsHalfWrittenIsWholeAtTheNextLook() throws IOException {
    Files.write(log, new byte[] {'1', (byte) 0xe2, (byte) 0x80});
    assertTrue(tail.read().startsWith("1"));
    Files.write(log, new byte[] {(byte) 0xa6, '\n'}, StandardOpenOption.APPEND);
    assertEquals("1…", tail.read());
  }

  /** What was read is not read again: were it, this change would be seen. */
  @Test
  void onlyWhatIsNewIsRead() throws IOException {
    Files.writeString(log, "first\n");
    assertEquals("first", tail.read());
    Files.writeString(log, "FIRST\nsecond\n");
    assertEquals("first\nsecond", tail.read());
    Files.writeString(log, "anew\n");
    assertEquals("anew", tail.read(), "a shorter log is another one");
  }

  @Test
  void aLongLogIsShownFromItsLastWholeLines() throws IOException {
    String lines =
        IntStream.range(0, 30_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    Files.writeString(log, "old\n");
    tail.read();
    Files.writeString(log, lines, StandardOpenOption.APPEND);
    String shown = tail.read();
    assertEquals(shown, new LogTail(run).read());
    assertEquals(200, shown.lines().count());
    assertTrue(shown.startsWith("line 29800\n") && shown.endsWith("line 29999"), shown);
    Files.writeString(log, "x".repeat(65_000) + "\nlast\n", StandardOpenOption.APPEND);
    assertTrue(tail.read().endsWith("x\nlast"));
    assertFalse(tail.read().contains("line 29800"));
  }
}
