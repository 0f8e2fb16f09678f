package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.importing.TensorFiles;
import org.pagexplorer.checkpoint.pytorch.ProgramFiles;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.run.GradientFile;

/**
 * Looks before hours of work whether their result can be written. One rule for all commands:
 * pictures, tables and arrays are replaced, models never but with {@code --force}.
 */
final class OutputFile {
  /** Of every option that names a model to be written. */
  static final String FORCE = "replace an existing file";

  /** What weights are written as. */
  private static final List<String> WEIGHTS = List.of(CheckpointFiles.EXTENSION);

  /** The latter of programs alone, which the import looks at. */
  private static final List<String> IMPORTED =
      List.of(CheckpointFiles.EXTENSION, ProgramFiles.EXTENSION);

  private OutputFile() {}

  /**
   * A picture, a table or an array, which replaces another but no model.
   *
   * @param option the option to choose another place with
   * @throws UserException if it cannot be written there
   */
  static void check(Path file, String option) {
    checkPlace(file, option);
    if (Files.exists(file) && isModel(file)) {
      throw new UserException(
          file + " is a model, which is not replaced; choose another " + option + ".");
    }
  }

  /** The same for a figure, whose name says its format too. */
  static void checkFigure(Path file, String option) {
    FigureFile.check(file);
    check(file, option);
  }

  /**
   * A model, which replaces nothing unless that is asked for.
   *
   * @param force whether it is
   * @throws UserException if it cannot be written there
   */
  static void checkModel(Path file, String option, boolean force) {
    checkModel(file, option, force, WEIGHTS);
  }

  /** The same for what is imported, which may be a program. */
  static void checkImport(Path file, String option, boolean force) {
    checkModel(file, option, force, IMPORTED);
  }

  private static void checkModel(Path file, String option, boolean force, List<String> endings) {
    checkPlace(file, option);
    if (endings.stream().noneMatch(file.toString()::endsWith)) {
      throw new UserException(
          "A model is written as *.safetensors, which \""
              + file.getFileName()
              + "\" does not end in; change "
              + option
              + ".");
    }
    if (Files.exists(file) && !force) {
      throw new UserException(
          file + " already exists; choose another " + option + ", or replace it with --force.");
    }
  }

  private static void checkPlace(Path file, String option) {
    Path folder = file.toAbsolutePath().getParent();
    if (file.toString().isEmpty() || Files.isDirectory(file)) {
      throw new UserException(
          "\"" + file + "\" is a folder, not a file; choose another " + option + ".");
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UserException(
          "The folder of "
              + file
              + " does not exist or cannot be written; choose another "
              + option
              + ".");
    }
    // Replacing /dev/null or a pipe would break it for everybody else.
    if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file))) {
      throw new UserException(
          file + " is not a file that can be replaced; choose another " + option + ".");
    }
  }

  private static boolean isModel(Path file) {
    if (TensorFiles.isTorchScript(file)) {
      return true;
    }
    try (TensorFile tensors = TensorFiles.open(file)) {
      Set<String> names = tensors.tensors().keySet();
      return !GridArchive.isOne(names) && !names.equals(Set.of(GradientFile.TENSOR));
    } catch (UserException | IOException e) {
      return false;
    }
  }
}
