package org.pagexplorer.dataset;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/** What a folder holds, sorted by name; names that begin with a dot are left out. */
final class Listing {
  private Listing() {}

  static List<Path> folders(Path folder) {
    return entries(folder, Files::isDirectory);
  }

  /** The entries that a filter accepts. */
  static List<Path> entries(Path folder, DirectoryStream.Filter<Path> filter) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, filter)) {
      for (Path entry : stream) {
        if (!name(entry).startsWith(".")) {
          found.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new UserException(
          "The folder " + folder + " could not be listed: check that you may read it.", e);
    }
    // Strings, since paths compare without case on Windows and the order must be the same there.
    found.sort(Comparator.comparing(Listing::name));
    return found;
  }

  /** The last part of a path, or all of it where it has no parts, as “/”. */
  static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** The name of the folder itself, also of {@code .} and the like, for people. */
  static String folderName(Path folder) {
    return Printable.of(name(folder.toAbsolutePath().normalize()));
  }
}
