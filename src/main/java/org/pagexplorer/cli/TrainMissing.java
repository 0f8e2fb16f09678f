package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.MissingModels;
import org.pagexplorer.run.Recipe;
import org.pagexplorer.run.RunDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Trains what a reproduction lacks, by the paper's recipes, and takes what is finished. */
final class TrainMissing {
  @Option(
      names = "--train",
      description =
          "first train the models that are missing, by the paper's recipes (ResNet-18 of width 64,"
              + " 100 epochs: for a GPU); resumable")
  boolean asked;

  @Option(
      names = "--train-with",
      paramLabel = "OPTIONS",
      description =
          "options of pag train that override the recipes, such as \"--width 16 --epochs 5"
              + " --targets-per-step 1\"")
  String options = "";

  @Option(
      names = "--hours",
      paramLabel = "H",
      description =
          "train for H hours at most; the page is then made from what is finished, and the same"
              + " command continues training")
  double hours = Double.POSITIVE_INFINITY;

  boolean isAsked() {
    return asked;
  }

  /** Before anything is done. */
  void check(List<Path> datasets, ReportOptions report) {
    if (!asked && (!options.isEmpty() || Double.isFinite(hours))) {
      throw report.wrong("--train-with and --hours belong to --train");
    }
    if (asked && datasets.isEmpty()) {
      throw report.wrong("--train needs --dataset with training images");
    }
  }

  /** A sweep of one run, or of several that are named by what varies. */
  private record Wanted(Path folder, List<String> words) {
    /** The words of each run by its folder. */
    SequencedMap<Path, List<String>> runs() {
      SequencedMap<Path, List<String>> runs = new LinkedHashMap<>();
      SweepRuns.of(words).runs().forEach((name, line) -> runs.put(folder.resolve(name), line));
      return runs;
    }
  }

  /**
   * Trains, and adds the finished models of what was asked for.
   *
   * @param folder of the runs
   * @return the exit code; 0 also where the time is used up
   */
  int run(
      List<OpenModel> models,
      List<Path> datasets,
      Path folder,
      EngineOptions engine,
      ReportOptions report) {
    if (!asked) {
      return 0;
    }
    long began = System.nanoTime();
    List<Wanted> all = new ArrayList<>();
    for (Path place : datasets) {
      all.addAll(wanted(models, place, folder.toAbsolutePath(), engine));
    }
    for (Wanted sweep : all) {
      double left = 3600 * hours - (System.nanoTime() - began) / 1e9;
      if (left <= 0) {
        break;
      }
      int code = train(sweep, left, report);
      boolean timeIsUp = (System.nanoTime() - began) / 1e9 >= 3600 * hours;
      if (code != 0 && !(code == PagCommand.STOPPED && timeIsUp)) {
        return code;
      }
    }
    all.forEach(
        sweep ->
            sweep
                .runs()
                .forEach(
                    (run, words) -> {
                      if (Sweep.isFinished(run, words)) {
                        models.add(OpenModel.read(run.resolve("model.safetensors")));
                      }
                    }));
    return 0;
  }

  private List<Wanted> wanted(
      List<OpenModel> models, Path place, Path folder, EngineOptions engine) {
    Dataset dataset = Datasets.open(place, Split.TRAIN);
    PaperTables.Table table =
        MissingModels.table(dataset)
            .orElseThrow(
                () ->
                    new UserException(
                        place
                            + " is neither CIFAR-10 nor STL-10, which the paper's recipes are for:"
                            + " train its models with pag train, and name them with --models."));
    Path own = folder.resolve(named(dataset.name()));
    List<Wanted> all = new ArrayList<>();
    MissingModels.sweeps(models, table)
        .forEach(
            (name, sweep) -> {
              List<String> words = new ArrayList<>(sweep);
              words.addAll(List.of("--dataset", place.toAbsolutePath().toString()));
              words.addAll(options(engine));
              Path runs = own.resolve(name);
              // A run alone has no name, and would be in the sweep's folder itself.
              boolean alone = SweepRuns.of(inFolder(words, runs)).runs().size() == 1;
              Path where = alone ? runs.resolve(Recipe.named(sweep.get(1)).shortName()) : runs;
              all.add(new Wanted(where, inFolder(words, where)));
            });
    return all;
  }

  private static List<String> inFolder(List<String> words, Path folder) {
    return Stream.concat(words.stream(), Stream.of("--run-dir", folder.toString())).toList();
  }

  /** {@code cifar-10-jpeg} of {@code CIFAR-10 (JPEG)}. */
  private static String named(String dataset) {
    String name = dataset.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return name.replaceAll("^-|-$", "");
  }

  /** Those of the trainings, with where this command computes. */
  private List<String> options(EngineOptions engine) {
    List<String> own = Stream.of(options.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    List<String> names = TrainArguments.split(own);
    List<String> all = new ArrayList<>(own);
    if (!names.contains("--device")) {
      all.addAll(List.of("--device", engine.device));
    }
    if (!names.contains("--threads")) {
      all.addAll(List.of("--threads", String.valueOf(engine.threads())));
    }
    return all;
  }

  private static int train(Wanted sweep, double seconds, ReportOptions report) {
    SequencedMap<Path, List<String>> runs = sweep.runs();
    if (runs.size() == 1 && Sweep.isFinished(sweep.folder(), runs.firstEntry().getValue())) {
      return 0;
    }
    make(sweep.folder());
    report.note("Training: " + ShellWords.join(sweep.words().stream()));
    CommandLine root = Objects.requireNonNull(report.spec.commandLine().getParent());
    CommandLine training =
        PagCommand.commandLine(report.json ? root.getErr() : root.getOut(), root.getErr(), "train");
    try (ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("training-time").factory())) {
      if (Double.isFinite(seconds)) {
        report.note("At most " + Durations.words(seconds) + " are left for training.");
        var _ =
            clock.scheduleWithFixedDelay(
                () ->
                    runs.keySet().stream()
                        .filter(RunDirectory::isRunning)
                        .forEach(RunDirectory::requestStop),
                (long) (1000 * seconds),
                1000,
                TimeUnit.MILLISECONDS);
      }
      int code = Sweep.run(training, sweep.words());
      clock.shutdownNow();
      return code;
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Sentences.unwritable(folder, e);
    }
  }
}
