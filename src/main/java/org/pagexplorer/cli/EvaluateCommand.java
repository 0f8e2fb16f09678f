package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Agreement;
import org.pagexplorer.lab.OpenModel;
import org.pagexplorer.lab.Presets;
import org.pagexplorer.lab.RobustAccuracy;
import org.pagexplorer.lab.RobustAccuracy.Counts;
import org.pagexplorer.lab.SpecificationFields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pag evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Measures clean and attacked accuracy, with n and Wilson's 95 %% interval. The attack is"
            + " the paper's: untargeted PGD, random start, step size 2E/T; in float32.")
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

  @Option(
      names = "--norm",
      paramLabel = "l2|linf",
      defaultValue = "l2",
      description = "what bounds the perturbation (default: ${DEFAULT-VALUE})")
  Norm norm = Norm.L2;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description =
          "the bound, in pixel units of [0, 1] (default, the paper's: l2 0.5 for 32×32 and 1.5 for"
              + " 96×96, linf 0.031)")
  @Nullable Double epsilon;

  @Option(
      names = "--steps",
      paramLabel = "T",
      defaultValue = "20",
      description = "PGD steps (default: ${DEFAULT-VALUE})")
  int steps = 20;

  @Option(names = "--step-size", paramLabel = "A", description = "instead of 2E/T")
  @Nullable Double stepSize;

  @Option(
      names = "--restarts",
      paramLabel = "R",
      defaultValue = "1",
      description = "attack each image so often (default: ${DEFAULT-VALUE})")
  int restarts = 1;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "fixes the random starts (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "images attacked at once (default: ${DEFAULT-VALUE})")
  int batch = 100;

  @Mixin EngineOptions engineOptions;

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<OpenModel> models = modelFiles.stream().map(OpenModel::read).toList();
    Dataset dataset = Datasets.limit(Datasets.open(folder, split), limit, 0);
    models.forEach(model -> Agreement.check(model, dataset));
    AttackSpecification attack = specification(dataset);
    Report.line(
        spec,
        json,
        "%s, %s split, %d images; %s, float32."
            .formatted(
                dataset.name(), split.id(), dataset.size(), SpecificationFields.line(attack)));
    List<Map<String, Object>> rows = new ArrayList<>();
    try (TorchEngine engine = engineOptions.open()) {
      for (OpenModel model : models) {
        Counts counts = measure(model, dataset, attack, engine);
        print(model, counts);
        rows.add(row(model, counts));
      }
    }
    if (json) {
      Report.json(spec, json(dataset, attack, rows));
    }
    return 0;
  }

  private AttackSpecification specification(Dataset dataset) {
    double radius =
        Objects.requireNonNullElseGet(
            epsilon, () -> Presets.evaluationEpsilon(norm, dataset.shape()));
    try {
      AttackSpecification usual =
          AttackSpecification.evaluation(new ThreatModel(norm, radius), steps, seed);
      return new AttackSpecification(
          usual.threat(),
          usual.steps(),
          Objects.requireNonNullElse(stepSize, usual.stepSize()),
          usual.stepRule(),
          usual.loss(),
          usual.randomStart(),
          restarts,
          usual.keep(),
          usual.clip(),
          usual.seed());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Counts measure(
      OpenModel model, Dataset dataset, AttackSpecification attack, TorchEngine engine) {
    int size = Math.max(1, batch);
    double batches = Math.ceil((double) dataset.size() / size);
    StepClock clock = new StepClock(batches * (attack.steps() + 1) * attack.restarts());
    try (Classifier classifier = model.classifier(engine, Precision.EXACT)) {
      return new RobustAccuracy(dataset, size)
          .measure(classifier, attack, new Live(model.card().name(), clock));
    }
  }

  /** The live line. */
  private final class Live implements RobustAccuracy.Watcher {
    private final String name;
    private final StepClock clock;
    private String soFar = "";

    Live(String name, StepClock clock) {
      this.name = name;
      this.clock = clock;
    }

    @Override
    public void step() {
      if (clock.step()) {
        Report.live(spec, name + ": " + clock.text() + soFar);
      }
    }

    @Override
    public void batch(Counts counts) {
      soFar =
          ", %d images: clean %s, attacked %s"
              .formatted(
                  counts.n(),
                  CardText.percent((double) counts.clean() / counts.n()),
                  CardText.percent((double) counts.attacked() / counts.n()));
    }

    @Override
    public void batchHalved(int smaller) {
      Report.note(spec, "The device's memory is full: going on with batches of " + smaller + ".");
    }
  }

  private void print(OpenModel model, Counts counts) {
    Report.line(spec, json, model.card().name() + "  " + model.file());
    printRow("clean   ", counts.clean(), counts.n(), counts.cleanInterval());
    printRow("attacked", counts.attacked(), counts.n(), counts.attackedInterval());
    if (counts.zeroGradientShare() > 0) {
      Report.line(
          spec,
          json,
          "  zero gradients in "
              + CardText.percent(counts.zeroGradientShare())
              + " of the steps: the attacked accuracy may be too high");
    }
  }

  private void printRow(String what, int right, int n, Wilson interval) {
    Report.line(
        spec,
        json,
        "  %s %7s %s  %d of %d"
            .formatted(
                what, CardText.percent((double) right / n), CardText.interval(interval), right, n));
  }

  private static Map<String, Object> row(OpenModel model, Counts counts) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("file", model.file().toString());
    row.put("name", model.card().name());
    row.put("sha256", model.sha256());
    row.put("clean", (double) counts.clean() / counts.n());
    row.put("cleanInterval", ends(counts.cleanInterval()));
    row.put("attacked", (double) counts.attacked() / counts.n());
    row.put("interval", ends(counts.attackedInterval()));
    row.put("n", counts.n());
    row.put("zeroGradientShare", counts.zeroGradientShare());
    return row;
  }

  private static List<Double> ends(Wilson interval) {
    return List.of(interval.low(), interval.high());
  }

  private Map<String, Object> json(
      Dataset dataset, AttackSpecification attack, List<Map<String, Object>> rows) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("software", Software.NAME_AND_VERSION);
    json.put("dataset", dataset.name());
    json.put("folder", folder.toString());
    json.put("split", split.id());
    Map<String, Object> fields = SpecificationFields.of(attack);
    fields.put("targeted", false);
    fields.put("precision", "float32");
    fields.put("device", engineOptions.device);
    json.put("specification", fields);
    json.put("models", rows);
    return json;
  }
}
