package org.pagexplorer.lab;

import java.nio.file.Path;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;

/**
 * A checkpoint in memory, with what identifies its file.
 *
 * @param file where it was read
 * @param sha256 of that file, 64 hexadecimal digits
 * @param checkpoint its card and weights
 */
public record OpenModel(Path file, String sha256, Checkpoint checkpoint) {

  /**
   * Reads a checkpoint.
   *
   * @throws org.pagexplorer.domain.UserException if the file cannot be used
   */
  public static OpenModel read(Path file) {
    Checkpoint checkpoint = CheckpointFiles.read(file);
    return new OpenModel(file, CheckpointFiles.sha256(file), checkpoint);
  }

  /** What the model says of itself. */
  public ModelCard card() {
    return checkpoint.card();
  }

  /** Puts the model onto a device; close the result after use. */
  public Classifier classifier(TorchEngine engine, Precision precision) {
    return Classifier.of(
        engine, card().architecture(), card().normalization(), checkpoint.tensors(), precision);
  }
}
