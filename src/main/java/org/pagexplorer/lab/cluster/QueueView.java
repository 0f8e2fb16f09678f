package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * What Slurm says of jobs, asked for at most every ten seconds: by this process, and by all of a
 * user's, which find the latest answer in a file.
 */
final class QueueView {
  static final long MILLIS_BETWEEN = 10_000;
  private static final int LONGEST = 256 << 20;
  private static final Gson GSON = new Gson();

  private final Slurm slurm;
  private final Path file;
  private final LongSupplier millis;

  /**
   * @param file where the latest answer is kept
   * @param millis since 1970, by this machine's clock
   */
  QueueView(Slurm slurm, Path file, LongSupplier millis) {
    this.slurm = slurm;
    this.file = file;
    this.millis = millis;
  }

  /**
   * A job, or one of an array's tasks.
   *
   * @param state as Slurm names it, for instance PENDING
   * @param reason why it waits
   * @param node where it runs
   */
  record Task(String state, String reason, String node) {}

  /**
   * An answer.
   *
   * @param time when it was given
   * @param jobs which were asked for: of a job submitted since, it says nothing
   * @param tasks by their names, {@code 12_3}
   * @param known whether Slurm has answered
   */
  record Answer(
      long time, Set<String> users, Set<Long> jobs, Map<String, Task> tasks, boolean known) {
    boolean knows(long job) {
      return known && jobs.contains(job);
    }
  }

  /** The latest answer, which is at most ten seconds old; unknown where Slurm cannot be asked. */
  synchronized Answer ask(Set<String> users, Set<Long> jobs) {
    long now = millis.getAsLong();
    Optional<Answer> kept = read();
    Optional<Answer> recent =
        kept.filter(answer -> Math.abs(now - answer.time()) < MILLIS_BETWEEN)
            .filter(answer -> answer.users().containsAll(users));
    if (recent.isPresent()) {
      return recent.get();
    }
    if (!slurm.isThere()) {
      return new Answer(now, users, jobs, Map.of(), false);
    }
    // Also of those that another window asks for, lest the two take turns.
    Set<String> all = new HashSet<>(users);
    kept.ifPresent(answer -> all.addAll(answer.users()));
    Set<Long> every = new HashSet<>(jobs);
    kept.filter(Answer::known).ifPresent(answer -> every.addAll(answer.jobs()));
    Answer fresh = fresh(now, all, every);
    keep(fresh);
    return fresh;
  }

  private Answer fresh(long now, Set<String> users, Set<Long> jobs) {
    try {
      Map<String, Task> tasks = new HashMap<>();
      for (String line : slurm.queue(List.copyOf(users))) {
        String[] parts = line.split("\\|", -1);
        if (parts.length == 5) {
          tasks.put(parts[0] + "_" + parts[1], new Task(parts[2], parts[3], parts[4]));
        }
      }
      return new Answer(now, users, jobs, tasks, true);
    } catch (UserException e) {
      return new Answer(now, users, jobs, Map.of(), false);
    }
  }

  private void keep(Answer answer) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      TextFile.write(file, GSON.toJson(answer) + "\n");
    } catch (IOException e) {
      // The next one asks Slurm itself.
    }
  }

  @SuppressWarnings("NullAway") // a damaged file leaves out what it likes
  private Optional<Answer> read() {
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      @Nullable Answer answer = GSON.fromJson(TextFile.readDamaged(file, LONGEST), Answer.class);
      return Optional.ofNullable(answer)
          .filter(a -> a.users() != null && a.jobs() != null && a.tasks() != null);
    } catch (IOException | JsonParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
