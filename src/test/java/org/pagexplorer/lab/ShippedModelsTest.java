package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.model.OpenModel;

/** What {@code models/} holds is as good on the sample images as its cards say. */
class ShippedModelsTest {
  /** Of the standard deviation of the samples' accuracy; the card's own is a third as large. */
  private static final double DEVIATIONS = 4;

  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("models"))) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachNamesTheSamplesAsWellAsItsCardSays(Path file) {
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
      assertTrue(
          Math.abs(found - said) < DEVIATIONS * deviation,
          card.name() + ": " + found + " instead of " + said);
    }
  }
}
