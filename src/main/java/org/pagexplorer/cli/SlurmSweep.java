package org.pagexplorer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pagexplorer.cli.StudentGroups.Group;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.cluster.ClusterRuns;
import org.pagexplorer.lab.cluster.EndedJob;
import org.pagexplorer.lab.cluster.SharedFolders;
import org.pagexplorer.lab.cluster.Slurm;
import org.pagexplorer.lab.cluster.SlurmSettings;
import org.pagexplorer.lab.cluster.Submission;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.RunDirectory;
import picocli.CommandLine;

/** {@code pag train … --on slurm}: a job array for the teachers, one for what learns from them. */
final class SlurmSweep {
  private static final int AT_ONCE = 16;

  private final CommandLine train;
  private final SweepRuns sweep;
  private final Path folder;
  private final Map<String, List<String>> arguments = new LinkedHashMap<>();

  private SlurmSweep(CommandLine train, SweepRuns sweep, Path folder) {
    this.train = train;
    this.sweep = sweep;
    this.folder = folder;
  }

  static boolean isAsked(List<String> words) {
    return words.stream().anyMatch(word -> word.equals("--on") || word.startsWith("--on="));
  }

  /**
   * Submits what is neither finished nor in the queue.
   *
   * @param words what follows {@code pag train}
   */
  static int run(CommandLine line, List<String> words) {
    CommandLine train = Words.register(new CommandLine(new TrainCommand()));
    train.setOut(line.getOut()).setErr(line.getErr());
    SweepRuns sweep = SweepRuns.of(words);
    List<String> first = sweep.runs().firstEntry().getValue();
    TrainCommand command = train.getCommand();
    Ranges.check(train.parseArgs(first.toArray(String[]::new)));
    if (!command.cluster.isAsked()) {
      throw new UserException("Add --on slurm.");
    }
    if (command.out != null) {
      throw new UserException("On Slurm, models are written to their runs' folders: omit --out.");
    }
    Path given = UserPath.of(SweepRuns.folder(first)).toAbsolutePath().normalize();
    boolean isOne = sweep.runs().size() == 1 && sweep.runs().containsKey("");
    Path folder = isOne ? Objects.requireNonNull(given.getParent()) : given;
    SlurmSettings settings = command.cluster.settings();
    boolean print = command.cluster.print;
    boolean json = command.report.json;
    SlurmSweep slurm = new SlurmSweep(train, isOne ? named(sweep, given) : sweep, folder);
    slurm.parse(settings);
    Submission submission = new Submission(folder, settings, Slurm.ofPath());
    return print ? slurm.print(submission) : slurm.submit(submission, json);
  }

  /** A run alone has its folder's name, within the folder around that. */
  private static SweepRuns named(SweepRuns one, Path given) {
    LinkedHashMap<String, List<String>> runs = new LinkedHashMap<>();
    runs.put(String.valueOf(given.getFileName()), one.runs().firstEntry().getValue());
    return new SweepRuns(runs, Map.of());
  }

  /** Every command line is right before any is submitted. */
  private void parse(SlurmSettings settings) {
    Set<String> checked = new HashSet<>();
    ClusterOptions options = train.<TrainCommand>getCommand().cluster;
    sweep
        .runs()
        .forEach(
            (name, words) -> {
              List<String> own = ClusterOptions.without("--run-dir", options.without(words));
              own.removeIf("--json"::equals);
              own = ClusterOptions.onItsDevice(settings, own);
              Ranges.check(train.parseArgs(own.toArray(String[]::new)));
              TrainCommand command = train.getCommand();
              if (!sweep.teachers().containsKey(name) && checked.add(command.options.method)) {
                var _ = TrainCheck.check(own);
              }
              arguments.put(name, own);
            });
  }

  private int print(Submission submission) {
    for (List<String> names : sweep.levels()) {
      for (Group group : StudentGroups.of(names, name -> teacher(name))) {
        if (!group.after().isEmpty()) {
          train.getOut().println("# After the end of " + String.join(", ", group.after()) + ":");
        }
        train.getOut().print(submission.trainings(group.runs()));
      }
    }
    train.getOut().flush();
    return 0;
  }

  private int submit(Submission submission, boolean json) {
    Map<String, String> active =
        new HashMap<>(new ClusterRuns(folder, false).queued(sweep.runs().keySet()));
    Set<String> fresh = new HashSet<>();
    List<Long> jobs = new ArrayList<>();
    sweep.levels().forEach(submission::trainings); // what Slurm does not take is said at once
    for (List<String> names : sweep.levels()) {
      List<String> open = new ArrayList<>();
      for (String name : names) {
        String task = active.get(name);
        if (task == null && !isFinished(name)) {
          open.add(name);
        } else if (task != null && teacher(name).filter(fresh::contains).isPresent()) {
          submission.waitFor(task, waitsFor(name, active).stream().toList());
        }
      }
      specify(open);
      for (Group group : StudentGroups.of(open, name -> waitsFor(name, active))) {
        jobs.add(submit(submission, group, active, json));
      }
      fresh.addAll(open);
    }
    SharedFolders.ofUser()
        .offer(folder)
        .ifPresent(why -> Report.line(train.getCommandSpec(), json, why));
    say(json, jobs, fresh.size());
    return 0;
  }

  private long submit(
      Submission submission, Group group, Map<String, String> active, boolean json) {
    List<String> runs = group.runs();
    long job = submission.submit(runs, group.after());
    for (int task = 0; task < runs.size(); task++) {
      active.put(runs.get(task), job + "_" + task);
    }
    Report.line(
        train.getCommandSpec(),
        json,
        "Submitted %d run%s as job %d.".formatted(runs.size(), runs.size() == 1 ? "" : "s", job));
    return job;
  }

  private void say(boolean json, List<Long> jobs, int submitted) {
    if (json) {
      Report.json(
          train.getCommandSpec(),
          Map.of("folder", folder.toString(), "jobs", jobs, "runs", submitted));
    }
    Report.line(
        train.getCommandSpec(),
        json,
        jobs.isEmpty()
            ? "Nothing is left to submit: every run is finished or in Slurm's queue."
            : "Status: pag runs --folder " + ShellWords.join(List.of(folder.toString()).stream()));
  }

  private boolean isFinished(String name) {
    return RunStatus.of(folder.resolve(name)).state() == RunStatus.State.FINISHED;
  }

  private Optional<String> teacher(String name) {
    return Optional.ofNullable(sweep.teachers().get(name));
  }

  /** The task of a teacher that is not finished yet. */
  private Optional<String> waitsFor(String name, Map<String, String> active) {
    return teacher(name).map(active::get);
  }

  /** Most of it is waiting for the disk. */
  private void specify(List<String> names) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> begun = new ArrayList<>();
      names.forEach(name -> begun.add(threads.submit(() -> specify(name))));
      for (Future<?> each : begun) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UserException said
          ? said
          : new UserException("The runs' folders could not be made in " + folder + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Nothing was submitted.", e);
    }
  }

  private void specify(String name) {
    Path run = folder.resolve(name);
    List<String> own = Objects.requireNonNull(arguments.get(name));
    if (Files.exists(run.resolve("specification.json"))) {
      if (!RunDirectory.isOf(run, own)) {
        throw new UserException(
            run + " holds a run with other parameters: choose another --run-dir.");
      }
      EndedJob.forget(run);
      return;
    }
    try (RunDirectory open = RunDirectory.open(run)) {
      open.specify(new RunDirectory.Specification(own, Path.of("").toAbsolutePath().toString()));
    }
  }
}
