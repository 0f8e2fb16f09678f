package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.Yardsticks;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.Realization;

/** What {@code models/} holds is as good on the sample images as its cards say. */
class ShippedModelsTest {
  /** Of the standard deviation of the samples' accuracy; the card's own is a third as large. */
  private static final double DEVIATIONS = 4;

  /** Two of each class, whose gradients are measured. */
  private static final int IMAGES = 10;

  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("models"))) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachNamesTheSamplesAtLeastAsWellAsItsCardSays(Path file) {
    Dataset samples = Samples.open(Path.of("assets"));
    List<Image> images = IntStream.range(0, samples.size()).mapToObj(samples::image).toList();
    ModelCard card = CheckpointFiles.read(file).card();
    double said = card.clean().orElseThrow().accuracy();
    try (TorchEngine engine = TorchEngine.open("cpu");
        Classifier f = OpenModel.read(file).classifier(engine, Precision.EXACT)) {
      int[] named = f.predictions(images);
      long right =
          IntStream.range(0, named.length).filter(i -> named[i] == samples.label(i)).count();
      double deviation = Math.sqrt(said * (1 - said) / named.length);
      double found = (double) right / named.length;
      // They are clear pictures, which a model may name better than others.
      assertTrue(
          found > said - DEVIATIONS * deviation,
          card.name() + ": " + found + " instead of " + said);
    }
  }

  /** Half of what {@code docs/models.md} asks of each on held-out images. */
  static Stream<Arguments> aligned() throws IOException {
    Map<Method, Double> floors =
        Map.of(
            Method.CLASS_MEAN, 0.4,
            Method.ONE_IMAGE, 0.4,
            Method.NEAREST_NEIGHBOR, 0.35,
            Method.RIGD, 0.6);
    return models().stream()
        .map(OpenModel::read)
        .filter(model -> Method.of(model.card().method()).aligns())
        .map(
            model ->
                Arguments.of(
                    model.name(), model, floors.get(Method.of(model.card().method())) / 2));
  }

  /** Representatives of each class's twelve samples stand for those of the training images. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("aligned")
  void theGradientsOfEachPointWhereItsMethodWants(String name, OpenModel model, double least)
      throws IOException {
    Dataset samples = Samples.open(Path.of("assets"));
    Method method = Method.of(model.card().method());
    Realization realization =
        Yardsticks.all(teachers(model), 0).stream()
            .filter(one -> one.method() == method)
            .findFirst()
            .orElseThrow();
    AttackSpecification none = AttackSpecification.pictures(new ThreatModel(Norm.L2, 1), 1);
    try (TorchEngine engine = TorchEngine.open("cpu");
        Classifier f = model.classifier(engine, Precision.EXACT);
        AlignmentStudy study =
            new AlignmentStudy(
                List.of(model),
                List.of(realization),
                Optional.of(samples),
                Datasets.limit(samples, IMAGES, 1),
                List.of(),
                none,
                IMAGES,
                IMAGES)) {
      while (!study.isDone()) {
        assertTrue(study.step(engine, at -> f, AttackObserver.NONE));
      }
      double cosine = study.of(0).cosines().getFirst().value();
      assertTrue(cosine > least, "%s: cosine %.3f, at least %.3f".formatted(name, cosine, least));
    }
  }

  /** The shipped adversarially trained model of the same norm. */
  private static List<OpenModel> teachers(OpenModel student) throws IOException {
    boolean linf = student.name().contains("L∞");
    return models().stream()
        .map(OpenModel::read)
        .filter(model -> model.card().method().equals(Method.ADVERSARIAL.id()))
        .filter(model -> model.name().contains("L∞") == linf)
        .toList();
  }
}
