package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/** Slurm's own programs, which are all that is known of it. */
public final class Slurm {
  private static final long PATIENCE_SECONDS = 60;

  private final List<Path> folders;
  private final String cluster;

  /**
   * @param folders in which its programs are looked for
   */
  Slurm(List<Path> folders) {
    this(folders, "");
  }

  /**
   * @param cluster which jobs it has; empty where that cannot be known
   */
  Slurm(List<Path> folders, String cluster) {
    this.folders = List.copyOf(folders);
    this.cluster = cluster;
  }

  /** The one of this machine's {@code PATH}, or of the folder {@code -Dpag.slurm}. */
  public static Slurm ofPath() {
    String own = System.getProperty("pag.slurm");
    String path = own != null ? own : Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new Slurm(
        Stream.of(path.split(java.io.File.pathSeparator, -1))
            .filter(each -> !each.isBlank())
            .map(Path::of)
            .filter(Path::isAbsolute) // nothing of the current folder is started
            .toList(),
        own != null ? "" : ClusterName.ofMachine());
  }

  String cluster() {
    return cluster;
  }

  /** Whether jobs of a cluster, in any case, are another Slurm's, of which this knows nothing. */
  boolean isOther(String of) {
    return !of.isEmpty() && !cluster.isEmpty() && !of.equalsIgnoreCase(cluster);
  }

  private Optional<Path> program(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether Slurm can be asked from here. */
  public boolean isThere() {
    return program("squeue").isPresent();
  }

  /**
   * Submits a script.
   *
   * @param options before it, for instance a dependency
   * @return the job's number
   * @throws UserException with what Slurm says, if it does not take it
   */
  long submit(Path script, List<String> options) {
    List<String> words = new ArrayList<>(List.of("--parsable"));
    words.addAll(options);
    words.add(script.toString());
    String answer = run("sbatch", words).strip();
    String number = answer.contains(";") ? answer.substring(0, answer.indexOf(';')) : answer;
    if (!number.matches("\\d{1,18}")) {
      throw new UserException("Slurm's sbatch answered \"" + Printable.of(answer) + "\".");
    }
    return Long.parseLong(number);
  }

  /** Cancels a job, or one task of an array, as {@code 12_3}. */
  void cancel(String job) {
    run("scancel", List.of(job));
  }

  /**
   * Has a task that waits begin only after others are over, however they end; where it does not
   * wait anymore, nothing.
   */
  void waitFor(String task, List<String> others) {
    String dependency = after(others);
    try {
      run("scontrol", List.of("update", "JobId=" + task, "Dependency=" + dependency));
    } catch (UserException e) {
      // It has begun meanwhile, and says itself what it misses.
    }
  }

  /** That some tasks are over, however they end. */
  static String after(List<String> tasks) {
    return "afterany:" + String.join(":", tasks);
  }

  /**
   * The tasks of some jobs that are in the queue, a line a task.
   *
   * @param users whose they are: Slurm finds one user's fastest, but tells nothing where it does
   *     not know one of several
   */
  List<String> queue(Set<String> users, Set<Long> jobs) {
    boolean isOnes = users.size() == 1 || jobs.isEmpty();
    String whose =
        isOnes
            ? "--user=" + String.join(",", users)
            : "--jobs=" + jobs.stream().map(String::valueOf).collect(Collectors.joining(","));
    List<String> words = List.of("--noheader", "--array", whose, "--format=%F|%K|%T|%r|%N");
    try {
      return run("squeue", words).lines().toList();
    } catch (UserException e) {
      if (!isOnes && String.valueOf(e.getMessage()).contains("Invalid job id")) {
        return List.of(); // what it says where it has forgotten the only one
      }
      throw e;
    }
  }

  private String run(String name, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(
        program(name)
            .map(Path::toString)
            .orElseThrow(
                () ->
                    new UserException(
                        "There is no "
                            + name
                            + " here: call this on a machine where Slurm is installed.")));
    command.addAll(words);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new UserException("Slurm's " + name + " does not answer; try again later.");
      }
      String text = output.join();
      if (process.exitValue() != 0) {
        throw new UserException(
            "Slurm's " + name + " says: " + Printable.of(text.strip().replace('\n', ' ')));
      }
      return text;
    } catch (IOException e) {
      throw new UserException("Slurm's " + name + " could not be started.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Nobody waited for Slurm's " + name + ".", e);
    }
  }

  private static String text(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
