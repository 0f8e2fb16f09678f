package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pag evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Measures clean and attacked accuracy, with n and Wilson's 95 %% interval, in float32. The"
            + " attack is the paper's unless another is named: untargeted PGD, random start, step"
            + " size 2E/T.")
final class EvaluateCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description = "checkpoints")
  List<Path> modelFiles = List.of();

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description = "a data set's folder, or a file of one")
  Path folder = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "which part of it, as test, train, val or what else it has (default: test, or what"
              + " there is)")
  Split split = Split.ANY;

  @Option(
      names = "--fit",
      paramLabel = "crop|squash",
      defaultValue = "crop",
      description =
          "how images of another size become the model's: the middle of them, or all, with other"
              + " proportions (default: ${DEFAULT-VALUE})")
  Fit fit = Fit.CROP;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "measure on only so many images, balanced over classes; always the same ones")
  int limit = Integer.MAX_VALUE;

  @Mixin EvaluateOptions attacks;

  @Option(
      names = "--curve",
      description = "also accuracy over the radius, from 0 to where no image survives")
  boolean curve;

  @Option(
      names = "--integrity",
      description =
          "also check whether the attacked accuracy is real: zero gradients, more steps, one step,"
              + " unbounded, noise, transfer from the other models")
  boolean integrity;

  @Option(
      names = "--integrity-images",
      paramLabel = "N",
      defaultValue = "200",
      description = "images that --integrity takes (default: ${DEFAULT-VALUE})")
  int integrityImages = 200;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "images attacked at once (default: ${DEFAULT-VALUE})")
  int batch = 100;

  @Mixin EngineOptions engineOptions;

  @Mixin TableOptions tables;

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    tables.check();
    List<OpenModel> models = modelFiles.stream().map(OpenModel::read).toList();
    split = Split.of(Datasets.part(folder, split));
    Dataset opened = Datasets.limit(Datasets.open(folder, split), limit, 0);
    Dataset dataset =
        Agreement.fitted(models, opened, fit, sentence -> Report.note(spec, sentence));
    RobustnessTable table =
        new RobustnessTable(
            models.stream().map(OpenModel::withoutWeights).toList(),
            attacks.columns(dataset.shape(), spec),
            dataset,
            dataset.size(),
            batch);
    Comparison comparison = new Comparison(table, integrity ? integrityImages : 0, curve, batch);
    EvaluateReport report = new EvaluateReport(this, models, comparison);
    Report.line(spec, json, report.heading(dataset));
    try (TorchEngine engine = engineOptions.open()) {
      List<Classifier> classifiers =
          models.stream().map(model -> model.classifier(engine, Precision.EXACT)).toList();
      try {
        measure(comparison, classifiers);
      } finally {
        classifiers.forEach(Classifier::close);
      }
    }
    report.print();
    tables
        .write(report.table(), report.compactTable())
        .forEach(line -> Report.line(spec, json, line));
    return 0;
  }

  private void measure(Comparison comparison, List<Classifier> classifiers) {
    RobustnessTable table = comparison.table();
    while (!comparison.isDone()) {
      double left = table.secondsLeft();
      Report.live(
          spec,
          left > 0 && Double.isFinite(left)
              ? "%.0f %%, %s left".formatted(100 * table.progress(), Durations.words(left))
              : comparison.stage() + " …");
      int before = table.batch();
      comparison.step(classifiers::get, AttackObserver.NONE);
      if (table.batch() < before) {
        Report.note(
            spec, "The device's memory is full: going on with batches of " + table.batch() + ".");
      }
    }
  }
}
