package org.pagexplorer.lab.runs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * The process that the queue has started for a run, on disk, so that the next window finds it; and
 * what became of those before it.
 *
 * @param pid 0 where none is waited for
 * @param began when that process began, in milliseconds since 1970; 0 where the system does not say
 * @param told how many events there were before it
 * @param epoch after which the last process died; −1 where none did
 * @param restarts how often the run was started again there
 * @param note what became of the last process, for people; empty where nothing did
 */
record Launch(long pid, long began, int told, int epoch, int restarts, @Nullable String note) {
  private static final Gson GSON = new Gson();
  private static final long LARGEST_SHIFT_MILLIS = 10_000;

  /** Before the first. */
  static final Launch NONE = new Launch(0, 0, 0, -1, 0, "");

  private static Path file(Path run) {
    return run.resolve("launch.json");
  }

  /** Of the run in a folder; none where that cannot be read, since it is only a convenience. */
  static Launch of(Path run) {
    Path file = file(run);
    try {
      if (!Files.isRegularFile(file)) {
        return NONE;
      }
      Launch read = GSON.fromJson(Files.readString(file), Launch.class);
      return read == null ? NONE : read;
    } catch (IOException | JsonParseException | NumberFormatException e) {
      return NONE;
    }
  }

  void write(Path run) {
    try {
      TextFile.write(file(run), GSON.toJson(this) + "\n");
    } catch (IOException e) {
      throw new UserException(run + " cannot be written: is the disk full?", e);
    }
  }

  static void forget(Path run) {
    try {
      Files.deleteIfExists(file(run));
    } catch (IOException e) {
      throw new UserException(run + " cannot be written; check its permissions.", e);
    }
  }

  /** The same, of a process that has begun. */
  Launch by(ProcessHandle process, int events) {
    return new Launch(process.pid(), began(process), events, epoch, restarts, note);
  }

  private static long began(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Whether its process has come to its end and nobody has looked yet how. */
  boolean isOver() {
    return pid != 0 && process().isEmpty();
  }

  /** The process while it is alive; another one may have its number by now. */
  Optional<ProcessHandle> process() {
    return pid <= 0
        ? Optional.empty()
        : ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(this::isSame)
            .filter(process -> !isZombie(process.pid()));
  }

  /**
   * Whether a process has ended and nobody has asked how: in a container without an init, what a
   * window leaves behind stays listed for ever, and Java calls it alive.
   */
  private static boolean isZombie(long pid) {
    try {
      // Its number, its name in parentheses, which may hold some itself, and its state's letter.
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), ISO_8859_1);
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false; // gone by now, or no Linux
    }
  }

  /** The system tells the time of the beginning by a clock that may be set. */
  private boolean isSame(ProcessHandle process) {
    return Math.abs(began(process) - began) < LARGEST_SHIFT_MILLIS;
  }

  String words() {
    return note == null ? "" : note;
  }
}
