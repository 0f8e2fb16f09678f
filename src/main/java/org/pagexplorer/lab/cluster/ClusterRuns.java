package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
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
  private final Owner owner;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** What was last believed of a run, and since when by this process's own clock. */
  private record Seen(RunStatus status, String files, long changed, long doubted) {}

  /**
   * @param watches whether it will look again; whoever looks once believes what is seen
   */
  public ClusterRuns(Path folder, boolean watches) {
    this(folder, Slurm.ofPath(), watches, new Owner());
  }

  ClusterRuns(Path folder, Slurm slurm, boolean watches, Owner owner) {
    this(folder, slurm, QueueView.ofUser(slurm), System::nanoTime, watches, owner);
  }

  ClusterRuns(
      Path folder, Slurm slurm, QueueView queue, LongSupplier nanos, boolean watches, Owner owner) {
    this.folder = folder.toAbsolutePath().normalize();
    this.slurm = slurm;
    this.queue = queue;
    this.nanos = nanos;
    this.watches = watches;
    this.owner = owner;
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

  /** Measurements in chunks that Slurm was given, by their folders. */
  private SequencedMap<Path, Evaluation> evaluations() {
    SequencedMap<Path, Evaluation> evaluations = new LinkedHashMap<>();
    for (Path each : Evaluation.in(folder)) {
      Evaluation.of(each).ifPresent(evaluation -> evaluations.put(each, evaluation));
    }
    return evaluations;
  }

  private Answer ask(Map<String, Place> places, Map<Path, Evaluation> evaluations) {
    Set<String> users = new HashSet<>(Set.of(System.getProperty("user.name")));
    Set<Long> jobs = new HashSet<>();
    for (Place place : places.values()) {
      if (!slurm.isOther(place.record().cluster())) {
        users.add(place.record().user());
        jobs.add(place.record().job());
      }
    }
    for (Evaluation evaluation : evaluations.values()) {
      if (!slurm.isOther(evaluation.cluster())) {
        users.add(evaluation.user());
        jobs.addAll(List.of(evaluation.array(), evaluation.merging()));
      }
    }
    return queue.ask(users, jobs);
  }

  /** What this Slurm says of a job; nothing of another cluster's. */
  private Answer of(Answer answer, String cluster) {
    return slurm.isOther(cluster) ? Answer.NONE : answer;
  }

  /** All of them by name. */
  public synchronized List<RunStatus> look() {
    Map<String, RunStatus> runs = new TreeMap<>();
    for (RunStatus run : RunStatus.in(folder)) {
      runs.put(String.valueOf(run.folder().getFileName()), run);
    }
    SequencedMap<String, Place> places = places();
    SequencedMap<Path, Evaluation> evaluations = evaluations();
    if (places.isEmpty() && evaluations.isEmpty()) {
      return List.copyOf(runs.values());
    }
    Answer asked = ask(places, evaluations);
    places.forEach(
        (name, place) -> {
          Answer answer = of(asked, place.record().cluster());
          RunStatus files =
              Optional.ofNullable(runs.get(name))
                  .orElseGet(() -> RunStatus.of(folder.resolve(name)));
          boolean waits =
              answer.knows(place.record().user(), place.record().job())
                  && answer.tasks().containsKey(place.id());
          runs.put(
              name, remembered(files, waits, silent -> Standing.of(files, place, answer, silent)));
        });
    evaluations.forEach(
        (where, evaluation) -> {
          Answer answer = of(asked, evaluation.cluster());
          RunStatus files = Standing.files(where, evaluation);
          boolean waits = !Standing.tasks(evaluation, answer).isEmpty();
          runs.put(
              String.valueOf(where.getFileName()),
              remembered(files, waits, silent -> Standing.of(files, evaluation, answer, silent)));
        });
    return List.copyOf(runs.values());
  }

  /**
   * What is seen now, unless it is older than what was seen before.
   *
   * @param waits whether Slurm says that it is in the queue
   * @param standing how it stands, by the nanoseconds in which its files have said nothing new
   */
  private RunStatus remembered(RunStatus files, boolean waits, LongFunction<RunStatus> standing) {
    long now = nanos.getAsLong();
    Seen before = seen.get(files.folder());
    String heard = files.completed() + " " + files.progress() + " " + files.state();
    boolean isNews = before == null || !before.files().equals(heard);
    long changed = before == null || isNews ? now : before.changed();
    RunStatus told = standing.apply(now - changed);
    if (!watches) {
      return told;
    }
    long doubted = 0;
    if (before != null && isBehind(told, before.status(), waits)) {
      doubted = before.doubted() == 0 ? Math.max(1, now) : before.doubted();
      told = now - doubted < LAG.toNanos() ? before.status() : told;
    }
    seen.put(files.folder(), new Seen(told, heard, changed, doubted));
    return told;
  }

  /** A run does not lose epochs, and one whose job has just ended has not told all yet. */
  private static boolean isBehind(RunStatus now, RunStatus before, boolean waits) {
    boolean lostItsEnd = before.state() == State.FINISHED && now.state() != State.FINISHED;
    boolean lostEpochs = now.completed() < before.completed();
    boolean endedSilently =
        before.state() == State.RUNNING
            && (now.state() == State.INTERRUPTED
                || (now.state() == State.FAILED && !now.isTraining()))
            && !waits;
    return (lostItsEnd && !waits) || lostEpochs || endedSilently;
  }

  /** Whether Slurm was given a run of that name. */
  public boolean has(Path run) {
    return places().containsKey(String.valueOf(run.getFileName())) || isEvaluation(run);
  }

  /** Whether it is a measurement in chunks, and no training. */
  public static boolean isEvaluation(Path run) {
    return Evaluation.of(run).isPresent();
  }

  /** Names of the runs that are in Slurm's queue, or may be, with their tasks: {@code 12_3}. */
  public Map<String, String> active() {
    SequencedMap<String, Place> places = places();
    SequencedMap<Path, Evaluation> evaluations = evaluations();
    return places.isEmpty() && evaluations.isEmpty()
        ? Map.of()
        : active(places, evaluations, ask(places, evaluations));
  }

  /**
   * The same before something is submitted, which is not done twice.
   *
   * @param names of the runs that are about to be submitted
   * @throws UserException if Slurm does not say what it has, or another cluster's may still have
   *     one of the runs, or its teacher
   */
  public Map<String, String> queued(Set<String> names) {
    SequencedMap<String, Place> places = places();
    SequencedMap<Path, Evaluation> evaluations = evaluations();
    if (places.isEmpty() && evaluations.isEmpty()) {
      return Map.of();
    }
    if (!slurm.isThere()) {
      throw new UserException("Slurm was not found: run this where sbatch is installed.");
    }
    Answer answer = ask(places, evaluations);
    if (!answer.isKnown()) {
      throw new UserException("Slurm does not answer; try again later.");
    }
    withTeachers(names)
        .forEach(
            name ->
                Optional.ofNullable(places.get(name))
                    .ifPresent(place -> checkIsOver(folder.resolve(name), place)));
    Map<String, String> active = active(places, evaluations, answer);
    places.forEach(
        (name, place) -> active.computeIfPresent(name, (n, task) -> isHere(place, task)));
    return active;
  }

  private Set<String> withTeachers(Set<String> names) {
    Set<String> all = new LinkedHashSet<>(names);
    for (String name : names) {
      Teachers.of(folder.resolve(name))
          .map(Path::getFileName)
          .map(String::valueOf)
          .ifPresent(all::add);
    }
    return all;
  }

  private @Nullable String isHere(Place place, String task) {
    return slurm.isOther(place.record().cluster()) ? null : task;
  }

  /** What another cluster may still have is not submitted here. */
  private void checkIsOver(Path run, Place place) {
    String cluster = place.record().cluster();
    State state =
        slurm.isOther(cluster)
            ? Standing.of(RunStatus.of(run), place, Answer.NONE, 0).state()
            : State.FINISHED;
    if (state != State.FINISHED && state != State.STOPPED && state != State.FAILED) {
      throw new UserException(
          "The run \"%s\" was given to the Slurm of the cluster %s, and its files do not say that it is over: stop it first."
              .formatted(run.getFileName(), cluster));
    }
  }

  private Map<String, String> active(
      Map<String, Place> places, Map<Path, Evaluation> evaluations, Answer asked) {
    Map<String, String> active = new HashMap<>();
    places.forEach(
        (name, place) -> {
          Answer answer = of(asked, place.record().cluster());
          boolean knows = answer.knows(place.record().user(), place.record().job());
          if (!knows || answer.tasks().containsKey(place.id())) {
            active.put(name, place.id());
          }
        });
    evaluations.forEach(
        (where, evaluation) -> {
          Answer answer = of(asked, evaluation.cluster());
          boolean knows = answer.knows(evaluation.user(), evaluation.merging());
          if (!knows || !Standing.tasks(evaluation, answer).isEmpty()) {
            active.put(String.valueOf(where.getFileName()), String.valueOf(evaluation.merging()));
          }
        });
    return active;
  }

  private Place place(Path run) {
    Place place = places().get(String.valueOf(run.getFileName()));
    if (place == null) {
      throw new UserException("Slurm was never given the run " + run + ".");
    }
    return place;
  }

  /**
   * Nobody changes another user's run.
   *
   * @throws UserException if it is one
   */
  public void checkOwner(Path run) {
    Optional<Evaluation> evaluation = Evaluation.of(run);
    if (evaluation.isPresent()) {
      owner.check(run, Evaluation.file(run), evaluation.get().user());
      return;
    }
    JobRecord record = place(run).record();
    owner.check(run, record.file(folder), record.user());
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
    checkOwner(run);
    Optional<Evaluation> evaluation = Evaluation.of(run);
    if (evaluation.isPresent()) {
      stop(run, evaluation.get());
      return;
    }
    Place place = place(run);
    RunDirectory.requestStop(run); // seen through the folder, too, where there is no Slurm
    boolean asks = slurm.isThere() && !slurm.isOther(place.record().cluster());
    if (!asks || cancel(place.id()).isPresent()) {
      LastingStop.ask(run); // its job may wait, or begin again; or another process trains it
    }
  }

  private void stop(Path run, Evaluation evaluation) {
    if (slurm.isOther(evaluation.cluster())) {
      throw new UserException(
          "The jobs of \"%s\" are in the Slurm of the cluster %s: stop them there."
              .formatted(run.getFileName(), evaluation.cluster()));
    }
    // First what would begin at the array's end; either may be over.
    Optional<UserException> merging = cancel(String.valueOf(evaluation.merging()));
    Optional<UserException> array = cancel(String.valueOf(evaluation.array()));
    if (merging.isPresent() && array.isPresent()) {
      throw array.get();
    }
    LastingStop.ask(run); // so that everybody knows that somebody wanted it
  }

  private Optional<UserException> cancel(String job) {
    try {
      slurm.cancel(job);
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of(e);
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
    checkOwner(run);
    String name = String.valueOf(run.getFileName());
    Map<String, String> queued = queued(Set.of(name));
    if (queued.containsKey(name)) {
      throw new UserException("The run \"" + name + "\" is in Slurm's queue already.");
    }
    Optional<Evaluation> evaluation = Evaluation.of(run);
    if (evaluation.isPresent()) {
      return new Submission(run, SlurmSettings.defaults(), slurm).again(evaluation.get());
    }
    Place place = place(run);
    List<String> after = teacher(run, queued).map(List::of).orElse(List.of());
    EndedJob.forget(run);
    Submission submission = new Submission(folder, SlurmSettings.defaults(), slurm);
    long job = submission.again(place, after);
    String task = job + "_" + place.task();
    queued.forEach(
        (student, waiting) -> {
          if (Teachers.of(folder.resolve(student))
              .filter(run.toAbsolutePath().normalize()::equals)
              .isPresent()) {
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
