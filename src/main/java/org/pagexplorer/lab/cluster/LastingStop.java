package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * That a run is to end, kept in its folder for a job that begins later: what only asks the process
 * at work is forgotten when the next one begins.
 */
public final class LastingStop {
  private LastingStop() {}

  private static Path file(Path run) {
    return run.resolve("slurm-stop");
  }

  /** Until it is forgotten, no job goes on with the run. */
  static void ask(Path run) {
    try {
      TextFile.write(file(run), "");
    } catch (IOException e) {
      throw new UserException(run + " cannot be written; check its permissions.", e);
    }
  }

  /** Whether somebody wants that. */
  public static boolean isAsked(Path run) {
    return Files.exists(file(run));
  }

  /** The run is wanted again. */
  public static void forget(Path run) {
    try {
      Files.deleteIfExists(file(run));
    } catch (IOException e) {
      throw new UserException(run + " cannot be written; check its permissions.", e);
    }
  }
}
