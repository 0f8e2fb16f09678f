package org.pagexplorer.checkpoint.catalogue;

import java.nio.file.Path;
import java.util.Locale;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.pytorch.ProgramFiles;
import org.pagexplorer.domain.ModelCard;

/** The two kinds of model files: weights of a known network, and TorchScript programs. */
public final class ModelFiles {
  private ModelFiles() {}

  /** Whether a file calls itself one of them. */
  public static boolean isNamedLikeOne(Path file) {
    return isProgram(file) || endsWith(file, CheckpointFiles.EXTENSION);
  }

  /** Whether a file calls itself a program. */
  public static boolean isProgram(Path file) {
    return endsWith(file, ProgramFiles.EXTENSION);
  }

  /**
   * Reads what a model says of itself; runs nothing.
   *
   * @throws org.pagexplorer.domain.UserException if it is no usable model
   */
  public static ModelCard readCard(Path file) {
    return isProgram(file) ? ProgramFiles.readCard(file) : CheckpointFiles.readCard(file);
  }

  private static boolean endsWith(Path file, String extension) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }
}
