package org.pagexplorer.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.SafetensorsHeader;
import org.pagexplorer.checkpoint.TensorEntry;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.run.TrainingObserver.EpochReport;

/**
 * Where a run goes on, as it is kept in {@code state.safetensors}.
 *
 * @param report of its last completed epoch
 */
record RunState(Trainer.State state, EpochReport report) {
  private static final String WEIGHTS = "weights.";
  private static final String MEMORY = "memory.";

  /** Replaces the file, whole or not at all. */
  void write(Path file) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    state.weights().forEach((name, tensor) -> tensors.put(WEIGHTS + name, tensor));
    for (int i = 0; i < state.memory().size(); i++) {
      tensors.put(MEMORY + i, state.memory().get(i));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("steps", String.valueOf(state.steps()));
    metadata.put("report", RunDirectory.GSON.toJson(report));
    Safetensors.write(file, metadata, tensors, Dtype.F32);
  }

  /**
   * Reads it back.
   *
   * @throws UserException if the file is damaged or no run's state
   */
  static RunState read(Path file) {
    SafetensorsHeader header = Safetensors.readHeader(file);
    try {
      EpochReport report =
          RunHistory.report(
              RunDirectory.GSON.fromJson(header.metadata().get("report"), JsonObject.class));
      long steps = Long.parseLong(header.metadata().getOrDefault("steps", "0"));
      SequencedMap<String, Tensor> weights = new LinkedHashMap<>();
      SortedMap<Integer, Tensor> memory = new TreeMap<>();
      for (TensorEntry entry : header.entries().values()) {
        Tensor tensor = Safetensors.readTensor(file, header, entry);
        if (entry.name().startsWith(WEIGHTS)) {
          weights.put(entry.name().substring(WEIGHTS.length()), tensor);
        } else if (entry.name().startsWith(MEMORY)) {
          memory.put(Integer.parseInt(entry.name().substring(MEMORY.length())), tensor);
        }
      }
      return new RunState(
          new Trainer.State(weights, new ArrayList<>(memory.values()), steps), report);
    } catch (JsonParseException | NumberFormatException e) {
      throw unusable(file, e);
    }
  }

  private static UserException unusable(Path file, RuntimeException cause) {
    return new UserException(
        file + " is not this run's state: delete it to train from the first epoch.", cause);
  }

  /**
   * Checks that a network can be trained further from here.
   *
   * @throws UserException if the tensors are another network's
   */
  void check(Path file, Architecture architecture) {
    Map<String, TensorShape> shapes = new LinkedHashMap<>();
    List<TensorShape> trainable = new ArrayList<>();
    state
        .weights()
        .forEach(
            (name, tensor) -> {
              shapes.put(name, tensor.shape());
              if (!name.contains(".running_")) {
                trainable.add(tensor.shape());
              }
            });
    List<TensorShape> memory = state.memory().stream().map(Tensor::shape).toList();
    boolean fits = shapes.equals(architecture.tensorShapes()) && state.steps() >= 0;
    for (int i = 0; fits && i < memory.size(); i++) {
      // An optimizer remembers an array or a number for each parameter.
      fits =
          memory.get(i).sides().isEmpty()
              || memory.get(i).equals(trainable.get(i % trainable.size()));
    }
    if (!fits) {
      throw unusable(file, new IllegalArgumentException(architecture.description()));
    }
  }
}
