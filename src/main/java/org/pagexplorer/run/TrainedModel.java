package org.pagexplorer.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.Software;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;

/** What a training leaves behind: a checkpoint with a card that says how it came about. */
public final class TrainedModel {
  private final TrainingPlan plan;
  private final Training training;
  private final Dataset train;
  private final Normalization normalization;
  private final String name;
  private final String command;
  private final Dtype dtype;
  private final String datasetHash;

  /** Reads the training images once, for their hash. */
  public TrainedModel(
      TrainingPlan plan,
      Training training,
      Dataset train,
      Normalization normalization,
      String name,
      String command,
      Dtype dtype) {
    this.plan = plan;
    this.training = training;
    this.train = train;
    this.normalization = normalization;
    this.name = name.isBlank() ? plan.method().title() : name;
    this.command = command;
    this.dtype = dtype;
    datasetHash = Datasets.hash(train);
  }

  /** Writes the checkpoint in one go; an older one stays until the new one is whole. */
  public void write(Path file, SequencedMap<String, Tensor> tensors, List<Measurement> measured) {
    CheckpointFiles.write(file, new Checkpoint(card(measured), tensors), dtype);
  }

  private ModelCard card(List<Measurement> measured) {
    SequencedMap<String, String> parameters = new LinkedHashMap<>(plan.parameters());
    parameters.putAll(training.facts());
    parameters.put("images", String.valueOf(train.size()));
    return new ModelCard(
        name,
        training.architecture(),
        train.classes(),
        normalization,
        plan.method().id(),
        parameters,
        plan.seed(),
        train.name(),
        datasetHash,
        Software.NAME_AND_VERSION,
        command,
        measured);
  }

  /**
   * Clean accuracy and the paper's two attacks (section C.2), of the weights as they are stored;
   * against L1, too, if that is the adversary's norm.
   */
  public List<Measurement> measure(
      TorchEngine engine, SequencedMap<String, Tensor> tensors, Dataset test) {
    SequencedMap<String, Tensor> stored = new LinkedHashMap<>(tensors);
    stored.replaceAll((tensorName, tensor) -> asStored(tensor));
    TestAccuracy accuracy = new TestAccuracy(test);
    try (Classifier classifier =
        Classifier.of(engine, training.architecture(), normalization, stored, Precision.EXACT)) {
      List<Measurement> all = new ArrayList<>();
      all.add(measurement("clean", test, accuracy.clean(classifier, TestAccuracy.Observer.NONE)));
      all.add(attacked(accuracy, classifier, test, Norm.L2));
      all.add(attacked(accuracy, classifier, test, Norm.LINF));
      if (plan.adversary().filter(attack -> attack.threat().norm() == Norm.L1).isPresent()) {
        all.add(attacked(accuracy, classifier, test, Norm.L1));
      }
      return List.copyOf(all);
    }
  }

  private static Measurement attacked(
      TestAccuracy accuracy, Classifier classifier, Dataset test, Norm norm) {
    double epsilon = Presets.evaluationEpsilon(norm, test.shape());
    ThreatModel threat = new ThreatModel(norm, epsilon);
    return measurement(
        // Cards of before November 2026 say nothing: of the last iterate.
        norm.title() + " PGD-20, ε = " + epsilon + ", any iterate",
        test,
        accuracy.attacked(
            classifier,
            AttackSpecification.evaluation(threat, 20, 0),
            AttackObserver.NONE,
            TestAccuracy.Observer.NONE));
  }

  private static Measurement measurement(
      String attack, Dataset test, Optional<TestAccuracy.Counts> counts) {
    TestAccuracy.Counts found = counts.orElseThrow();
    return new Measurement(attack, test.name(), found.accuracy(), found.n());
  }

  private Tensor asStored(Tensor tensor) {
    if (dtype != Dtype.F16) {
      return tensor;
    }
    float[] rounded = new float[tensor.values().length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Float.float16ToFloat(Float.floatToFloat16(tensor.values()[i]));
    }
    return new Tensor(tensor.shape(), rounded);
  }
}
