package org.pagexplorer.lab.runs;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.TrainingObserver.EpochReport;
import org.pagexplorer.run.TrainingObserver.Progress;

/**
 * How a run on disk stands.
 *
 * @param folder where it is, and its name
 * @param method what it trains; empty before it began
 * @param epochs how many there will be; 0 before it began
 * @param reports of its finished epochs, in order
 * @param progress of the current epoch, while it is being trained
 * @param measured its final accuracies; empty before its end
 */
public record RunStatus(
    Path folder,
    State state,
    String method,
    int epochs,
    List<EpochReport> reports,
    Optional<Progress> progress,
    List<Measurement> measured) {
  private static final Gson GSON = new Gson();

  /** What a run is doing. */
  public enum State {
    QUEUED("queued"),
    RUNNING("running"),
    PAUSED("paused"),
    STOPPED("stopped"),
    INTERRUPTED("interrupted"),
    FAILED("failed"),
    FINISHED("finished");

    private final String title;

    State(String title) {
      this.title = title;
    }

    /** The word for people. */
    public String title() {
      return title;
    }

    /** Whether a process is at work on it. */
    public boolean isActive() {
      return this == RUNNING || this == PAUSED;
    }

    /** Whether it may be gone on with. */
    public boolean mayResume() {
      return this == STOPPED || this == INTERRUPTED || this == FAILED;
    }
  }

  public RunStatus {
    reports = List.copyOf(reports);
    measured = List.copyOf(measured);
  }

  public String name() {
    return Printable.of(String.valueOf(folder.getFileName()));
  }

  /** Epochs done, with the share of the current one. */
  public double epochsDone() {
    return progress.map(p -> p.epoch() - 1 + p.done()).orElse((double) reports.size());
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

  /** The run in a folder that holds one. */
  public static RunStatus of(Path folder) {
    boolean active = RunDirectory.isRunning(folder);
    State state = State.INTERRUPTED;
    String method = "";
    int epochs = 0;
    List<EpochReport> reports = new ArrayList<>();
    List<Measurement> measured = new ArrayList<>();
    List<JsonObject> events = RunDirectory.events(folder);
    for (JsonObject event : events) {
      switch (event.get("event").getAsString()) {
        case "started", "resumed" -> {
          state = State.INTERRUPTED;
          method = event.get("method").getAsString();
          epochs = event.get("epochs").getAsInt();
        }
        case "epoch" -> reports.add(GSON.fromJson(event, EpochReport.class));
        case "stopped" -> state = State.STOPPED;
        case "failed" -> state = State.FAILED;
        case "finished" -> {
          state = State.FINISHED;
          event
              .getAsJsonArray("measurements")
              .forEach(m -> measured.add(GSON.fromJson(m, Measurement.class)));
        }
        default -> {}
      }
    }
    if (active) {
      state = RunDirectory.isPaused(folder) ? State.PAUSED : State.RUNNING;
    } else if (RunQueue.isQueued(folder)) {
      state = State.QUEUED;
    } else if (events.isEmpty()) {
      state = State.FAILED;
    }
    Optional<Progress> progress =
        active
            ? RunDirectory.latestProgress(folder).filter(p -> p.epoch() > reports.size())
            : Optional.empty();
    return new RunStatus(folder, state, method, epochs, reports, progress, measured);
  }
}
