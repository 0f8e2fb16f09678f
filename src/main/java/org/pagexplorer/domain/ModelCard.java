package org.pagexplorer.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint says of itself.
 *
 * @param name short name for people, for instance {@code Class Mean}
 * @param architecture the network
 * @param classes a name a class, in the order of the logits
 * @param normalization the model's own first step
 * @param method how it was trained, for instance {@code class-mean}
 * @param training every training parameter by name, in the order of the command line
 * @param seed the training's seed
 * @param dataset name of the dataset it was trained on
 * @param datasetHash SHA-256 of that dataset's training images and labels, or empty
 * @param software name and version of what wrote the file
 * @param command the command line that trained it, or empty
 * @param measurements accuracies measured after training
 */
public record ModelCard(
    String name,
    Architecture architecture,
    List<String> classes,
    Normalization normalization,
    String method,
    Map<String, String> training,
    long seed,
    String dataset,
    String datasetHash,
    String software,
    String command,
    List<Measurement> measurements) {

  /** The training parameter that names the model whose weights the training began with. */
  public static final String INITIAL_CHECKPOINT = "initial-checkpoint";

  /**
   * An accuracy on test images.
   *
   * @param attack {@code clean}, or the attack in words, for instance {@code L2 PGD-20, ε = 0.5}
   * @param dataset name of the dataset measured on
   * @param accuracy in [0, 1]
   * @param n number of images
   */
  public record Measurement(String attack, String dataset, double accuracy, int n) {}

  public ModelCard {
    classes = List.copyOf(classes);
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    measurements = List.copyOf(measurements);
    if (classes.size() != architecture.classes()) {
      throw new IllegalArgumentException(
          classes.size() + " class names do not fit " + architecture.classes() + " classes");
    }
    if (normalization.mean().size() != architecture.input().channels()) {
      throw new IllegalArgumentException(
          "mean has "
              + normalization.mean().size()
              + " values but the input has "
              + architecture.input().channels()
              + " channels");
    }
  }

  /** The accuracy without an attack, if it was measured. */
  public Optional<Measurement> clean() {
    return measurements.stream().filter(m -> m.attack().equals("clean")).findFirst();
  }

  /** Name of the model whose weights the training began with; empty if they were random. */
  public Optional<String> initialCheckpoint() {
    return Optional.ofNullable(training.get(INITIAL_CHECKPOINT));
  }

  /** The same card under another name. */
  public ModelCard withName(String newName) {
    return with(newName, measurements);
  }

  /** The same card with these measurements. */
  public ModelCard withMeasurements(List<Measurement> newMeasurements) {
    return with(name, newMeasurements);
  }

  private ModelCard with(String newName, List<Measurement> newMeasurements) {
    return new ModelCard(
        newName,
        architecture,
        classes,
        normalization,
        method,
        training,
        seed,
        dataset,
        datasetHash,
        software,
        command,
        newMeasurements);
  }
}
