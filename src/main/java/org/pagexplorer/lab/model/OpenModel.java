package org.pagexplorer.lab.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.CheckpointFiles.HashedCheckpoint;
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.checkpoint.importing.TensorFiles;
import org.pagexplorer.checkpoint.pytorch.ProgramFiles;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;

/**
 * A model ready to be put onto a device, with what identifies its file.
 *
 * @param file where it was read
 * @param sha256 of the bytes that were read, 64 hexadecimal digits
 * @param card what it says of itself
 * @param checkpoint its weights; empty for a trusted program, which PyTorch reads itself, and for a
 *     model that is only shown
 * @param remarks what was chosen or left out of somebody else's file, a sentence each
 * @param weights where they are in somebody else's file of several sets; else empty
 */
public record OpenModel(
    Path file,
    String sha256,
    ModelCard card,
    Optional<Checkpoint> checkpoint,
    List<String> remarks,
    String weights) {

  public OpenModel {
    remarks = List.copyOf(remarks);
  }

  /** A PAG Explorer checkpoint. */
  public OpenModel(Path file, String sha256, ModelCard card, Optional<Checkpoint> checkpoint) {
    this(file, sha256, card, checkpoint, List.of(), "");
  }

  /**
   * Reads a PAG Explorer checkpoint, or somebody else's file that leaves nothing open.
   *
   * @throws org.pagexplorer.domain.UserException if the file cannot be used, or is a program that
   *     the user has not said to trust
   */
  public static OpenModel read(Path file) {
    return read(file, "");
  }

  /**
   * The same of one set of weights of a file that may hold several.
   *
   * @param place where they are; empty for the likeliest
   */
  public static OpenModel read(Path file, String place) {
    if (ModelFiles.isProgram(file)) {
      try (PrivateCopy copy = PrivateCopy.of(file)) {
        ModelCard card = ProgramFiles.readCard(copy.path(), file);
        TrustedPrograms.check(file, copy.sha256());
        return new OpenModel(file, copy.sha256(), card, Optional.empty());
      }
    }
    try {
      HashedCheckpoint read = CheckpointFiles.readHashed(file);
      Checkpoint checkpoint = read.checkpoint();
      return new OpenModel(file, read.sha256(), checkpoint.card(), Optional.of(checkpoint));
    } catch (UserException e) {
      if (!Files.isRegularFile(file) || TensorFiles.hasCard(file)) {
        throw e;
      }
      return foreign(file, place);
    }
  }

  /** Somebody else's, as pag import would take it without a question. */
  private static OpenModel foreign(Path file, String place) {
    String before = CheckpointFiles.sha256(file);
    ForeignModel model = ForeignModel.read(file, place);
    Checkpoint checkpoint = model.checkpoint(ImportDefaults.of(model));
    if (!CheckpointFiles.sha256(file).equals(before)) {
      throw new UserException(file + " has changed while it was read; open it again.");
    }
    List<String> remarks = new ArrayList<>(model.remarks());
    if (ImportDefaults.isTakenForImageNets(new Arrival.Weights(model))) {
      remarks.add(ImportDefaults.IMAGENET);
    }
    String chosen = model.places().size() > 1 ? model.place() : "";
    return new OpenModel(file, before, checkpoint.card(), Optional.of(checkpoint), remarks, chosen);
  }

  /** What a figure says of a model, whose weights are on the device already. */
  public static OpenModel shown(Path file, EngineLane.Loaded loaded) {
    return new OpenModel(file, loaded.sha256(), loaded.card(), Optional.empty());
  }

  /** As a table names it, which has no use for its weights. */
  public OpenModel withoutWeights() {
    return new OpenModel(file, sha256, card, Optional.empty());
  }

  public String name() {
    return card.name();
  }

  /**
   * Puts the model onto a device; close the result after use.
   *
   * @throws org.pagexplorer.domain.UserException if it is a program whose file has changed
   */
  public Classifier classifier(TorchEngine engine, Precision precision) {
    return checkpoint
        .map(
            c ->
                Classifier.of(
                    engine, card.architecture(), card.normalization(), c.tensors(), precision))
        .orElseGet(
            () -> {
              try (PrivateCopy copy = PrivateCopy.of(file, sha256)) {
                return Classifier.of(
                    engine, card.architecture(), card.normalization(), copy.load(engine));
              }
            });
  }
}
