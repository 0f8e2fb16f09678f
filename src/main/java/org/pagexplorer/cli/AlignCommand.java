package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.Yardsticks;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pag align}. */
@Command(
    name = "align",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Measures perceptual alignment on held-out images, in float32: cosines with every"
            + " realization's ground-truth gradients, Etmann's alignment, statistics of the"
            + " gradients, and how often each model names the target of another's pictures.")
final class AlignCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description = "checkpoints of the same classes")
  List<Path> modelFiles = List.of();

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description =
          "folder of a data set: representatives are of its training images, all else is measured"
              + " on its test images")
  Path folder = Path.of("");

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
      defaultValue = "500",
      description =
          "test images, balanced over classes; always the same ones (default: ${DEFAULT-VALUE})")
  int limit = 500;

  @Option(
      names = "--teacher",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "robust models whose gradients are RIGD's (default: the adversarially trained ones among"
              + " the models)")
  List<Path> teacherFiles = List.of();

  @Option(
      names = "--norm",
      paramLabel = "l2|linf",
      defaultValue = "l2",
      description = "what bounds the pictures' perturbation (default: ${DEFAULT-VALUE})")
  Norm norm = Norm.L2;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description =
          "the pictures' radius, as 0.18 or 46/255 (default, chosen: l2 10 for 32×32 and 30 for"
              + " 96×96, linf 0.18)")
  @Nullable Double epsilon;

  @Option(
      names = "--steps",
      paramLabel = "T",
      defaultValue = "50",
      description = "the pictures' PGD steps (default: ${DEFAULT-VALUE})")
  int steps = 50;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "draws neighbours' samples, clusters and targets (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "50",
      description = "images at once (default: ${DEFAULT-VALUE})")
  int batch = 50;

  @Mixin EngineOptions engineOptions;

  @Mixin TableOptions tables;

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    tables.check();
    List<OpenModel> models = modelFiles.stream().map(OpenModel::read).toList();
    List<OpenModel> teachers =
        teacherFiles.isEmpty()
            ? Yardsticks.teachersAmong(models)
            : teacherFiles.stream().map(OpenModel::read).toList();
    List<OpenModel> all = new ArrayList<>(models);
    all.addAll(teachers);
    Dataset train = Agreement.fitted(all, Datasets.open(folder, Split.TRAIN), fit, sentence -> {});
    Dataset held =
        Agreement.fitted(
            all, Datasets.open(folder, Split.TEST), fit, sentence -> Report.note(spec, sentence));
    try (TorchEngine engine = engineOptions.open();
        AlignmentStudy study =
            new AlignmentStudy(
                models.stream().map(OpenModel::withoutWeights).toList(),
                Yardsticks.all(teachers, seed),
                Optional.of(train),
                held,
                pictures(held.shape()),
                limit,
                batch)) {
      Report.line(
          spec, json, "%s, %d test images, float32.".formatted(held.name(), study.wanted()));
      List<Classifier> classifiers =
          models.stream().map(model -> model.classifier(engine, Precision.EXACT)).toList();
      try {
        measure(study, engine, classifiers);
      } finally {
        classifiers.forEach(Classifier::close);
      }
      report(study, held);
    }
    return 0;
  }

  private AttackSpecification pictures(InputShape shape) {
    try {
      double radius = epsilon == null ? Presets.pictureEpsilon(norm, shape) : epsilon;
      return AttackSpecification.pictures(Balls.asked(norm, radius, shape, spec), steps)
          .withSeed(seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void measure(AlignmentStudy study, TorchEngine engine, List<Classifier> classifiers) {
    while (!study.isDone()) {
      double left = study.secondsLeft();
      Report.live(
          spec,
          Double.isFinite(left)
              ? "%.0f %%, %s left".formatted(100 * study.progress(), Durations.words(left))
              : study.stage() + " …");
      int before = study.batch();
      study.step(engine, classifiers::get, AttackObserver.NONE);
      if (study.batch() < before) {
        Report.note(
            spec, "The device's memory is full: going on with batches of " + study.batch() + ".");
      }
    }
  }

  private void report(AlignmentStudy study, Dataset held) {
    AlignReport report = new AlignReport(study);
    report.lines().forEach(line -> Report.line(spec, json, line));
    if (json) {
      Report.json(spec, report.json(held.name(), engineOptions.device));
    }
    tables
        .write(AlignmentTexts.of(study), AlignmentTexts.compact(study))
        .forEach(line -> Report.line(spec, json, line));
  }
}
