package org.pagexplorer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/** Class names as the binary datasets write them: one a line. */
final class ClassNames {
  private static final int LONGEST = 1 << 20;

  private ClassNames() {}

  /** The names in a file, or the official ones where the file is missing. */
  static List<String> read(Path file, List<String> official) {
    if (!Files.exists(file)) {
      return official;
    }
    List<String> names = lines(file);
    if (names.isEmpty()) {
      throw new UserException(
          "The file " + file + " names no class: write one class name per line.");
    }
    return names;
  }

  private static List<String> lines(Path file) {
    try {
      return TextFile.read(file, LONGEST)
          .lines()
          .map(line -> Printable.of(line).strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UserException(
          "The class names in " + file + " could not be read: unpack the archive again.", e);
    }
  }
}
