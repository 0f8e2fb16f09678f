package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * An array that was submitted, as a file in its folder's {@code slurm}, so that everybody who sees
 * the folder knows which job a run is.
 *
 * @param job its number
 * @param user who submitted it
 * @param script what was submitted, by its name
 * @param runs the names of the script's runs, by their tasks' numbers
 * @param tasks which of them this job is to do
 * @param cluster whose Slurm has it; empty where that was not known
 */
public record JobRecord(
    long job, String user, String script, List<String> runs, List<Integer> tasks, String cluster) {
  private static final int LONGEST = 16 << 20;
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  @SuppressWarnings("NullAway") // Gson leaves out what a damaged file does not say
  public JobRecord {
    runs = runs == null ? List.of() : List.copyOf(runs);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    cluster = cluster == null ? "" : cluster; // earlier versions did not say
  }

  /**
   * A run's task.
   *
   * @param record of its job
   */
  public record Place(JobRecord record, int task) {
    /** As Slurm names it. */
    public String id() {
      return record.job() + "_" + task;
    }
  }

  static Path folder(Path runs) {
    return runs.resolve("slurm");
  }

  /** The record itself, which whoever submitted the job has written. */
  Path file(Path runs) {
    return folder(runs).resolve(job + ".json");
  }

  void write(Path runs) {
    Path file = file(runs);
    try {
      TextFile.write(file, GSON.toJson(this) + "\n");
    } catch (IOException e) {
      throw new UserException(
          "Job %d was submitted, but %s cannot be written: scancel %d ends it."
              .formatted(job, file, job),
          e);
    }
  }

  /** Of all jobs of a folder's runs, the oldest first; what cannot be read is left out. */
  static List<JobRecord> in(Path runs) {
    Path folder = folder(runs);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<JobRecord> records = new ArrayList<>();
      files
          .filter(file -> String.valueOf(file.getFileName()).matches("\\d+\\.json"))
          .forEach(file -> read(file).ifPresent(records::add));
      records.sort(Comparator.comparingLong(JobRecord::job));
      return records;
    } catch (IOException e) {
      return List.of();
    }
  }

  @SuppressWarnings("NullAway") // a damaged file leaves out what it likes
  private static Optional<JobRecord> read(Path file) {
    try {
      @Nullable JobRecord record =
          GSON.fromJson(TextFile.readDamaged(file, LONGEST), JobRecord.class);
      return Optional.ofNullable(record)
          .filter(r -> r.user() != null && r.script() != null && r.job() > 0)
          .filter(r -> r.tasks().stream().allMatch(t -> t >= 0 && t < r.runs().size()));
    } catch (IOException | JsonParseException | NullPointerException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
