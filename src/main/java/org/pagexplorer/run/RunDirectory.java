package org.pagexplorer.run;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.files.AtomicFile;
import org.pagexplorer.files.TextFile;

/**
 * A training on disk: what it is ({@code specification.json}), what happened ({@code events.jsonl},
 * only ever appended to), where it goes on ({@code state.safetensors}) and its model so far ({@code
 * model.safetensors}). Whatever ends the program, at most the current epoch is lost.
 */
public final class RunDirectory implements AutoCloseable {
  /** Bytes; the files of a run of a million epochs have fewer. */
  static final int LONGEST_TEXT = 256 << 20;

  /** Other processes write marks there, in a moment. */
  private static final Duration OLDEST_WRITING = Duration.ofMinutes(1);

  static final Gson GSON =
      new com.google.gson.GsonBuilder()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .create();

  private final Path folder;
  private final RunLock lock;

  private RunDirectory(Path folder, RunLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * What a run is: the command line that began it.
   *
   * @param arguments after {@code pag train}
   * @param directory in which its relative paths are meant
   */
  public record Specification(List<String> arguments, String directory) {
    public Specification {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Takes a folder for writing, making it if need be; close it to let others.
   *
   * @throws UserException if another process has it
   */
  public static RunDirectory open(Path folder) {
    RunDirectory open = new RunDirectory(folder, RunLock.take(folder));
    AtomicFile.sweep(folder, OLDEST_WRITING);
    AtomicFile.sweep(folder.resolve("probe"), OLDEST_WRITING);
    return open;
  }

  /** Whether some process is training in a folder. */
  public static boolean isRunning(Path folder) {
    return RunLock.isHeld(folder);
  }

  /**
   * What the run in a folder is; empty if there is none yet.
   *
   * @throws UserException if that cannot be read
   */
  public static Optional<Specification> specification(Path folder) {
    return SpecificationFile.of(folder).read();
  }

  /** Whether a command line asks for the run in a folder, which has a specification. */
  public static boolean isOf(Path folder, List<String> arguments) {
    return SpecificationFile.of(folder).isOf(arguments);
  }

  /** The run cannot be resumed, because of what its specification says. */
  public static UserException damagedSpecification(Path folder, Throwable cause) {
    return SpecificationFile.of(folder).damaged(cause);
  }

  /** Says what the run is, once. */
  public void specify(Specification specification) {
    write(SpecificationFile.of(folder).file(), SpecificationFile.text(specification));
  }

  private static void write(Path file, String text) {
    try {
      TextFile.write(file, text);
    } catch (IOException e) {
      throw new UserException(file + " cannot be written: is the disk full?", e);
    }
  }

  /** The model so far. */
  public Path model() {
    return folder.resolve("model.safetensors");
  }

  /** Whether somebody has asked the run to stop ({@link #requestStop}). */
  public boolean isStopRequested() {
    return isStopRequested(folder);
  }

  /** Whether the run in a folder is to stop, or was to when its process died. */
  public static boolean isStopRequested(Path folder) {
    return Files.exists(folder.resolve("stop"));
  }

  /** Asks the run in a folder to stop before its next step. */
  public static void requestStop(Path folder) {
    write(folder.resolve("stop"), "");
  }

  /** Keeps that this process was asked to end, by whatever means, lest the run begin again. */
  public void stopAsked() {
    try {
      requestStop(folder);
    } catch (UserException e) {
      // It ends all the same.
    }
  }

  /** Whether somebody wants the run to wait between two steps ({@link #pause}). */
  public boolean isPaused() {
    return isPaused(folder);
  }

  /** Whether the run in a folder is to wait. */
  public static boolean isPaused(Path folder) {
    return Files.exists(folder.resolve("pause"));
  }

  /** Makes the run in a folder wait before its next step, or go on. */
  public static void pause(Path folder, boolean paused) {
    if (paused) {
      write(folder.resolve("pause"), "");
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve("pause"));
    } catch (IOException e) {
      throw new UserException(folder + " cannot be written; check its permissions.", e);
    }
  }

  /** Tells how far the current epoch is; only the latest is kept. */
  public void progress(TrainingObserver.Progress progress) {
    try {
      TextFile.write(folder.resolve("progress.json"), GSON.toJson(progress) + "\n");
    } catch (IOException e) {
      // It is only for looking at: no reason to end a training.
    }
  }

  /**
   * How far the run in a folder was when it last told; empty before its first step, and where that
   * cannot be read: it is only for looking at.
   */
  public static Optional<TrainingObserver.Progress> latestProgress(Path folder) {
    try {
      return Optional.ofNullable(
              GSON.fromJson(
                  TextFile.readDamaged(folder.resolve("progress.json"), LONGEST_TEXT),
                  TrainingObserver.Progress.class))
          .filter(p -> p.epoch() >= 1 && p.done() >= 0 && p.done() <= 1);
    } catch (IOException | JsonParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The picture of the probe after an epoch: a row for every few steps, a column a class. */
  public static Path probe(Path folder, int epoch) {
    return folder.resolve("probe").resolve("epoch-%04d.png".formatted(epoch));
  }

  /** The run's folder. */
  public Path folder() {
    return folder;
  }

  /** The request is fulfilled, or from an earlier time. */
  public void forgetStopRequest() {
    try {
      Files.deleteIfExists(folder.resolve("stop"));
    } catch (IOException e) {
      throw new UserException(folder + " cannot be written; check its permissions.", e);
    }
  }

  /**
   * Tells what happened.
   *
   * @param kind {@code started}, {@code resumed}, {@code epoch}, {@code stopped}, {@code finished},
   *     {@code failed}
   */
  public void event(String kind, Map<String, ?> fields) {
    EventLog.of(folder).append(kind, fields);
  }

  /** Tells why the training ended before its time. */
  public void failed(String reason) {
    try {
      event("failed", Map.of("reason", reason));
    } catch (UserException e) {
      // Where the disk is full, that is the reason, and the caller says it.
    }
  }

  /** All whole events of the run in a folder, the oldest first. */
  public static List<JsonObject> events(Path folder) {
    return EventLog.of(folder).lines().stream().map(EventLog.Line::event).toList();
  }

  /** Whether it was kept after an epoch. */
  public boolean hasState() {
    return Files.exists(stateFile());
  }

  /** Keeps a state, whole or not at all, and only then tells of its epoch. */
  public void keep(Trainer.State state, TrainingObserver.EpochReport report) {
    new RunState(state, report).write(stateFile());
    tell(report);
  }

  private void tell(TrainingObserver.EpochReport report) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    GSON.toJsonTree(report)
        .getAsJsonObject()
        .entrySet()
        .forEach(field -> fields.put(field.getKey(), field.getValue()));
    event("epoch", fields);
  }

  private Path stateFile() {
    return folder.resolve("state.safetensors");
  }

  /**
   * Where the training of a network goes on; empty if it has no completed epoch yet.
   *
   * @throws UserException if the run's files are damaged, or of another network
   */
  public Optional<Training.Resumption> resumption(Architecture architecture) {
    Optional<RunState> kept = kept();
    kept.ifPresent(state -> state.check(stateFile(), architecture));
    return kept.map(RunDirectory::resumption);
  }

  /** Where the run goes on; empty if it has no completed epoch yet. */
  public Optional<Training.Resumption> resumption() {
    return kept().map(RunDirectory::resumption);
  }

  private static Training.Resumption resumption(RunState kept) {
    return new Training.Resumption(kept.state(), kept.report().epoch());
  }

  private Optional<RunState> kept() {
    // Damaged events are said before anything is trained.
    RunHistory history = RunHistory.of(folder);
    if (!Files.exists(stateFile())) {
      return Optional.empty();
    }
    RunState kept = RunState.read(stateFile());
    int epoch = kept.report().epoch();
    if (history.reports().stream().noneMatch(report -> report.epoch() == epoch)) {
      tell(kept.report()); // the program ended between the state and its event
    }
    return Optional.of(kept);
  }

  @Override
  public void close() {
    lock.close();
  }
}
