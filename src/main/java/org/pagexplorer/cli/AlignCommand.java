package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.Yardsticks;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag align}. */
@Command(
    name = "align",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Measures perceptual alignment on a dataset's test images, in float32: cosines with every"
            + " realization's ground-truth gradients (of its training images), Etmann's alignment,"
            + " statistics of the gradients, and how often each model predicts the target class of"
            + " another model's pictures.")
final class AlignCommand implements Callable<Integer> {

  @Mixin ModelOptions models;
  @Mixin DatasetOption data;

  @Mixin FitOption fit = new FitOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "use at most N test images, balanced over classes; always the same ones (default:"
              + " ${DEFAULT-VALUE})")
  int limit = 500;

  @Option(
      names = "--teacher",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "robust models whose gradients are RIGD's ground truth (default: the adversarially"
              + " trained ones among the models)")
  List<Path> teacherFiles = List.of();

  @Mixin BallOptions ball;

  @Mixin SeedOption seed = new SeedOption(0);

  @Mixin BatchOption batch = new BatchOption(50);

  @Mixin EngineOptions engineOptions;

  @Mixin ChunkOptions chunks;

  @Mixin ClusterOptions cluster;

  @Mixin TableOptions tables;

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    tables.check();
    chunks.check();
    if (cluster.isAsked()) {
      return SlurmChunks.run(cluster, chunks, report, this::open);
    }
    List<OpenModel> measured = models.read();
    List<OpenModel> teachers = teachers(measured);
    List<OpenModel> all = Stream.concat(measured.stream(), teachers.stream()).toList();
    Dataset train = images(all, Split.TRAIN, _ -> {});
    Dataset held = images(all, Split.TEST, report::note);
    AttackSpecification pictures = ball.pictures(held.shape()).withSeed(seed.value);
    Supplier<AlignmentStudy> studies =
        () ->
            new AlignmentStudy(
                measured.stream().map(OpenModel::withoutWeights).toList(),
                Yardsticks.all(teachers, seed.value),
                Optional.of(train),
                held,
                pictures,
                limit,
                batch.size);
    try (TorchEngine engine = engineOptions.open();
        AlignmentStudy study = studies.get()) {
      report.line("%s, %d test images, float32.".formatted(held.name(), study.wanted()));
      if (chunks.isAsked()) {
        Map<String, Object> key =
            ChunkOptions.measurement("align", measured, held, batch.size, engineOptions.device);
        key.put("weights", models.place);
        key.put("limit", limit);
        key.put("seed", seed.value);
        key.put("teachers", teachers.stream().map(OpenModel::sha256).toList());
        key.put("pictures", pictures.toString());
        key.put("train", Datasets.hash(train));
        chunks.fill(study, studies, key, measured, engine, report);
      }
      if (!chunks.isOnlyOne()) {
        Progress.measure(study, measured, engine, report);
        report(study, held);
      }
    }
    return 0;
  }

  private List<OpenModel> teachers(List<OpenModel> measured) {
    return teacherFiles.isEmpty() ? Yardsticks.teachersAmong(measured) : models.each(teacherFiles);
  }

  private Dataset images(List<OpenModel> all, Split part, Consumer<String> say) {
    return Agreement.fitted(all, Datasets.open(data.folder, part), fit.value, say);
  }

  /** What a job is going to measure; an error where it could not. */
  private void open() {
    List<OpenModel> measured = models.read();
    List<OpenModel> all = Stream.concat(measured.stream(), teachers(measured).stream()).toList();
    var _ = images(all, Split.TRAIN, _ -> {});
    var _ = ball.pictures(images(all, Split.TEST, _ -> {}).shape());
  }

  private void report(AlignmentStudy study, Dataset held) {
    AlignReport found = new AlignReport(study);
    report.lines(found.lines());
    report.json(() -> found.json(held.name(), engineOptions.device));
    report.lines(tables.write(AlignmentTexts.of(study), AlignmentTexts.compact(study)));
  }
}
