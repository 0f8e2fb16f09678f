package org.pagexplorer.lab.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.RunHistory;
import org.pagexplorer.run.TrainingObserver.EpochReport;
import org.pagexplorer.run.TrainingObserver.Progress;

/**
 * How a run on disk stands: a training, or an evaluation in chunks, which has those instead of
 * epochs.
 *
 * @param folder where it is, and its name
 * @param method what it trains; empty before it began
 * @param epochs how many there will be, or how many chunks; 0 before it began
 * @param reports of its finished epochs, in order
 * @param progress of the current epoch, while it is being trained
 * @param measured its final accuracies; empty before its end
 * @param note what is wrong with it, what it failed of, or how its last process ended; else empty
 * @param chunks how many chunks of an evaluation are done; empty for a training
 */
public record RunStatus(
    Path folder,
    State state,
    String method,
    int epochs,
    List<EpochReport> reports,
    Optional<Progress> progress,
    List<Measurement> measured,
    String note,
    OptionalInt chunks) {
  /** What a run is doing. */
  public enum State implements Named {
    QUEUED,
    RUNNING,
    PAUSED,
    STOPPED,
    INTERRUPTED,
    FAILED,
    /** A file of it cannot be understood; nobody starts it. */
    DAMAGED,
    FINISHED;

    /** Whether a process is at work on it. */
    public boolean isActive() {
      return this == RUNNING || this == PAUSED;
    }

    /** Whether it can be resumed. */
    public boolean mayResume() {
      return this == STOPPED || this == INTERRUPTED || this == FAILED;
    }
  }

  public RunStatus {
    reports = List.copyOf(reports);
    measured = List.copyOf(measured);
  }

  /** Of an evaluation in chunks. */
  public static RunStatus ofChunks(
      Path folder, State state, String command, int done, int of, String note) {
    return new RunStatus(
        folder,
        state,
        command,
        of,
        List.of(),
        Optional.empty(),
        List.of(),
        note,
        OptionalInt.of(done));
  }

  /** Whether it is a training, which may be paused and has curves. */
  public boolean isTraining() {
    return chunks.isEmpty();
  }

  public String name() {
    return Printable.of(String.valueOf(folder.getFileName()));
  }

  /** Completed epochs or chunks. */
  public int completed() {
    return chunks.isPresent()
        ? chunks.getAsInt()
        : reports.isEmpty() ? 0 : reports.getLast().epoch();
  }

  /** Epochs done, with the share of the current one. */
  public double epochsDone() {
    return progress.map(p -> p.epoch() - 1 + p.done()).orElse((double) completed());
  }

  /** Every run in a folder, by name; none where there is no folder. */
  public static List<RunStatus> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(each -> Files.exists(each.resolve("specification.json")))
          .sorted()
          .map(RunStatus::of)
          .toList();
    } catch (IOException e) {
      throw new UserException("The folder " + folder + " cannot be listed; choose another.", e);
    }
  }

  /** The run in a folder that holds one; damaged where its files cannot be understood. */
  public static RunStatus of(Path folder) {
    boolean active = RunDirectory.isRunning(folder);
    try {
      var _ = RunDirectory.specification(folder);
      return of(folder, active, RunHistory.of(folder));
    } catch (UserException e) {
      return new RunStatus(
          folder,
          active ? atWork(folder) : State.DAMAGED,
          "",
          0,
          List.of(),
          Optional.empty(),
          List.of(),
          String.valueOf(e.getMessage()),
          OptionalInt.empty());
    }
  }

  private static RunStatus of(Path folder, boolean active, RunHistory history) {
    State state = active ? atWork(folder) : atRest(folder, history.ending());
    Optional<Progress> progress =
        active
            ? RunDirectory.latestProgress(folder).filter(p -> p.epoch() > history.done())
            : Optional.empty();
    return new RunStatus(
        folder,
        state,
        history.method(),
        history.epochs(),
        history.reports(),
        progress,
        history.measured(),
        note(folder, state, history),
        OptionalInt.empty());
  }

  private static State atWork(Path folder) {
    return RunDirectory.isPaused(folder) ? State.PAUSED : State.RUNNING;
  }

  private static State atRest(Path folder, RunHistory.Ending ending) {
    if (Waiting.is(folder)) {
      return State.QUEUED;
    }
    return switch (ending) {
      case NOT_BEGUN, FAILED -> State.FAILED;
      case NONE -> State.INTERRUPTED;
      case STOPPED -> State.STOPPED;
      case FINISHED -> State.FINISHED;
    };
  }

  private static String note(Path folder, State state, RunHistory history) {
    if (state == State.FAILED && !history.reason().isEmpty()) {
      return history.reason();
    }
    Launch launch = Launch.of(folder);
    boolean wanted = RunDirectory.isStopRequested(folder) || RunDirectory.isPaused(folder);
    boolean dies = state == State.INTERRUPTED && launch.isOver() && !wanted;
    return state == State.FINISHED || state == State.STOPPED
        ? ""
        : dies ? "its process died; an open window starts it again" : launch.words();
  }
}
