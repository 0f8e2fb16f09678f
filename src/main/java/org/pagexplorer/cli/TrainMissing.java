package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.MissingModels;
import org.pagexplorer.lab.runs.RunStatus;
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

  /**
   * Trains, and adds all finished models of the folder.
   *
   * @param folder of the runs
   * @return the exit code; 0 also where the time is used up
   */
  int run(List<OpenModel> models, List<Path> datasets, Path folder, ReportOptions report) {
    if (!asked) {
      return 0;
    }
    long began = System.nanoTime();
    for (Path place : datasets) {
      Dataset dataset = Datasets.open(place, Split.TRAIN);
      InputShape shape = dataset.shape();
      List<OpenModel> own =
          models.stream()
              .filter(model -> model.card().architecture().input().equals(shape))
              .toList();
      SequencedMap<String, List<String>> sweeps =
          MissingModels.sweeps(own, shape.equals(InputShape.CIFAR));
      for (Map.Entry<String, List<String>> sweep : sweeps.entrySet()) {
        double left = 3600 * hours - (System.nanoTime() - began) / 1e9;
        if (left <= 0) {
          break;
        }
        int code = train(place, sweep.getValue(), folder.resolve(sweep.getKey()), left, report);
        boolean timeIsUp = (System.nanoTime() - began) / 1e9 >= 3600 * hours;
        if (code != 0 && !(code == PagCommand.STOPPED && timeIsUp)) {
          return code;
        }
      }
    }
    finished(folder).forEach(file -> models.add(OpenModel.read(file)));
    return 0;
  }

  private int train(
      Path place, List<String> sweep, Path folder, double seconds, ReportOptions report) {
    make(folder);
    List<String> words = new ArrayList<>(sweep);
    words.addAll(List.of("--dataset", place.toAbsolutePath().toString()));
    words.addAll(Stream.of(options.split("\\s+")).filter(word -> !word.isEmpty()).toList());
    words.addAll(List.of("--run-dir", folder.toString()));
    report.note("Training: " + ShellWords.join(words.stream()));
    CommandLine root = Objects.requireNonNull(report.spec.commandLine().getParent());
    try (ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("training-time").factory())) {
      if (Double.isFinite(seconds)) {
        report.note("At most " + Durations.words(seconds) + " are left for training.");
        var _ =
            clock.scheduleWithFixedDelay(
                () -> runs(folder).forEach(RunDirectory::requestStop),
                (long) (1000 * seconds),
                1000,
                TimeUnit.MILLISECONDS);
      }
      int code = Sweep.run(root, words);
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

  /** Runs that are being trained now. */
  private static List<Path> runs(Path folder) {
    return children(folder).filter(RunDirectory::isRunning).toList();
  }

  private static List<Path> finished(Path folder) {
    return children(folder)
        .flatMap(TrainMissing::children)
        .filter(run -> RunStatus.of(run).state() == RunStatus.State.FINISHED)
        .map(run -> run.resolve("model.safetensors"))
        .filter(Files::isRegularFile)
        .toList();
  }

  private static Stream<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      throw Sentences.unreadable(folder, e);
    }
  }
}
