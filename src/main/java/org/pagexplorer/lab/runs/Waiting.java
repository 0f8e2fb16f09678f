package org.pagexplorer.lab.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/** That a run waits for its device, and since when: a file in its folder. */
final class Waiting {
  private static final String QUEUED = "queued";

  private Waiting() {}

  static boolean is(Path run) {
    return Files.exists(run.resolve(QUEUED));
  }

  /**
   * Puts it into the queue.
   *
   * @param since those of earlier come before it
   */
  static void begin(Path run, Instant since) {
    Path file = run.resolve(QUEUED);
    try {
      TextFile.write(file, since + "\n");
    } catch (IOException e) {
      throw new UserException(file + " cannot be written: is the disk full?", e);
    }
  }

  /** Takes it out of the queue, where it is in it. */
  static void end(Path run) {
    try {
      Files.deleteIfExists(run.resolve(QUEUED));
    } catch (IOException e) {
      throw new UserException(run + " cannot be written; check its permissions.", e);
    }
  }

  static Instant since(Path run) {
    try {
      return Instant.parse(Files.readString(run.resolve(QUEUED)).strip());
    } catch (IOException | DateTimeParseException e) {
      return Instant.MAX; // taken out of the queue meanwhile, or damaged
    }
  }
}
