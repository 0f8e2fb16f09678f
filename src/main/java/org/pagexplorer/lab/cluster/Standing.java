package org.pagexplorer.lab.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.lab.cluster.JobRecord.Place;
import org.pagexplorer.lab.cluster.QueueView.Answer;
import org.pagexplorer.lab.cluster.QueueView.Task;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;

/** How what Slurm has stands, by its files and Slurm's answer. */
final class Standing {
  private Standing() {}

  /**
   * @param silent nanoseconds for which its files have said nothing new
   */
  static RunStatus of(RunStatus files, Place place, Answer answer, long silent) {
    if (files.state() == State.FINISHED || files.state() == State.DAMAGED) {
      return files;
    }
    boolean isLocal = files.state().isActive();
    String job = "job " + place.id() + owner(place.record().user());
    if (!answer.told().contains(place.record().user())) {
      return isLocal ? files : unasked(files, job, silent);
    }
    if (!answer.knows(place.record().user(), place.record().job())) {
      return with(files, State.QUEUED, "submitted as " + job);
    }
    Task task = answer.tasks().get(place.id());
    if (task == null) {
      return isLocal ? files : gone(files, place, job);
    }
    return task.waits()
        ? with(files, State.QUEUED, "Slurm: %s, %s".formatted(task.reason(), job))
        : files.state() == State.PAUSED
            ? files
            : with(files, State.RUNNING, "on %s, %s".formatted(task.node(), job));
  }

  private static String owner(String user) {
    return user.equals(System.getProperty("user.name")) ? "" : " of " + user;
  }

  /** Where Slurm cannot be asked, as on a laptop that sees the folder. */
  private static RunStatus unasked(RunStatus files, String job, long silent) {
    boolean hasBegun = files.isTraining() ? files.epochs() > 0 : files.completed() > 0;
    if (files.state() != State.INTERRUPTED && hasBegun) {
      return files;
    }
    if (!hasBegun) {
      return files.state() == State.STOPPED
              || files.state() == State.FAILED && !files.note().isEmpty()
          ? files
          : with(files, State.QUEUED, job + ", as its files say");
    }
    return silent > ClusterRuns.SILENCE.toNanos()
        ? with(
            files,
            State.INTERRUPTED,
            job + ", not heard of for " + silent / 60_000_000_000L + " min")
        : with(files, State.RUNNING, job + ", as its files say");
  }

  private static RunStatus gone(RunStatus files, Place place, String job) {
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

  /** An evaluation by its files. */
  static RunStatus files(Path folder, Evaluation evaluation) {
    Evaluation.Chunks chunks = evaluation.chunks(folder);
    State state =
        Files.exists(Evaluation.results(folder))
            ? State.FINISHED
            : LastingStop.isAsked(folder) ? State.STOPPED : State.INTERRUPTED;
    int done = state == State.FINISHED ? chunks.of() : chunks.done().size();
    return RunStatus.ofChunks(folder, state, evaluation.command(), done, chunks.of(), "");
  }

  /** An evaluation whose files say that, by Slurm's answer. */
  static RunStatus of(RunStatus files, Evaluation evaluation, Answer answer, long silent) {
    if (files.state() == State.FINISHED) {
      return files;
    }
    String job = "job " + evaluation.array() + owner(evaluation.user());
    if (!answer.told().contains(evaluation.user())) {
      return unasked(files, job, silent);
    }
    if (!answer.knows(evaluation.user(), evaluation.merging())) {
      return with(files, State.QUEUED, "submitted as " + job);
    }
    List<Task> tasks = tasks(evaluation, answer);
    List<String> nodes =
        tasks.stream().filter(task -> !task.waits()).map(Task::node).distinct().sorted().toList();
    if (!nodes.isEmpty()) {
      return with(files, State.RUNNING, "on %s, %s".formatted(String.join(", ", nodes), job));
    }
    return tasks.stream()
        .findFirst()
        .map(task -> with(files, State.QUEUED, "Slurm: %s, %s".formatted(task.reason(), job)))
        .orElseGet(() -> gone(files, evaluation, job));
  }

  /** Its tasks that are in the queue, the merging one last. */
  static List<Task> tasks(Evaluation evaluation, Answer answer) {
    Stream<Task> chunks =
        IntStream.rangeClosed(1, evaluation.chunks())
            .mapToObj(k -> Optional.ofNullable(answer.tasks().get(evaluation.array() + "_" + k)))
            .flatMap(Optional::stream);
    return Stream.concat(
            chunks, Optional.ofNullable(answer.tasks().get(evaluation.merging() + "_0")).stream())
        .toList();
  }

  private static RunStatus gone(RunStatus files, Evaluation evaluation, String job) {
    if (files.state() == State.STOPPED) {
      return files;
    }
    String task = evaluation.merging() + "_0";
    List<String> said = SlurmLog.last(files.folder(), task);
    return said.isEmpty()
        ? with(
            files,
            State.INTERRUPTED,
            "%s ended without a word; slurm/%s.log may say why".formatted(job, task))
        : with(files, State.FAILED, Printable.of(said.getLast()));
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
        note,
        run.chunks());
  }
}
