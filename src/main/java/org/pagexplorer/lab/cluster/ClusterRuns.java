package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.cluster.JobRecord.Place;
import org.pagexplorer.lab.cluster.QueueView.Answer;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;

/**
 * The runs of a shared folder, some of which Slurm has: what their files say, and what Slurm says
 * where it can be asked. Files may be seen late and in any order; no two machines' clocks are
 * compared. Safe for several threads.
 */
public final class ClusterRuns {
  /** How long a run may say nothing. */
  static final Duration SILENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final Slurm slurm;
  private final QueueView queue;
  private final Owner owner;
  private final SeenRuns seen;

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
    this.owner = owner;
    seen = new SeenRuns(nanos, watches);
  }

  /** All of them by name. */
  public synchronized List<RunStatus> look() {
    Map<String, RunStatus> runs = new TreeMap<>();
    for (RunStatus run : RunStatus.in(folder)) {
      runs.put(String.valueOf(run.folder().getFileName()), run);
    }
    GivenRuns given = GivenRuns.in(folder, slurm);
    if (given.isEmpty()) {
      return List.copyOf(runs.values());
    }
    Answer asked = given.ask(queue);
    given
        .places()
        .forEach(
            (name, place) -> {
              Answer answer = given.of(asked, place.record().cluster());
              RunStatus files =
                  Optional.ofNullable(runs.get(name))
                      .orElseGet(() -> RunStatus.of(folder.resolve(name)));
              boolean waits =
                  answer.knows(place.record().user(), place.record().job())
                      && answer.tasks().containsKey(place.id());
              runs.put(
                  name,
                  seen.remembered(
                      files, waits, silent -> Standing.of(files, place, answer, silent)));
            });
    given
        .evaluations()
        .forEach(
            (where, evaluation) -> {
              Answer answer = given.of(asked, evaluation.cluster());
              RunStatus files = Standing.files(where, evaluation);
              boolean waits = !Standing.tasks(evaluation, answer).isEmpty();
              runs.put(
                  String.valueOf(where.getFileName()),
                  seen.remembered(
                      files, waits, silent -> Standing.of(files, evaluation, answer, silent)));
            });
    return List.copyOf(runs.values());
  }

  /** Whether Slurm was given a run of that name. */
  public boolean has(Path run) {
    return GivenRuns.places(folder).containsKey(String.valueOf(run.getFileName()))
        || isEvaluation(run);
  }

  /** Whether it is a measurement in chunks, and no training. */
  public static boolean isEvaluation(Path run) {
    return Evaluation.of(run).isPresent();
  }

  /** Names of the runs that are in Slurm's queue, or may be, with their tasks: {@code 12_3}. */
  public Map<String, String> active() {
    GivenRuns given = GivenRuns.in(folder, slurm);
    return given.isEmpty() ? Map.of() : given.active(given.ask(queue));
  }

  /**
   * The same before something is submitted, which is not done twice.
   *
   * @param names of the runs that are about to be submitted
   * @throws UserException if Slurm does not say what it has, or another cluster's may still have
   *     one of the runs, or its teacher
   */
  public Map<String, String> queued(Set<String> names) {
    GivenRuns given = GivenRuns.in(folder, slurm);
    if (given.isEmpty()) {
      return Map.of();
    }
    if (!slurm.isThere()) {
      throw new UserException("Slurm was not found: run this where sbatch is installed.");
    }
    Answer answer = given.ask(queue);
    if (!answer.isKnown()) {
      throw new UserException("Slurm does not answer; try again later.");
    }
    Teachers.with(folder, names)
        .forEach(
            name ->
                Optional.ofNullable(given.places().get(name))
                    .ifPresent(place -> checkIsOver(folder.resolve(name), place)));
    Map<String, String> active = given.active(answer);
    given
        .places()
        .forEach((name, place) -> active.computeIfPresent(name, (n, task) -> isHere(place, task)));
    return active;
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

  private Place place(Path run) {
    Place place = GivenRuns.places(folder).get(String.valueOf(run.getFileName()));
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
      new StoppedJobs(slurm).stop(run, evaluation.get());
    } else {
      new StoppedJobs(slurm).stop(run, place(run));
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
    List<String> after = teachers(run, queued);
    EndedJob.forget(run);
    Submission submission = new Submission(folder, SlurmSettings.defaults(), slurm);
    long job = submission.again(place, after);
    String task = job + "_" + place.task();
    queued.forEach(
        (student, waiting) -> {
          if (Teachers.of(folder.resolve(student)).contains(run.toAbsolutePath().normalize())) {
            slurm.waitFor(waiting, List.of(task));
          }
        });
    return job;
  }

  /** The tasks of runs whose models a run has to wait for. */
  private static List<String> teachers(Path run, Map<String, String> queued) {
    return Teachers.of(run).stream()
        .map(RunStatus::of)
        .filter(teacher -> teacher.state() != State.FINISHED)
        .map(teacher -> task(teacher, queued))
        .toList();
  }

  private static String task(RunStatus teacher, Map<String, String> queued) {
    String task = queued.get(String.valueOf(teacher.folder().getFileName()));
    if (task == null) {
      throw new UserException(Teachers.unfinished(teacher));
    }
    return task;
  }
}
