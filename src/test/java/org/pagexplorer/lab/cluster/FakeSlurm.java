package org.pagexplorer.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Programs with the names of Slurm's: {@code sbatch} keeps how it was called and numbers jobs from
 * 1, {@code scontrol} keeps its words, {@code squeue} prints the file {@code queue} and counts its
 * calls, {@code scancel} keeps what it was called for.
 */
public record FakeSlurm(Path folder) {
  /** Makes them. */
  public static FakeSlurm in(Path folder) {
    FakeSlurm fake = new FakeSlurm(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fake.program("sbatch", "echo \"$@\" >>calls; wc -l <calls | tr -d ' '");
    fake.program("squeue", "echo x >>asked; cat queue 2>/dev/null || true");
    fake.program("scontrol", "echo \"$@\" >>updated");
    fake.program("scancel", "echo \"$@\" >>canceled");
    return fake;
  }

  private void program(String name, String body) {
    Path file = folder.resolve(name);
    write(file, "#!/bin/sh\ncd '" + folder + "'\n" + body + "\n");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What squeue says from now on, a line a task: {@code 12|3|RUNNING|None|node1}. */
  public void queue(String... lines) {
    write(folder.resolve("queue"), String.join("\n", lines) + "\n");
  }

  /** From now on squeue fails where a word of it has that in it; always, where it is empty. */
  public void refuse(String word) {
    refuse(word, "squeue: error: Invalid user");
  }

  /** The same with what it says. */
  void refuse(String word, String why) {
    program(
        "squeue",
        "echo x >>asked\ncase \"$*\" in *"
            + word
            + "*) echo '"
            + why
            + "'; exit 1;; esac\ncat queue");
  }

  /** From now on scancel knows no job. */
  void forgetJobs() {
    program("scancel", "echo 'scancel: error: Kill job error: Invalid job id specified'; exit 1");
  }

  /** As if so many jobs had been submitted before. */
  void submitted(int jobs) {
    write(folder.resolve("calls"), "before\n".repeat(jobs));
  }

  Slurm slurm() {
    return new Slurm(List.of(folder));
  }

  /** How sbatch was called, a line each time. */
  public List<String> calls() {
    return lines("calls");
  }

  public List<String> cancelled() {
    return lines("canceled");
  }

  /** How scontrol was called. */
  public List<String> updated() {
    return lines("updated");
  }

  /** How often squeue was called. */
  public int asked() {
    return lines("asked").size();
  }

  private List<String> lines(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
