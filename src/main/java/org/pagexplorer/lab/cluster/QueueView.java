package org.pagexplorer.lab.cluster;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.pagexplorer.files.Sha256;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.Home;

/**
 * What Slurm says of jobs, asked for at most every ten seconds: by this process, and by all of a
 * user's, which find the latest answer in a file, and wait for whoever is asking.
 */
final class QueueView {
  static final long MILLIS_BETWEEN = 10_000;
  private static final int LONGEST = 256 << 20;
  private static final int MOST_JOBS = 10_000; // of which an answer tells
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

  /** Of this user and cluster alone, whatever machines and accounts share the home folder. */
  static QueueView ofUser(Slurm slurm) {
    var digest = Sha256.newDigest();
    for (String each : List.of(System.getProperty("user.name"), slurm.cluster())) {
      digest.update((each + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String name = "slurm-queue-" + Sha256.hex(digest).substring(0, 16) + ".json";
    return new QueueView(slurm, Home.user().resolve(name), System::currentTimeMillis);
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
   * @param told of whose jobs it tells; nobody's, where Slurm has not answered
   * @param wanted who was asked for since, of whom the next answer tells
   * @param jobs of which it tells
   * @param wantedJobs jobs that were asked for since
   * @param tasks by their names, {@code 12_3}
   */
  record Answer(
      long time,
      Set<String> told,
      Set<String> wanted,
      Set<Long> jobs,
      Set<Long> wantedJobs,
      Map<String, Task> tasks) {
    /** Where Slurm cannot be asked. */
    static final Answer NONE = new Answer(0, Set.of(), Set.of(), Set.of(), Set.of(), Map.of());

    /** Whether Slurm has answered. */
    boolean isKnown() {
      return !told.isEmpty();
    }

    boolean knows(String user, long job) {
      return told.contains(user) && jobs.contains(job);
    }

    private Set<String> users() {
      return union(told, wanted);
    }

    private Set<Long> allJobs() {
      return union(jobs, wantedJobs);
    }
  }

  /** The latest answer, which is at most ten seconds old; unknown where Slurm cannot be asked. */
  Answer ask(Set<String> users, Set<Long> jobs) {
    return recent()
        .filter(answer -> tells(answer, users, jobs))
        .orElseGet(() -> asked(users, jobs));
  }

  private Answer asked(Set<String> users, Set<Long> jobs) {
    if (!slurm.isThere()) {
      return Answer.NONE;
    }
    return Exclusive.during(
        file,
        () -> {
          Optional<Answer> recent = recent(); // while another process was waited for
          Answer answer = recent.orElseGet(() -> fresh(users, jobs));
          Answer wanting = wanting(answer, users, jobs);
          if (recent.isEmpty() || !tells(answer, users, jobs)) {
            keep(wanting);
          }
          return wanting;
        });
  }

  private Optional<Answer> recent() {
    long now = millis.getAsLong();
    return read().filter(answer -> Math.abs(now - answer.time()) < MILLIS_BETWEEN);
  }

  /** Whether it tells of them, or remembers that the next one has to. */
  private static boolean tells(Answer answer, Set<String> users, Set<Long> jobs) {
    return answer.users().containsAll(users) && answer.allJobs().containsAll(jobs);
  }

  private static Answer wanting(Answer answer, Set<String> users, Set<Long> jobs) {
    return new Answer(
        answer.time(),
        answer.told(),
        without(union(answer.wanted(), users), answer.told()),
        answer.jobs(),
        without(union(answer.wantedJobs(), jobs), answer.jobs()),
        answer.tasks());
  }

  private static <T> Set<T> union(Set<T> some, Set<T> others) {
    Set<T> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private static <T> Set<T> without(Set<T> some, Set<T> others) {
    Set<T> left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }

  /** Also of what another window asks for, lest the two take turns. */
  private Answer fresh(Set<String> users, Set<Long> jobs) {
    Optional<Answer> kept = read();
    Set<String> all = kept.map(answer -> union(users, answer.users())).orElse(users);
    Set<Long> every =
        kept.map(answer -> union(jobs, answer.allJobs()))
            .filter(more -> more.size() <= MOST_JOBS)
            .orElse(jobs);
    Optional<Map<String, Task>> tasks = tasks(all, every);
    return new Answer(
        millis.getAsLong(), // when it has come, which may take a minute
        tasks.isPresent() ? all : Set.of(),
        tasks.isPresent() ? Set.of() : all,
        tasks.isPresent() ? every : Set.of(),
        tasks.isPresent() ? Set.of() : every,
        tasks.orElse(Map.of()));
  }

  /** Nothing where Slurm does not say. */
  private Optional<Map<String, Task>> tasks(Set<String> users, Set<Long> jobs) {
    try {
      Map<String, Task> tasks = new HashMap<>();
      for (String line : slurm.queue(users, jobs)) {
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
          .filter(a -> a.told() != null && a.wanted() != null && a.tasks() != null)
          .filter(a -> a.jobs() != null && a.wantedJobs() != null);
    } catch (IOException | JsonParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
