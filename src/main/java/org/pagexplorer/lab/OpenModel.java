package org.pagexplorer.lab;

import java.nio.file.Path;
import java.util.Optional;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Program;
import org.pagexplorer.engine.TorchEngine;

/**
 * A model ready to be put onto a device, with what identifies its file.
 *
 * @param file where it was read
 * @param sha256 of that file, 64 hexadecimal digits
 * @param card what it says of itself
 * @param checkpoint its weights; empty for a trusted program, which PyTorch reads itself
 */
public record OpenModel(Path file, String sha256, ModelCard card, Optional<Checkpoint> checkpoint) {

  /**
   * Reads a model.
   *
   * @throws org.pagexplorer.domain.UserException if the file cannot be used, or is a program that
   *     the user has not said to trust
   */
  public static OpenModel read(Path file) {
    String digest = CheckpointFiles.sha256(file);
    if (ModelFiles.isProgram(file)) {
      ModelCard card = ModelFiles.readCard(file);
      TrustedPrograms.check(file, digest);
      return new OpenModel(file, digest, card, Optional.empty());
    }
    Checkpoint checkpoint = CheckpointFiles.read(file);
    return new OpenModel(file, digest, checkpoint.card(), Optional.of(checkpoint));
  }

  /** Puts the model onto a device; close the result after use. */
  public Classifier classifier(TorchEngine engine, Precision precision) {
    return checkpoint
        .map(
            c ->
                Classifier.of(
                    engine, card.architecture(), card.normalization(), c.tensors(), precision))
        .orElseGet(
            () ->
                Classifier.of(
                    engine, card.architecture(), card.normalization(), Program.load(engine, file)));
  }
}
