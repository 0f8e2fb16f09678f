package org.pagexplorer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.FigureFile;

/** Looks before hours of work whether their result can be written. */
final class OutputFile {
  private OutputFile() {}

  /**
   * @param option the option to choose another place with
   * @throws UserException if the file's folder cannot be written
   */
  static void check(Path file, String option) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UserException(
          "The folder of "
              + file
              + " does not exist or cannot be written; choose another "
              + option
              + ".");
    }
    if (Files.isDirectory(file)) {
      throw new UserException(file + " is a folder; choose a file's name for " + option + ".");
    }
  }

  /** The same for a figure, whose name says its format too. */
  static void checkFigure(Path file, String option) {
    FigureFile.check(file);
    check(file, option);
  }
}
