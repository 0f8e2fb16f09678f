package org.pagexplorer.run;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.SafetensorsHeader;
import org.pagexplorer.checkpoint.TensorEntry;
import org.pagexplorer.checkpoint.TextFile;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Trainer;

/**
 * A training on disk: what it is ({@code specification.json}), what happened ({@code events.jsonl},
 * only ever appended to), where it goes on ({@code state.safetensors}) and its model so far ({@code
 * model.safetensors}). Whatever ends the program, at most the current epoch is lost.
 */
public final class RunDirectory implements AutoCloseable {
  private static final String WEIGHTS = "weights.";
  private static final String MEMORY = "memory.";
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
    return new RunDirectory(folder, RunLock.take(folder));
  }

  /** Whether some process is training in a folder. */
  public static boolean isRunning(Path folder) {
    return RunLock.isHeld(folder);
  }

  /** What the run in a folder is; empty if there is none yet. */
  public static Optional<Specification> specification(Path folder) {
    Path file = folder.resolve("specification.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(GSON.fromJson(Files.readString(file), Specification.class));
    } catch (IOException | JsonParseException e) {
      throw new UserException(
          file + " cannot be read, so that the run cannot go on; begin another one.", e);
    }
  }

  /** Says what the run is, once. */
  public void specify(Specification specification) {
    write(folder.resolve("specification.json"), GSON.toJson(specification) + "\n");
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
    return Files.exists(folder.resolve("stop"));
  }

  /** Asks the run in a folder to stop before its next step. */
  public static void requestStop(Path folder) {
    write(folder.resolve("stop"), "");
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

  /** How far the run in a folder was when it last told; empty before its first step. */
  public static Optional<TrainingObserver.Progress> latestProgress(Path folder) {
    Path file = folder.resolve("progress.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          GSON.fromJson(Files.readString(file), TrainingObserver.Progress.class));
    } catch (IOException | JsonParseException e) {
      return Optional.empty(); // being replaced, or of another version: it is only for looking at
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

  /** All whole events of the run in a folder, the oldest first. */
  public static List<JsonObject> events(Path folder) {
    return EventLog.of(folder).events();
  }

  /** Keeps a state, whole or not at all, and only then tells of its epoch. */
  public void keep(Trainer.State state, TrainingObserver.EpochReport report) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    state.weights().forEach((name, tensor) -> tensors.put(WEIGHTS + name, tensor));
    for (int i = 0; i < state.memory().size(); i++) {
      tensors.put(MEMORY + i, state.memory().get(i));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("steps", String.valueOf(state.steps()));
    metadata.put("report", GSON.toJson(report));
    Safetensors.write(stateFile(), metadata, tensors, Dtype.F32);
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

  /** Where the run goes on; empty if it has no whole epoch yet. */
  public Optional<Training.Resumption> resumption() {
    if (!Files.exists(stateFile())) {
      return Optional.empty();
    }
    SafetensorsHeader header = Safetensors.readHeader(stateFile());
    SequencedMap<String, Tensor> weights = new LinkedHashMap<>();
    List<Tensor> memory = new ArrayList<>();
    for (TensorEntry entry : header.entries().values()) {
      Tensor tensor = Safetensors.readTensor(stateFile(), header, entry);
      if (entry.name().startsWith(WEIGHTS)) {
        weights.put(entry.name().substring(WEIGHTS.length()), tensor);
      } else {
        memory.add(tensor); // written in order, and read in the header's order
      }
    }
    TrainingObserver.EpochReport report = report(header.metadata());
    boolean told =
        events(folder).stream()
            .anyMatch(
                e -> e.has("epoch") && isEpoch(e) && e.get("epoch").getAsInt() == report.epoch());
    if (!told) {
      tell(report); // the program ended between the state and its event
    }
    long steps = Long.parseLong(header.metadata().getOrDefault("steps", "0"));
    return Optional.of(
        new Training.Resumption(new Trainer.State(weights, memory, steps), report.epoch()));
  }

  private static boolean isEpoch(JsonObject event) {
    return event.get("event").getAsString().equals("epoch");
  }

  private TrainingObserver.EpochReport report(Map<String, String> metadata) {
    String json = metadata.get("report");
    if (json == null) {
      throw new UserException(
          stateFile() + " is no state of a run; begin another one with another --run-dir.");
    }
    return GSON.fromJson(json, TrainingObserver.EpochReport.class);
  }

  @Override
  public void close() {
    lock.close();
  }
}
