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
  record Task(String state, String reason, String node) {
    private static final Set<String> WAITING =
        Set.of("PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "CONFIGURING");

    boolean waits() {
      return WAITING.contains(state);
    }
  }

  /**
   * An answer.
   *
   * @param time when it was given
   * @param users who were asked for
   * @param told of whom Slurm has answered: fewer, where it does not know one of them
   * @param jobs which were asked for: of a job submitted since, it says nothing
   * @param wanted jobs that were asked for since, of which the next answer tells
   * @param tasks by their names, {@code 12_3}
   */
  record Answer(
      long time,
      Set<String> users,
      Set<String> told,
      Set<Long> jobs,
      Set<Long> wanted,
      Map<String, Task> tasks) {
    /** Whether Slurm has answered. */
    boolean isKnown() {
      return !told.isEmpty();
    }

    boolean knows(String user, long job) {
      return told.contains(user) && jobs.contains(job);
    }

    private Answer wanting(Set<Long> more) {
      return new Answer(time, users, told, jobs, union(wanted, more), tasks);
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
      return recalled(recent.get(), jobs);
    }
    if (!slurm.isThere()) {
      return new Answer(now, users, Set.of(), jobs, Set.of(), Map.of());
    }
    // Also of what another window asks for, lest the two take turns.
    Set<String> all = kept.map(answer -> union(users, answer.told())).orElse(users);
    Set<Long> every =
        kept.map(answer -> union(jobs, union(answer.jobs(), answer.wanted()))).orElse(jobs);
    Answer fresh = fresh(now, all, every);
    keep(fresh);
    return fresh;
  }

  /** A recent answer, which remembers what it does not know yet. */
  private Answer recalled(Answer recent, Set<Long> jobs) {
    if (union(recent.jobs(), recent.wanted()).containsAll(jobs)) {
      return recent;
    }
    Set<Long> unknown = new HashSet<>(jobs);
    unknown.removeAll(recent.jobs());
    Answer wanting = recent.wanting(unknown);
    keep(wanting);
    return wanting;
  }

  private static <T> Set<T> union(Set<T> some, Set<T> others) {
    Set<T> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private Answer fresh(long now, Set<String> users, Set<Long> jobs) {
    Set<String> me = Set.of(System.getProperty("user.name"));
    Optional<Map<String, Task>> tasks = tasks(users);
    if (tasks.isPresent()) {
      return new Answer(now, users, users, jobs, Set.of(), tasks.get());
    }
    // One user whom Slurm does not know is enough for it to tell of none.
    Optional<Map<String, Task>> own = users.equals(me) ? Optional.empty() : tasks(me);
    return new Answer(
        now, users, own.isPresent() ? me : Set.of(), jobs, Set.of(), own.orElse(Map.of()));
  }

  /** Those of some users; nothing where Slurm does not say. */
  private Optional<Map<String, Task>> tasks(Set<String> users) {
    try {
      Map<String, Task> tasks = new HashMap<>();
      for (String line : slurm.queue(List.copyOf(users))) {
        String[] parts = line.split("\\|", -1);
        if (parts.length == 5) {
          tasks.put(parts[0] + "_" + parts[1], new Task(parts[2], parts[3], parts[4]));
        }
      }
      return Optional.of(tasks);
    } catch (UserException e) {
      return Optional.empty();
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
          .filter(a -> a.users() != null && a.told() != null && a.tasks() != null)
          .filter(a -> a.jobs() != null && a.wanted() != null);
    } catch (IOException | JsonParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
