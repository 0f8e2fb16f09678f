package org.pagexplorer.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.PublishedEntry;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin ModelOptions models;
  @Mixin DatasetOption data;
  @Mixin SplitOption split = new SplitOption();
  @Mixin FitOption fit = new FitOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "use at most N images, balanced over classes; always the same ones")
  int limit = Integer.MAX_VALUE;

  @Mixin EvaluateOptions attacks;

  @Option(
      names = "--corruptions",
      description =
          "instead, without an attack: a table by corruption and severity, of CIFAR-10-C or another"
              + " dataset of that layout; --limit is of each")
  boolean corruptions;

  @Option(
      names = "--curve",
      description = "also measure accuracy over ε, from 0 until no image survives")
  boolean curve;

  @Option(
      names = "--integrity",
      description =
          "also run sanity checks for gradient masking: zero gradients, more steps, one step, an"
              + " unbounded attack, noise, transfer from the other models")
  boolean integrity;

  @Option(
      names = "--integrity-images",
      paramLabel = "N",
      description = "number of images for --integrity (default: ${DEFAULT-VALUE})")
  int integrityImages = 200;

  @Mixin BatchOption batch = new BatchOption(100);

  @Mixin EngineOptions engineOptions;

  @Mixin ChunkOptions chunks;

  @Mixin ClusterOptions cluster;

  @Mixin TableOptions tables;

  @Mixin PublishedOptions published;

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    tables.check();
    chunks.check();
    if (corruptions) {
      CorruptionsReport.check(this);
      List<OpenModel> opened = models.read();
      new CorruptionsReport(this)
          .run(opened, Datasets.parts(data.folder), part -> images(opened, part, report::note));
      return 0;
    }
    if (cluster.isAsked()) {
      return SlurmChunks.run(cluster, chunks, report, this::open);
    }
    List<PublishedEntry> beside = published.read(report);
    List<OpenModel> measured = models.read();
    Dataset dataset = images(measured, report::note);
    List<Column> columns = attacks.columns(dataset.shape(), report.spec);
    Supplier<RobustnessTable> table = () -> table(measured, columns, dataset);
    Comparison comparison =
        new Comparison(table.get(), integrity ? integrityImages : 0, curve, batch.size);
    comparison.beside(beside);
    EvaluateReport found = new EvaluateReport(this, measured, comparison);
    report.line(found.heading(dataset));
    try (TorchEngine engine = engineOptions.open()) {
      if (chunks.isAsked()) {
        chunks.fill(
            comparison,
            () -> new Comparison(table.get(), 0, false, batch.size),
            measurement(measured, columns, dataset),
            measured,
            engine,
            report);
      }
      if (chunks.isOnlyOne()) {
        return 0;
      }
      Progress.measure(comparison, measured, engine, report);
    }
    found.print();
    report.lines(tables.write(found.table(), found.compactTable()));
    return 0;
  }

  private Dataset images(List<OpenModel> measured, Consumer<String> say) {
    split.value = Split.of(Datasets.part(data.folder, split.value));
    return images(measured, split.value.id(), say);
  }

  private Dataset images(List<OpenModel> measured, String part, Consumer<String> say) {
    Dataset opened = Datasets.limit(Datasets.open(data.folder, Split.of(part)), limit, 0);
    return Agreement.fitted(measured, opened, fit.value, say);
  }

  /** What a job is going to measure; an error where it could not. */
  private void open() {
    var _ = attacks.columns(images(models.read(), _ -> {}).shape(), report.spec);
  }

  private RobustnessTable table(List<OpenModel> measured, List<Column> columns, Dataset dataset) {
    return new RobustnessTable(
        measured.stream().map(OpenModel::withoutWeights).toList(),
        columns,
        dataset,
        dataset.size(),
        batch.size);
  }

  private Map<String, Object> measurement(
      List<OpenModel> measured, List<Column> columns, Dataset dataset) {
    Map<String, Object> all =
        ChunkOptions.measurement("evaluate", measured, dataset, batch.size, engineOptions.device);
    all.put("weights", models.place);
    all.put("columns", columns.stream().map(column -> column.attack().toString()).toList());
    return all;
  }
}
