package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.TextFile;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Agreement;
import org.pagexplorer.lab.OpenModel;
import org.pagexplorer.lab.measure.Integrity;
import org.pagexplorer.lab.measure.Integrity.Finding;
import org.pagexplorer.lab.measure.MeasuredModel;
import org.pagexplorer.lab.measure.RobustnessCurve;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.measure.RobustnessTable.Piece;
import org.pagexplorer.lab.measure.TableTexts.Place;
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
      description = "folder of a data set")
  Path folder = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "train|test",
      defaultValue = "test",
      description = "which part of it (default: ${DEFAULT-VALUE})")
  Split split = Split.TEST;

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

  @Option(names = "--csv", paramLabel = "FILE", description = "write the table as CSV")
  @Nullable Path csv;

  @Option(
      names = "--latex",
      paramLabel = "FILE",
      description = "write the table for LaTeX's booktabs")
  @Nullable Path latex;

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    checkOutputs();
    List<OpenModel> models = modelFiles.stream().map(OpenModel::read).toList();
    Dataset dataset = Datasets.limit(Datasets.open(folder, split), limit, 0);
    models.forEach(model -> Agreement.check(model, dataset));
    RobustnessTable table =
        new RobustnessTable(
            models.stream().map(m -> new MeasuredModel(m.file(), m.card())).toList(),
            attacks.columns(dataset.shape(), spec),
            dataset,
            dataset.size(),
            batch);
    EvaluateReport report = new EvaluateReport(this, models, table);
    Report.line(spec, json, report.heading(dataset));
    try (TorchEngine engine = engineOptions.open()) {
      List<Classifier> classifiers =
          models.stream().map(model -> model.classifier(engine, Precision.EXACT)).toList();
      try {
        fill(table, classifiers);
        report.found(
            integrity ? findings(table, classifiers) : Map.of(),
            curve ? curves(table, classifiers) : Map.of());
      } finally {
        classifiers.forEach(Classifier::close);
      }
    }
    report.print();
    write(csv, report.table().csv());
    write(latex, report.compactTable().latex());
    return 0;
  }

  private void checkOutputs() {
    if (csv != null) {
      OutputFile.check(csv, "--csv");
    }
    if (latex != null) {
      OutputFile.check(latex, "--latex");
    }
  }

  private void fill(RobustnessTable table, List<Classifier> classifiers) {
    for (Optional<Piece> next = table.next(); next.isPresent(); next = table.next()) {
      Piece piece = next.get();
      Report.live(
          spec,
          table.progress() == 0
              ? "measuring …"
              : "%.0f %%, %s left"
                  .formatted(100 * table.progress(), Report.duration(table.secondsLeft())));
      table.measure(piece, classifiers.get(piece.model()), AttackObserver.NONE);
    }
  }

  private Map<Place, List<Finding>> findings(RobustnessTable table, List<Classifier> classifiers) {
    Map<Place, List<Finding>> findings = new HashMap<>();
    for (int k = 0; k < classifiers.size(); k++) {
      for (int j = 0; j < table.columns().size(); j++) {
        Optional<RobustnessAttack> attack = table.columns().get(j).attack();
        if (attack.isPresent()) {
          String what = table.models().get(k).name() + ", " + attack.get().title();
          findings.put(new Place(k, j), check(what, attack.get(), k, table, classifiers));
        }
      }
    }
    return findings;
  }

  private List<Finding> check(
      String what,
      RobustnessAttack attack,
      int model,
      RobustnessTable table,
      List<Classifier> classifiers) {
    List<Classifier> others = new ArrayList<>(classifiers);
    others.remove(model);
    Integrity check = new Integrity(attack.pgd(), table.dataset(), integrityImages, others.size());
    while (!check.isDone()) {
      Report.live(spec, "checking %s: %.0f %% …".formatted(what, 100 * check.progress()));
      check.step(classifiers.get(model), others, AttackObserver.NONE);
    }
    return check.findings();
  }

  private Map<Place, RobustnessCurve> curves(RobustnessTable table, List<Classifier> classifiers) {
    Map<Place, RobustnessCurve> curves = new LinkedHashMap<>();
    for (int k = 0; k < classifiers.size(); k++) {
      for (int j = 1; j < table.columns().size(); j++) {
        RobustnessAttack attack = table.columns().get(j).attack().orElseThrow();
        RobustnessCurve found =
            new RobustnessCurve(attack, table.dataset(), table.dataset().size(), batch);
        while (!found.isDone()) {
          Report.live(
              spec,
              "curve of %s, %s: %d radii done …"
                  .formatted(table.models().get(k).name(), attack.title(), found.points().size()));
          found.step(classifiers.get(k), AttackObserver.NONE);
        }
        curves.put(new Place(k, j), found);
      }
    }
    return curves;
  }

  private void write(@Nullable Path file, String text) {
    if (file == null) {
      return;
    }
    try {
      TextFile.write(file, text);
    } catch (IOException e) {
      throw new UserException(file + " could not be written: " + e.getMessage() + ".", e);
    }
    Report.line(spec, json, "Wrote " + file + ".");
  }
}
