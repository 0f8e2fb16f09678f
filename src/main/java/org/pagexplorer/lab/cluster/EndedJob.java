package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.RunHistory;

/**
 * A training whose process has ended within a job that has not: whether the job is to be queued
 * again. What ends twice in the same way, without an epoch between, is not.
 */
public final class EndedJob {
  private static final int LONGEST = 1 << 16;
  private static final int STOPPED = 3;
  private static final int SIGNALS = 128;
  private static final Gson GSON = new Gson();

  private EndedJob() {}

  /** The latest end of a run's processes: of what, and after which epoch. */
  private record End(int code, int epoch) {}

  /**
   * Decides it, and tells the run's events and log why it is not resumed.
   *
   * @param run its folder
   * @param code the process's exit code, as bash has it
   * @param timedOut whether Slurm said that the time is over
   * @return whether it goes on
   */
  public static boolean goesOn(Path run, int code, boolean timedOut) {
    int signal = code - SIGNALS;
    boolean asked = signal == 1 || signal == 2 || signal == 15 || code == STOPPED;
    if (!timedOut && (asked || signal <= 0)) {
      return false; // somebody wanted that, or it has said why
    }
    if (timedOut && code != STOPPED && signal <= 0) {
      return false;
    }
    End end = new End(timedOut ? STOPPED : code, RunHistory.of(run).done());
    boolean twice = latest(run).filter(end::equals).isPresent();
    if (twice) {
      tell(run, reason(end, timedOut, signal));
      return false;
    }
    keep(run, end);
    return true;
  }

  private static String reason(End end, boolean timedOut, int signal) {
    String place =
        end.epoch() == 0 ? "before its first epoch was complete" : "after epoch " + end.epoch();
    return timedOut
        ? "The job's time was over twice %s: give it more by --time.".formatted(place)
        : "Its process was ended by signal %d%s twice %s."
            .formatted(signal, signal == 9 ? " (out of memory?)" : "", place);
  }

  private static void tell(Path run, String reason) {
    forget(run);
    try (RunDirectory open = RunDirectory.open(run)) {
      open.failed(reason);
    }
  }

  private static Path file(Path run) {
    return run.resolve("slurm-end.json");
  }

  private static Optional<End> latest(Path run) {
    try {
      @Nullable End end = GSON.fromJson(TextFile.readDamaged(file(run), LONGEST), End.class);
      return Optional.ofNullable(end);
    } catch (IOException | JsonParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void keep(Path run, End end) {
    try {
      TextFile.write(file(run), GSON.toJson(end) + "\n");
    } catch (IOException e) {
      throw new UserException(run + " cannot be written: is the disk full?", e);
    }
  }

  /** Whoever submits it again has it start over. */
  public static void forget(Path run) {
    LastingStop.forget(run);
    try {
      java.nio.file.Files.deleteIfExists(file(run));
    } catch (IOException e) {
      throw new UserException(run + " cannot be written; check its permissions.", e);
    }
  }
}
