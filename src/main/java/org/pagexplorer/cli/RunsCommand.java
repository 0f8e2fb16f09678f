package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.cluster.ClusterRuns;
import org.pagexplorer.lab.cluster.EndedJob;
import org.pagexplorer.lab.cluster.Owner;
import org.pagexplorer.lab.cluster.SharedFolders;
import org.pagexplorer.lab.cluster.SlurmLog;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description =
        "Lists trainings started with --run-dir, here or on Slurm, and evaluations on Slurm; stops"
            + " them, resumes them, and shows their output.")
final class RunsCommand implements Callable<Integer> {
  @Mixin ReportOptions report;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "the folder that contains the runs (default: ~/.pag-explorer/runs)")
  @Nullable Path folder;

  @Option(names = "--show", description = "also show that folder's runs in the window")
  boolean show;

  @Option(
      names = "--stop",
      paramLabel = "DIR",
      description = "ask the run in that folder to stop; pag train --run-dir resumes it")
  @Nullable Path stop;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "submit the run in that folder to Slurm again; it resumes after its last epoch")
  @Nullable Path resume;

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description = "show the last lines of output of the run in that folder")
  @Nullable Path log;

  @Option(names = "--ended", hidden = true, description = "asked by a job of Slurm's")
  @Nullable Path ended;

  @Option(names = "--code", hidden = true, description = "of its process")
  int code;

  @Option(names = "--timed-out", hidden = true, description = "by Slurm")
  boolean timedOut;

  @Override
  public Integer call() {
    if (ended != null) {
      return EndedJob.goesOn(ended, code, timedOut) ? 0 : 1;
    }
    if (log != null) {
      report.lines(SlurmLog.of(log).get().lines().toList());
      return 0;
    }
    if (resume != null) {
      Path run = resume.toAbsolutePath().normalize();
      report.line("Submitted again as job " + around(run).resume(run) + ".");
      return 0;
    }
    Path toStop = stop == null ? null : stop.toAbsolutePath().normalize();
    if (toStop != null && around(toStop).has(toStop)) {
      report.line(stop(toStop));
      return 0;
    }
    if (toStop != null) {
      if (!RunDirectory.isRunning(toStop)) {
        throw new UserException("No run is being trained in " + toStop + ".");
      }
      new Owner().check(toStop);
      RunDirectory.requestStop(toStop);
      report.line("Stop requested; the run stops before its next step.");
      return 0;
    }
    Path where = folder == null ? Home.user().resolve("runs") : folder;
    if (show) {
      SharedFolders.ofUser().add(where);
    }
    List<Map<String, Object>> rows =
        new ClusterRuns(where, false).look().stream().map(RunsCommand::row).toList();
    report.json(() -> Map.of("runs", rows));
    if (rows.isEmpty()) {
      report.line("No runs in " + where + ".");
    }
    rows.forEach(row -> report.line(line(row)));
    return 0;
  }

  /** What becomes of it, in a sentence. */
  private static String stop(Path run) {
    ClusterRuns runs = around(run);
    boolean isEvaluation = ClusterRuns.isEvaluation(run);
    RunStatus.State state =
        runs.look().stream()
            .filter(each -> each.folder().equals(run))
            .map(RunStatus::state)
            .findFirst()
            .orElse(RunStatus.State.QUEUED);
    boolean isOver = state == RunStatus.State.FINISHED || state.mayResume();
    String over = "It is already over: " + state.title().toLowerCase(Locale.ROOT) + ".";
    if (isOver && (isEvaluation || !state.mayResume())) {
      runs.checkOwner(run);
      return over;
    }
    runs.stop(run); // also what is over by its files, which may be behind
    if (isEvaluation) {
      return "Its jobs are canceled; the chunks that are there stay, and --resume submits the"
          + " rest.";
    }
    if (isOver) {
      return over;
    }
    return state != RunStatus.State.QUEUED
        ? "Stop requested; the run stops before its next step."
        : "The run is taken out of the queue.";
  }

  private static ClusterRuns around(Path run) {
    return new ClusterRuns(Objects.requireNonNull(run.getParent()), false);
  }

  private static Map<String, Object> row(RunStatus run) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("folder", run.folder().toString());
    if (!run.isTraining()) {
      row.put("command", run.method());
      row.put("chunks", run.epochs());
      row.put("chunk", run.completed());
    } else if (run.epochs() > 0) {
      row.put("method", run.method());
      row.put("epochs", run.epochs());
    }
    if (!run.reports().isEmpty()) {
      row.put("epoch", run.reports().getLast().epoch());
      row.put("crossEntropy", run.reports().getLast().crossEntropy());
      row.put("cleanAccuracy", run.reports().getLast().cleanAccuracy());
    }
    row.put("state", run.state().title());
    if (!run.note().isEmpty()) {
      row.put("note", run.note());
    }
    return row;
  }

  private static String line(Map<String, Object> row) {
    String accuracy =
        row.get("cleanAccuracy") instanceof Double share
            ? String.format(Locale.ROOT, "  clean %.1f %%", 100 * share)
            : "";
    String done =
        row.containsKey("chunks")
            ? "%s  %s of %s chunks"
                .formatted(row.get("command"), row.get("chunk"), row.get("chunks"))
            : row.containsKey("epochs")
                ? "%s  epoch %s of %s"
                    .formatted(row.get("method"), row.getOrDefault("epoch", 0), row.get("epochs"))
                : "not started";
    String note = row.containsKey("note") ? "  (" + row.get("note") + ")" : "";
    return "%-11s  %s%s  %s%s".formatted(row.get("state"), done, accuracy, row.get("folder"), note);
  }
}
