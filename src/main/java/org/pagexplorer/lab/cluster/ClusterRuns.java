package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.cluster.JobRecord.Place;
import org.pagexplorer.lab.cluster.QueueView.Answer;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.RunDirectory;

/**
 * The runs of a shared folder, some of which Slurm has: what their files say, and what Slurm says
 * where it can be asked. Files may be seen late and in any order; no two machines' clocks are
 * compared. Safe for several threads.
 */
public final class ClusterRuns {
  /** How long files may be behind, and how long a run may say nothing. */
  static final Duration LAG = Duration.ofSeconds(60);

  static final Duration SILENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final Slurm slurm;
  private final QueueView queue;
  private final LongSupplier nanos;
  private final boolean watches;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** What was last believed of a run, and since when by this process's own clock. */
  private record Seen(RunStatus status, String files, long changed, long doubted) {}

  /**
   * @param watches whether it will look again; whoever looks once believes what is seen
   */
  public ClusterRuns(Path folder, boolean watches) {
    this(
        folder,
        Slurm.ofPath(),
        new QueueView(
            Slurm.ofPath(), Home.user().resolve("slurm-queue.json"), System::currentTimeMillis),
        System::nanoTime,
        watches);
  }

  ClusterRuns(Path folder, Slurm slurm, QueueView queue, LongSupplier nanos, boolean watches) {
    this.folder = folder.toAbsolutePath().normalize();
    this.slurm = slurm;
    this.queue = queue;
    this.nanos = nanos;
    this.watches = watches;
  }

  /** Which task a run is, of those that were submitted the last one. */
  private SequencedMap<String, Place> places() {
    SequencedMap<String, Place> places = new LinkedHashMap<>();
    for (JobRecord record : JobRecord.in(folder)) {
      for (int task : record.tasks()) {
        places.put(record.runs().get(task), new Place(record, task));
      }
    }
    return places;
  }

  private Answer ask(Map<String, Place> places) {
    Set<String> users =
        places.values().stream().map(place -> place.record().user()).collect(Collectors.toSet());
    Set<Long> jobs =
        places.values().stream().map(place -> place.record().job()).collect(Collectors.toSet());
    return queue.ask(users, jobs);
  }

  /** All of them by name. */
  public synchronized List<RunStatus> look() {
    Map<String, RunStatus> runs = new TreeMap<>();
    for (RunStatus run : RunStatus.in(folder)) {
      runs.put(String.valueOf(run.folder().getFileName()), run);
    }
    SequencedMap<String, Place> places = places();
    if (places.isEmpty()) {
      return List.copyOf(runs.values());
    }
    Answer answer = ask(places);
    places.forEach(
        (name, place) -> {
          RunStatus files =
              Optional.ofNullable(runs.get(name))
                  .orElseGet(() -> RunStatus.of(folder.resolve(name)));
          runs.put(name, remembered(files, place, answer));
        });
    return List.copyOf(runs.values());
  }

  /** What is seen now, unless it is older than what was seen before. */
  private RunStatus remembered(RunStatus files, Place place, Answer answer) {
    long now = nanos.getAsLong();
    Seen before = seen.get(files.folder());
    String heard = files.completed() + " " + files.progress() + " " + files.state();
    boolean isNews = before == null || !before.files().equals(heard);
    long changed = before == null || isNews ? now : before.changed();
    RunStatus told = told(files, place, answer, now - changed);
    if (!watches) {
      return told;
    }
    long doubted = 0;
    if (before != null && isBehind(told, before.status(), place, answer)) {
      doubted = before.doubted() == 0 ? Math.max(1, now) : before.doubted();
      told = now - doubted < LAG.toNanos() ? before.status() : told;
    }
    seen.put(files.folder(), new Seen(told, heard, changed, doubted));
    return told;
  }

  /** A run does not lose epochs, and one whose job has just ended has not told all yet. */
  private static boolean isBehind(RunStatus now, RunStatus before, Place place, Answer answer) {
    boolean waits = answer.knows(place.record()) && answer.tasks().containsKey(place.id());
    boolean lostItsEnd = before.state() == State.FINISHED && now.state() != State.FINISHED;
    boolean lostEpochs = now.completed() < before.completed();
    boolean endedSilently =
        before.state() == State.RUNNING && now.state() == State.INTERRUPTED && !waits;
    return (lostItsEnd && !waits) || lostEpochs || endedSilently;
  }

  private RunStatus told(RunStatus files, Place place, Answer answer, long silent) {
    if (files.state() == State.FINISHED || files.state() == State.DAMAGED) {
      return files;
    }
    boolean isLocal = files.state().isActive();
    String job = "job " + place.id() + owner(place);
    if (!answer.told().contains(place.record().user())) {
      return isLocal ? files : unasked(files, job, silent);
    }
    if (!answer.knows(place.record())) {
      return with(files, State.QUEUED, "submitted as " + job);
    }
    QueueView.Task task = answer.tasks().get(place.id());
    if (task == null) {
      return isLocal ? files : gone(files, place, job);
    }
    return switch (task.state()) {
      case "PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "CONFIGURING" ->
          with(files, State.QUEUED, "Slurm: %s, %s".formatted(task.reason(), job));
      default ->
          files.state() == State.PAUSED
              ? files
              : with(files, State.RUNNING, "on %s, %s".formatted(task.node(), job));
    };
  }

  private static String owner(Place place) {
    String user = place.record().user();
    return user.equals(System.getProperty("user.name")) ? "" : " of " + user;
  }

  /** Where Slurm cannot be asked, as on a laptop that sees the folder. */
  private RunStatus unasked(RunStatus files, String job, long silent) {
    boolean hasBegun = files.epochs() > 0;
    if (files.state() != State.INTERRUPTED && hasBegun) {
      return files;
    }
    if (!hasBegun) {
      return files.state() == State.FAILED && !files.note().isEmpty()
          ? files
          : with(files, State.QUEUED, job + ", as its files say");
    }
    return silent > SILENCE.toNanos()
        ? with(
            files,
            State.INTERRUPTED,
            job + ", not heard of for " + silent / 60_000_000_000L + " min")
        : with(files, State.RUNNING, job + ", as its files say");
  }

  private RunStatus gone(RunStatus files, Place place, String job) {
    boolean hasSaidSo =
        files.state() == State.STOPPED
            || (files.state() == State.FAILED && !files.note().isEmpty());
    return hasSaidSo
        ? files
        : with(
            files,
            files.epochs() > 0 ? State.INTERRUPTED : State.FAILED,
            "%s ended without a word; slurm/%s.log may say why".formatted(job, place.id()));
  }

  private static RunStatus with(RunStatus run, State state, String note) {
    return new RunStatus(
        run.folder(),
        state,
        run.method(),
        run.epochs(),
        run.reports(),
        state == State.RUNNING ? run.progress() : Optional.empty(),
        run.measured(),
        note);
  }

  /** Whether Slurm was given a run of that name. */
  public boolean has(Path run) {
    return places().containsKey(String.valueOf(run.getFileName()));
  }

  /** Names of the runs that are in Slurm's queue, or may be, with their tasks: {@code 12_3}. */
  public Map<String, String> active() {
    SequencedMap<String, Place> places = places();
    return places.isEmpty() ? Map.of() : active(places, ask(places));
  }

  /**
   * The same before something is submitted, which is not done twice.
   *
   * @throws UserException if Slurm does not say what it has
   */
  public Map<String, String> queued() {
    SequencedMap<String, Place> places = places();
    if (places.isEmpty()) {
      return Map.of();
    }
    if (!slurm.isThere()) {
      throw new UserException("There is no Slurm here: call this where sbatch is installed.");
    }
    Answer answer = ask(places);
    if (!answer.isKnown()) {
      throw new UserException("Slurm does not answer; try again later.");
    }
    return active(places, answer);
  }

  private static Map<String, String> active(Map<String, Place> places, Answer answer) {
    Map<String, String> active = new HashMap<>();
    places.forEach(
        (name, place) -> {
          boolean gone = answer.knows(place.record()) && !answer.tasks().containsKey(place.id());
          if (!gone) {
            active.put(name, place.id());
          }
        });
    return active;
  }

  private Place own(Path run) {
    Place place = places().get(String.valueOf(run.getFileName()));
    if (place == null) {
      throw new UserException("Slurm was never given the run " + run + ".");
    }
    String user = place.record().user();
    if (!user.equals(System.getProperty("user.name"))) {
      throw new UserException(
          "The run \"%s\" belongs to %s: only %s may change it."
              .formatted(run.getFileName(), user, user));
    }
    return place;
  }

  /**
   * Nobody changes another user's run.
   *
   * @throws UserException if it is one
   */
  public void checkOwner(Path run) {
    var _ = own(run);
  }

  /**
   * Nobody deletes what Slurm is going to write to.
   *
   * @throws UserException if the run is in the queue, or another user's
   */
  public void checkIdle(Path run) {
    checkOwner(run);
    if (active().containsKey(String.valueOf(run.getFileName()))) {
      throw new UserException(
          "The run \"" + run.getFileName() + "\" is in Slurm's queue: stop it first.");
    }
  }

  /**
   * Ends a run between two steps, or takes it out of the queue.
   *
   * @throws UserException if it is another user's
   */
  public void stop(Path run) {
    Place place = own(run);
    if (!slurm.isThere()) {
      LastingStop.ask(run); // its job may wait, or begin again
    }
    RunDirectory.requestStop(run); // seen through the folder, too, where there is no Slurm
    if (slurm.isThere()) {
      slurm.cancel(place.id());
    }
  }

  /**
   * Gives a run to Slurm again, where it goes on after its last completed epoch.
   *
   * @return the job's number
   * @throws UserException if it is another user's, or is in the queue, or its teacher is neither
   *     there nor in the queue
   */
  public long resume(Path run) {
    Place place = own(run);
    String name = String.valueOf(run.getFileName());
    Map<String, String> queued = queued();
    if (queued.containsKey(name)) {
      throw new UserException("The run \"" + name + "\" is in Slurm's queue already.");
    }
    List<String> after = teacher(run, queued).map(List::of).orElse(List.of());
    EndedJob.forget(run);
    Submission submission = new Submission(folder, SlurmSettings.defaults(), slurm);
    long job = submission.again(place, after);
    String task = job + "_" + place.task();
    queued.forEach(
        (student, waiting) -> {
          if (Teachers.of(folder.resolve(student)).filter(run::equals).isPresent()) {
            slurm.waitFor(waiting, List.of(task));
          }
        });
    return job;
  }

  /** The task of a teacher that a run has to wait for. */
  private Optional<String> teacher(Path run, Map<String, String> queued) {
    Optional<RunStatus> teacher =
        Teachers.of(run).map(RunStatus::of).filter(t -> t.state() != State.FINISHED);
    if (teacher.isEmpty()) {
      return Optional.empty();
    }
    String task = queued.get(String.valueOf(teacher.get().folder().getFileName()));
    if (task == null) {
      throw new UserException(Teachers.unfinished(teacher.get()));
    }
    return Optional.of(task);
  }
}
