package org.pagexplorer.dataset;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/**
 * What a folder holds, sorted by name; what begins with a dot or was left by a system is no part of
 * it.
 */
final class Listing {
  private static final Set<String> LEFT_BY_SYSTEMS =
      Set.of("__MACOSX", "__pycache__", "@eaDir", "$RECYCLE.BIN", "System Volume Information");

  /** How deep in its class's folder a picture may lie; links may lead in circles. */
  private static final int DEEPEST = 4;

  private Listing() {}

  /** An entry with its name, which a path makes each time it is asked. */
  private record Named(String name, Path path) {}

  private interface Filter {
    boolean accepts(String name, Path path);
  }

  static List<Path> folders(Path folder) {
    return paths(sorted(some(folder, Listing::isFolder, Integer.MAX_VALUE)));
  }

  /** What is named like a picture is none, and needs no look at the disk. */
  private static boolean isFolder(String name, Path path) {
    return !ImageDecoder.isImageName(name) && Files.isDirectory(path);
  }

  /** The entries that a filter accepts. */
  static List<Path> entries(Path folder, Predicate<Path> filter) {
    return paths(sorted(some(folder, (_, path) -> filter.test(path), Integer.MAX_VALUE)));
  }

  /** Whether there is an entry that a filter accepts. */
  static boolean any(Path folder, Predicate<Path> filter) {
    return !some(folder, (_, path) -> filter.test(path), 1).isEmpty();
  }

  /** Strings, since paths compare without case on Windows and the order must be the same there. */
  private static List<Named> sorted(List<Named> entries) {
    entries.sort(Comparator.comparing(Named::name));
    return entries;
  }

  private static List<Path> paths(List<Named> entries) {
    return entries.stream().map(Named::path).toList();
  }

  /** So many of the entries at most, in no order. */
  private static List<Named> some(Path folder, Filter filter, int most) {
    List<Named> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path path : stream) {
        String name = name(path);
        if (isMeant(name) && filter.accepts(name, path)) {
          found.add(new Named(name, path));
          if (found.size() == most) {
            return found;
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new UserException(
          "The folder " + folder + " could not be listed: check its permissions.", e);
    }
    return found;
  }

  private static boolean isMeant(String name) {
    return !name.startsWith(".") && !LEFT_BY_SYSTEMS.contains(name);
  }

  /** All pictures in a folder and in the folders in it, its own first. */
  static List<Path> pictures(Path folder) {
    List<Path> found = new ArrayList<>();
    addPictures(folder, DEEPEST, found);
    return found;
  }

  private static void addPictures(Path folder, int depth, List<Path> found) {
    List<Named> folders = new ArrayList<>();
    List<Named> pictures = new ArrayList<>();
    for (Named entry : some(folder, (_, _) -> true, Integer.MAX_VALUE)) {
      if (ImageDecoder.isImageName(entry.name())) {
        pictures.add(entry);
      } else if (depth > 0 && Files.isDirectory(entry.path())) {
        folders.add(entry);
      }
    }
    found.addAll(paths(sorted(pictures)));
    sorted(folders).forEach(inner -> addPictures(inner.path(), depth - 1, found));
  }

  /** Whether {@link #pictures} finds any. */
  static boolean holdsPicture(Path folder) {
    return holdsPicture(folder, DEEPEST);
  }

  private static boolean holdsPicture(Path folder, int depth) {
    return any(folder, ImageDecoder::hasImageName)
        || (depth > 0
            && folders(folder).stream().anyMatch(inner -> holdsPicture(inner, depth - 1)));
  }

  /** The last part of a path, or all of it where it has no parts, such as "/". */
  static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** The name of the folder itself, also of {@code .} and the like, for people. */
  static String folderName(Path folder) {
    return Printable.of(name(folder.toAbsolutePath().normalize()));
  }
}
