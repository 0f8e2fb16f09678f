package org.pagexplorer.lab.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.checkpoint.importing.ForeignModel.Answers;
import org.pagexplorer.checkpoint.pytorch.ProgramFiles;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Program;
import org.pagexplorer.engine.TorchEngine;

/** Somebody's model on its way to becoming one of ours. */
public sealed interface Arrival {
  Path file();

  /** Of the file, for people. */
  String format();

  /** What was chosen or left out, a sentence each. */
  List<String> remarks();

  /** Networks that fit; never empty. */
  List<Architecture> architectures();

  /** The file's own, if it has one. */
  default Optional<Normalization> normalization() {
    return Optional.empty();
  }

  /** The file's own class names, if it has them. */
  default Optional<List<String>> classes() {
    return Optional.empty();
  }

  /** What the imported file is called. */
  String extension();

  /** Puts one reading of it onto a device; close the result after use. */
  Classifier classifier(TorchEngine engine, Architecture architecture, Normalization normalization);

  /**
   * Writes a PAG Explorer checkpoint, which may be opened from now on.
   *
   * @param dtype of its weights; a program keeps its own
   * @throws org.pagexplorer.domain.UserException if the disk refuses
   */
  default void write(Path out, Answers answers, Dtype dtype) {
    copy(out, answers, dtype);
    keep(out);
  }

  /** Only writes it: a program is not trusted before {@link #keep}. */
  void copy(Path out, Answers answers, Dtype dtype);

  /** The user keeps what was copied: a program may run from now on. */
  default void keep(Path copied) {}

  /** Weights of a known network. */
  record Weights(ForeignModel model) implements Arrival {
    @Override
    public Path file() {
      return model.file();
    }

    @Override
    public String format() {
      return model.format();
    }

    @Override
    public List<String> remarks() {
      return model.remarks();
    }

    @Override
    public List<Architecture> architectures() {
      return model.architectures();
    }

    @Override
    public Optional<Normalization> normalization() {
      return model.normalization();
    }

    @Override
    public Optional<List<String>> classes() {
      return model.classes();
    }

    @Override
    public String extension() {
      return CheckpointFiles.EXTENSION;
    }

    @Override
    public Classifier classifier(
        TorchEngine engine, Architecture architecture, Normalization normalization) {
      return Classifier.of(engine, architecture, normalization, model.tensors(), Precision.EXACT);
    }

    @Override
    public void copy(Path out, Answers answers, Dtype dtype) {
      CheckpointFiles.write(out, model.checkpoint(answers), dtype);
    }
  }

  /**
   * A program that the user trusts.
   *
   * @param sha256 of the bytes that are trusted
   */
  record TrustedProgram(Path file, String sha256, Architecture architecture) implements Arrival {

    /**
     * Runs it once to see how many classes it has.
     *
     * @throws UserException if it does not take such images
     */
    public static TrustedProgram of(Path file, InputShape input, TorchEngine engine) {
      try (PrivateCopy copy = PrivateCopy.of(file);
          Program program = copy.load(engine)) {
        return new TrustedProgram(file, copy.sha256(), architecture(program, input));
      }
    }

    /** A program does not say its channels: it is tried with gray images where color ones fail. */
    private static Architecture architecture(Program program, InputShape input) {
      try {
        return new Architecture(Family.TORCHSCRIPT, 1, input, program.classes(input));
      } catch (UserException e) {
        InputShape gray = new InputShape(1, input.height(), input.width());
        try {
          return new Architecture(Family.TORCHSCRIPT, 1, gray, program.classes(gray));
        } catch (UserException again) {
          throw e; // what it says of color images is likelier to help
        }
      }
    }

    @Override
    public String format() {
      return "TorchScript program";
    }

    @Override
    public List<String> remarks() {
      return List.of("It is trusted: opening it runs its code.");
    }

    @Override
    public List<Architecture> architectures() {
      return List.of(architecture);
    }

    @Override
    public String extension() {
      return ProgramFiles.EXTENSION;
    }

    @Override
    public Classifier classifier(
        TorchEngine engine, Architecture reading, Normalization normalization) {
      try (PrivateCopy copy = PrivateCopy.of(file, sha256)) {
        return Classifier.of(engine, reading, normalization, copy.load(engine));
      }
    }

    @Override
    public void copy(Path out, Answers answers, Dtype dtype) {
      try (PrivateCopy copy = PrivateCopy.of(file, sha256)) {
        ProgramFiles.write(copy.path(), ForeignModel.card(file, format(), answers), out);
      }
    }

    @Override
    public void keep(Path copied) {
      TrustedPrograms.add(copied);
    }
  }
}
