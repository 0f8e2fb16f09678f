package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
  private static final String SCRIPT = "array-\\d+\\.sh";

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
    new JobRecord(job, System.getProperty("user.name"), name, runs, tasks, slurm.cluster())
        .write(folder);
    return job;
  }

  /** Submits a run again, by the script that it was submitted by. */
  long again(JobRecord.Place place, List<String> after) {
    Path file = script(place.record().script());
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
    Path array = write(chunks(directory, words, chunks));
    Path merging = write(merging(directory, words, chunks));
    long first = slurm.submit(array, List.of());
    long second = merge(merging, first);
    setAside(Evaluation.results(folder)); // the job that writes it waits for the chunks
    new Evaluation(
            words.getFirst(),
            chunks,
            System.getProperty("user.name"),
            first,
            second,
            List.of(name(array), name(merging)),
            slurm.cluster())
        .write(folder);
    LastingStop.forget(folder);
    return List.of(first, second);
  }

  /** Chunks that nothing would make a table of are not computed. */
  private long merge(Path script, long chunks) {
    try {
      return slurm.submit(script, dependency(List.of(String.valueOf(chunks))));
    } catch (UserException e) {
      slurm.cancel(String.valueOf(chunks));
      throw e;
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** A table of before is none of what is submitted now. */
  private static void setAside(Path results) {
    try {
      if (Files.exists(results)) {
        Files.move(
            results,
            results.resolveSibling("results-before.txt"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UserException(results + " cannot be renamed; check its folder's permissions.", e);
    }
  }

  /**
   * Submits what is missing of a measurement again, by the scripts that it was submitted by.
   *
   * @return the number of the job that makes one table of all
   */
  long again(Evaluation evaluation) {
    List<Integer> missing = evaluation.chunks(folder).missing();
    long array = evaluation.array();
    Path table = script(evaluation.scripts().getLast());
    long merging;
    if (missing.isEmpty()) {
      merging = slurm.submit(table, List.of());
    } else {
      String tasks = missing.stream().map(String::valueOf).collect(Collectors.joining(","));
      array = slurm.submit(script(evaluation.scripts().getFirst()), List.of("--array=" + tasks));
      merging = merge(table, array);
    }
    new Evaluation(
            evaluation.command(),
            evaluation.chunks(),
            System.getProperty("user.name"), // whose jobs these are now
            array,
            merging,
            evaluation.scripts(),
            slurm.cluster())
        .write(folder);
    LastingStop.forget(folder);
    return merging;
  }

  /** One of those that {@link #write} makes, never a script from elsewhere that a record names. */
  private Path script(String name) {
    Path file = JobRecord.folder(folder).resolve(name.matches(SCRIPT) ? name : "array-000.sh");
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file + " is gone: submit it again by the command that it was submitted by.");
    }
    return file;
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
      Path file = created(scripts, before.size() + 1);
      TextFile.write(file, script);
      return file;
    } catch (IOException e) {
      throw new UserException(scripts + " cannot be written: is the disk full?", e);
    }
  }

  /** Of this submission alone, also where another one comes at the same time. */
  private static Path created(Path scripts, int from) throws IOException {
    for (int number = from; ; number++) {
      try {
        return Files.createFile(scripts.resolve("array-%03d.sh".formatted(number)));
      } catch (FileAlreadyExistsException e) {
        // The next number.
      }
    }
  }
}
