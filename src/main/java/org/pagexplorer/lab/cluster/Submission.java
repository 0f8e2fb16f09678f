package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.runs.RunCommand;

/**
 * Hands work to Slurm, a job array each time.
 *
 * @param folder of the runs or the chunks, shared by all machines; absolute
 * @param settings what a job asks for
 * @param slurm which takes it
 */
public record Submission(Path folder, SlurmSettings settings, Slurm slurm) {

  private ArrayScript script() {
    String pag = settings.pag();
    return new ArrayScript(folder, settings, pag == null ? RunCommand.program() : List.of(pag));
  }

  /** The script of trainings that are specified in folders of these names. */
  public String trainings(List<String> runs) {
    return script().trainings(runs);
  }

  /** The script of a measurement's chunks. */
  public String chunks(Path directory, List<String> words, int chunks) {
    return script().chunks(directory, words, chunks);
  }

  /** The script that makes one table of the chunks. */
  public String merging(Path directory, List<String> words, int chunks) {
    return script().merging(directory, words, chunks);
  }

  /**
   * Submits trainings.
   *
   * @param runs their folders' names
   * @param after tasks of earlier jobs, {@code 12_3}, that have to be over first
   * @return the job's number
   */
  public long submit(List<String> runs, List<String> after) {
    Path file = write(trainings(runs));
    List<Integer> all = IntStream.range(0, runs.size()).boxed().toList();
    return submit(file, dependency(after), runs, all);
  }

  private static List<String> dependency(List<String> after) {
    return after.isEmpty() ? List.of() : List.of("--dependency=" + Slurm.after(after));
  }

  /** Has a task that waits begin only after others. */
  public void waitFor(String task, List<String> others) {
    slurm.waitFor(task, others);
  }

  private long submit(Path file, List<String> options, List<String> runs, List<Integer> tasks) {
    long job = slurm.submit(file, options);
    String name = String.valueOf(file.getFileName());
    new JobRecord(job, System.getProperty("user.name"), name, runs, tasks).write(folder);
    return job;
  }

  /** Submits a run again, by the script that it was submitted by. */
  long again(JobRecord.Place place, List<String> after) {
    Path file = JobRecord.folder(folder).resolve(place.record().script());
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file + " is gone: submit the run again by pag train --run-dir … --on slurm.");
    }
    List<String> options = new ArrayList<>(List.of("--array=" + place.task()));
    options.addAll(dependency(after));
    return submit(file, options, place.record().runs(), List.of(place.task()));
  }

  /**
   * Submits a measurement: its chunks, and what makes one table of them.
   *
   * @return the two jobs' numbers
   */
  public List<Long> submitChunks(Path directory, List<String> words, int chunks) {
    long array = slurm.submit(write(chunks(directory, words, chunks)), List.of());
    long merge =
        slurm.submit(
            write(merging(directory, words, chunks)), dependency(List.of(String.valueOf(array))));
    return List.of(array, merge);
  }

  /** Beside those that are there, since jobs may still wait that were submitted by them. */
  private Path write(String script) {
    Path scripts = JobRecord.folder(folder);
    try {
      Files.createDirectories(scripts);
      List<Path> before = new ArrayList<>();
      try (var files = Files.newDirectoryStream(scripts, "array-*.sh")) {
        files.forEach(before::add);
      }
      int number = before.size() + 1;
      while (Files.exists(scripts.resolve("array-%03d.sh".formatted(number)))) {
        number++;
      }
      Path file = scripts.resolve("array-%03d.sh".formatted(number));
      TextFile.write(file, script);
      return file;
    } catch (IOException e) {
      throw new UserException(scripts + " cannot be written: is the disk full?", e);
    }
  }
}
