package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.cluster.Allocation;
import org.pagexplorer.lab.cluster.LastingStop;
import org.pagexplorer.lab.cluster.LateFiles;
import org.pagexplorer.lab.cluster.Teachers;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.TrainingPlan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code pag train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a classifier. With --json, prints one JSON object per line and epoch.",
      "With --run-dir, a training can be interrupted at any time: pag train --run-dir DIR resumes"
          + " it, with the same result.",
      "A list or range of values, such as --lambda 0.1,0.4 or --seed 1..5, makes a sweep: one"
          + " training per combination, each in its own folder within --run-dir. So does a list of"
          + " recipes; paper/cifar10 and paper/stl10 are all recipes of a table, teachers first.",
      "With --on slurm, the trainings are submitted as job arrays; pag runs shows their status."
    })
final class TrainCommand implements Callable<Integer> {
  private static final String RUN_DIR = "--run-dir";

  @Mixin TrainOptions options;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the checkpoint to write; in the run's folder if not given")
  @Nullable Path out;

  @Option(names = "--force", description = OutputFile.FORCE)
  boolean force;

  @Option(
      names = RUN_DIR,
      paramLabel = "DIR",
      description = "save the training's state there after each epoch, or resume it")
  @Nullable Path runDir;

  @Mixin ClusterOptions cluster = new ClusterOptions();

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    var _ = cluster.isAsked(); // where it is, SlurmSweep has it
    Path folder = runDir;
    if (folder == null) {
      Path file = out;
      if (file == null) {
        throw new UserException(
            "Specify where to write the model: --out F.safetensors or --run-dir DIR.");
      }
      checkOutput(file);
      return train(file, arguments(), Optional.empty());
    }
    if (!Allocation.place().isEmpty()) {
      LateFiles.await(folder); // another node may have trained it until now
    }
    try (RunDirectory run = RunDirectory.open(folder)) {
      if (isUnwantedJob(folder)) {
        run.event("stopped", Map.of());
        report.line("Stopped before it started, as requested through its folder.");
        return PagCommand.STOPPED;
      }
      run.forgetStopRequest(); // of before; one that comes while images are read counts
      Path file = out == null ? run.model() : out;
      return RunDirectory.specification(folder)
          .map(known -> resume(run, known, folder))
          .orElseGet(() -> begin(run, file));
    }
  }

  /** Whoever trains it by hand wants it again. */
  private static boolean isUnwantedJob(Path folder) {
    if (!Allocation.isTask()) {
      LastingStop.forget(folder);
    }
    return LastingStop.isAsked(folder);
  }

  /** A model that is read, again when the training is resumed, must not be replaced by it. */
  private void checkOutput(Path file) {
    OutputFile.checkModel(file, "--out", force);
    for (Path source : options.sources()) {
      if (isSame(source, file)) {
        throw new UserException(
            file + " is a model that this training reads: choose another file for --out.");
      }
    }
  }

  private static boolean isSame(Path source, Path file) {
    try {
      return Files.isSameFile(source, file);
    } catch (IOException e) {
      return false; // one of them is not there
    }
  }

  private int begin(RunDirectory run, Path file) {
    checkOutput(file);
    // Before the folder says that there is a run, its parameters have to be right.
    Dataset train = options.train(_ -> {});
    options.plan(train);
    run.specify(
        new RunDirectory.Specification(arguments(), Path.of("").toAbsolutePath().toString()));
    return told(run, () -> train(file, arguments(), Optional.of(run)));
  }

  /** The run says why it failed, to whoever looks later. */
  private static int told(RunDirectory run, IntSupplier training) {
    try {
      return training.getAsInt();
    } catch (RuntimeException | Error e) {
      run.failed(Refusals.reason(e));
      throw e;
    }
  }

  /** Goes on with the options that the run began with. */
  private int resume(RunDirectory run, RunDirectory.Specification known, Path folder) {
    if (!arguments().isEmpty() && !RunDirectory.isOf(folder, arguments())) {
      throw new UserException(
          folder
              + " holds a run with other parameters: use --run-dir alone to resume it, or choose"
              + " another folder.");
    }
    TrainCommand saved = new TrainCommand();
    try {
      Words.register(new CommandLine(saved)).parseArgs(known.arguments().toArray(String[]::new));
    } catch (ParameterException e) {
      throw RunDirectory.damagedSpecification(folder, e);
    }
    Path base = UserPath.of(known.directory());
    saved.options.base = base;
    saved.report = report;
    Path file = saved.out == null ? run.model() : base.resolve(saved.out);
    return told(
        run,
        () -> {
          if (!Allocation.place().isEmpty()) {
            Teachers.await(folder);
          }
          if (run.hasState() && Files.exists(file)) {
            saved.options.begun = CheckpointFiles.readCard(file);
          }
          return saved.train(file, known.arguments(), Optional.of(run));
        });
  }

  private int train(Path file, List<String> arguments, Optional<RunDirectory> run) {
    // Who finds this process dead cannot always know of what, or it may be killed while it ends.
    try (StopSignals signals = new StopSignals(() -> run.ifPresent(RunDirectory::stopAsked))) {
      Dataset train = options.train(report::note);
      Dataset test = options.test(train);
      int threads = CpuThreads.bounded(options.engineOptions.threads, report.spec);
      // Before a signal waits for the end of a step: it ends a download at once.
      var _ = NativeLibraries.ensure();
      signals.waitForSteps();
      try (TorchEngine engine = TorchEngine.open(options.engineOptions.device)) {
        TorchEngine.useThreads(threads);
        TorchEngine.remark(options.engineOptions.device).ifPresent(report::note);
        TrainingPlan plan = options.plan(train);
        noteUnusedLambda(plan);
        return new TrainSession(report, options, command(arguments), run, signals)
            .run(engine, train, test, plan, file);
      }
    }
  }

  private void noteUnusedLambda(TrainingPlan plan) {
    if (plan.method() == Method.ADVERSARIAL
        && plan.realization().isEmpty()
        && report.spec.commandLine().getParseResult().hasMatchedOption("--lambda")) {
      report.note(
          "--lambda is not used here: adversarial training aligns gradients with --realization"
              + " class-mean, for instance.");
    }
  }

  /** As given, without where the run is kept. */
  private List<String> arguments() {
    List<String> given = new ArrayList<>(report.spec.commandLine().getParseResult().originalArgs());
    given.removeFirst(); // the command's name, where there is a root
    return withoutFolder(given);
  }

  /** Words without where the run is kept, as it is specified. */
  static List<String> withoutFolder(List<String> given) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).equals(RUN_DIR)) {
        i++;
      } else if (!given.get(i).startsWith(RUN_DIR + "=") && !given.get(i).equals("--json")) {
        arguments.add(given.get(i));
      }
    }
    return arguments;
  }

  /** The command line that repeats this training, as a shell takes it. */
  private static String command(List<String> arguments) {
    return ShellWords.join(Stream.concat(Stream.of("pag", "train"), arguments.stream()));
  }
}
