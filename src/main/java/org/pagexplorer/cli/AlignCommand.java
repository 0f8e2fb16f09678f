package org.pagexplorer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.AnswerSheet;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.alignment.BlindTestLog;
import org.pagexplorer.lab.alignment.Measure;
import org.pagexplorer.lab.alignment.Yardsticks;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.GradientFile;
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
            + " statistics of the gradients, how far random steps on and off the manifold of images"
            + " move the probabilities, log Σ exp f, and how often each model predicts the target"
            + " class of another model's pictures.")
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

  @Option(
      names = "--gradients",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "files of the test images' gradients, .npy or .safetensors: N × C × channels × height ×"
              + " width, compared with the logits' gradients, or N × channels × height × width,"
              + " such as a diffusion model's scores, compared with that of log Σ exp f")
  List<Path> gradientFiles = List.of();

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = "",
      description =
          "compare every measure with answers of the blind test about at least three of the models:"
              + " of this file, or of all your tests in the window if none is given")
  @Nullable Path answers;

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
                gradientFiles,
                pictures,
                limit,
                batch.size);
    List<Score> scores = scores(measured);
    try (TorchEngine engine = engineOptions.open();
        AlignmentStudy study = studies.get()) {
      study.compareWith(scores);
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
        key.put("gradients", gradientFiles.stream().map(GradientFile::hashOf).toList());
        key.put("measures", Measure.all(study).stream().map(Measure::title).toList());
        chunks.fill(study, studies, key, measured, engine, report);
      }
      if (!chunks.isOnlyOne()) {
        Progress.measure(study, measured, engine, report);
        report(study, held);
      }
    }
    return 0;
  }

  /** One a model, or none if they are not asked for. */
  private List<Score> scores(List<OpenModel> measured) {
    if (answers == null) {
      return List.of();
    }
    boolean own = answers.toString().isEmpty();
    if (!own && !Files.isRegularFile(answers)) {
      throw new UserException("There is no file " + answers + " with answers of the blind test.");
    }
    BlindTestLog log = own ? BlindTestLog.ofThisUser() : new BlindTestLog(answers);
    List<Score> scores = measured.stream().map(model -> log.score(model.sha256())).toList();
    if (scores.stream().filter(score -> score.n() > 0).count() < AnswerSheet.FEWEST_MODELS) {
      throw new UserException(
          "There are answers about fewer than three of these models; take the blind test on the"
              + " Compare screen first, with three models or more.");
    }
    return scores;
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
