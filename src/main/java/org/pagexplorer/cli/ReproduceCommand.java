package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pagexplorer.checkpoint.catalogue.CatalogueEntry;
import org.pagexplorer.checkpoint.catalogue.ModelCatalogue;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.Reproduction;
import org.pagexplorer.lab.reproduce.ReproductionPlan;
import org.pagexplorer.lab.reproduce.TestImages;
import org.pagexplorer.lab.toy.ToySetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag reproduce}. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Makes the paper's Tables 1, 2, and 4 and Figures 1, 3, 4, and 5 from models: one HTML page"
          + " and a PDF, measured numbers beside published ones, pictures with their"
          + " specifications, and what is needed to repeat it.",
      "Finished steps are kept in a folder beside the page: the same command resumes."
    })
final class ReproduceCommand implements Callable<Integer> {

  @Option(
      names = "--models",
      paramLabel = "FILE",
      arity = "1..*",
      description = "checkpoints; with --train also what is trained (default: the shipped ones)")
  List<Path> modelFiles = List.of();

  @Mixin WeightsOption weights;

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "CIFAR-10's folder for Tables 1 and 4, STL-10's for Table 2 (default: the 120 samples"
              + " that ship)")
  List<Path> datasets = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "count accuracies on N test images, balanced over classes (default: ${DEFAULT-VALUE};"
              + " the paper: all)")
  int limit = 500;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "networks of the playground per training scheme (default: ${DEFAULT-VALUE})")
  int seeds = 10;

  @Option(
      names = "--out",
      paramLabel = "DIR|FILE.html",
      description = "where to write the page, and beside it the PDF (default: ${DEFAULT-VALUE})")
  Path out = Path.of("reproduction.html");

  /** The paper's, of seed 1. */
  ToySetup toy = ToySetup.paper().withSeed(1);

  @Mixin TrainMissing train;

  @Mixin BatchOption batch = new BatchOption(100);

  @Mixin EngineOptions engineOptions;

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    train.check(datasets, report);
    Path page = page();
    int threads = engineOptions.threads();
    List<TestImages> images = images();
    List<OpenModel> models = new ArrayList<>(models());
    int code = train.run(models, datasets, ReproductionPlan.runs(page), engineOptions, report);
    if (code != 0) {
      return code;
    }
    if (models.isEmpty()) {
      throw new UserException(
          train.isAsked()
              ? "No training has finished yet; the same command continues."
              : "There are no models: specify them with --models, or add --train.");
    }
    ReproductionPlan plan =
        new ReproductionPlan(
            models,
            images,
            toy,
            seeds,
            batch.size,
            engineOptions.device,
            threads,
            page,
            ShellWords.join(command().stream()));
    return make(plan);
  }

  /** The page's file, whose folder is made where the folder was named. */
  private Path page() {
    Path page = ReproductionPlan.page(out);
    if (!page.equals(out)) {
      try {
        Files.createDirectories(out);
      } catch (IOException e) {
        throw Sentences.unwritable(out, e);
      }
    }
    OutputFile.check(page, "--out");
    return page;
  }

  private List<OpenModel> models() {
    if (!modelFiles.isEmpty()) {
      return weights.read(modelFiles);
    }
    if (train.isAsked()) {
      return List.of(); // as the paper: all are trained
    }
    Path shipped = Home.installation().resolve("models");
    return ModelCatalogue.scan(List.of(shipped)).stream()
        .filter(ModelFile.class::isInstance)
        .map(CatalogueEntry::file)
        .map(OpenModel::read)
        .toList();
  }

  private List<TestImages> images() {
    if (datasets.isEmpty()) {
      return List.of(TestImages.of(Samples.open(Home.assets()), Optional.empty(), limit));
    }
    return datasets.stream()
        .map(place -> TestImages.of(Datasets.open(place, Split.TEST), Optional.of(place), limit))
        .toList();
  }

  /** What was typed, as a shell takes it. */
  private List<String> command() {
    List<String> words = new ArrayList<>(List.of("pag"));
    words.addAll(report.spec.commandLine().getParseResult().originalArgs());
    return words;
  }

  private int make(ReproductionPlan plan) {
    long began = System.nanoTime();
    try (StopSignals signals = new StopSignals(() -> {});
        Reproduction reproduction = new Reproduction(plan)) {
      var _ = NativeLibraries.ensure();
      signals.waitForSteps();
      try (TorchEngine engine = engineOptions.open()) {
        while (!reproduction.isDone()) {
          report.live(line(reproduction));
          if (!reproduction.step(engine, until(signals))) {
            report.note("Stopped; the same command continues after the last finished step.");
            return PagCommand.STOPPED;
          }
        }
      }
    }
    report.noteMissingFonts();
    report.line(
        "Wrote %s and %s in %s."
            .formatted(
                plan.page(), plan.pdf(), Durations.words((System.nanoTime() - began) / 1e9)));
    report.json(() -> Map.of("page", plan.page().toString(), "pdf", plan.pdf().toString()));
    return 0;
  }

  private static AttackObserver until(StopSignals signals) {
    return new AttackObserver() {
      @Override
      public boolean isCancelled() {
        return signals.arrived();
      }
    };
  }

  private static String line(Reproduction reproduction) {
    double left = reproduction.secondsLeft();
    return "%.0f %%  %s%s"
        .formatted(
            100 * reproduction.progress(),
            reproduction.stage(),
            Double.isFinite(left) ? ", " + Durations.words(left) + " left" : "");
  }
}
