package org.pagexplorer.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As Windows and odd file systems answer, wherever this runs. */
class ReplacementTest {
  @TempDir private Path folder;
  private Path file = Path.of("");
  private Path fresh = Path.of("");
  private int moves;

  @BeforeEach
  void writeBoth() throws IOException {
    file = Files.writeString(folder.resolve("state"), "old");
    fresh = Files.writeString(Replacement.beside(file), "new");
  }

  /** Throws these first, then moves. */
  private Replacement.Move refusing(IOException... refusals) {
    Queue<IOException> left = new ArrayDeque<>(List.of(refusals));
    return (from, to, options) -> {
      moves++;
      IOException refusal = left.poll();
      if (refusal != null) {
        throw refusal;
      }
      return Files.move(from, to, options);
    };
  }

  /** A window reads progress.json each second while the training replaces it. */
  @Test
  void aFileThatSomebodyReadsIsReplacedAMomentLater() throws IOException {
    Replacement.put(
        fresh,
        file,
        refusing(
            new AccessDeniedException("state"),
            new FileSystemException("a", "b", "used by another process")));
    assertEquals("new", Files.readString(file));
    assertEquals(3, moves);
  }

  @Test
  void whatWillNotPassIsThrownAtOnce() throws IOException {
    NoSuchFileException gone = new NoSuchFileException("state");
    assertEquals(
        gone,
        assertThrows(
            NoSuchFileException.class, () -> Replacement.put(fresh, file, refusing(gone))));
    assertEquals(1, moves);
    assertEquals("old", Files.readString(file));
  }

  @Test
  void aFileSystemWithoutAtomicMovesReplacesTheFileAllTheSame() throws IOException {
    Replacement.put(
        fresh,
        file,
        (from, to, options) -> {
          if (Arrays.asList((CopyOption[]) options).contains(StandardCopyOption.ATOMIC_MOVE)) {
            throw new AtomicMoveNotSupportedException("a", "b", "another device");
          }
          return Files.move(from, to, options);
        });
    assertEquals("new", Files.readString(file));
  }

  @Test
  void onlyWhatKilledWritersHaveLeftIsSwept() throws IOException {
    Path own = Files.writeString(folder.resolve("notes.tmp"), "somebody's");
    Path writing = Files.writeString(Replacement.beside(file), "half");
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofMinutes(2)));
    Files.setLastModifiedTime(own, longAgo);
    Files.setLastModifiedTime(file, longAgo);
    Files.setLastModifiedTime(fresh, longAgo);
    Replacement.sweep(folder, Duration.ofMinutes(1));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(Stream.of(own, writing, file).sorted().toList(), left.sorted().toList());
    }
  }
}
