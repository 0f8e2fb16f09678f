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

  static List<Path> folders(Path folder) {
    return entries(folder, Files::isDirectory);
  }

  /** The entries that a filter accepts. */
  static List<Path> entries(Path folder, DirectoryStream.Filter<Path> filter) {
    List<Path> found = some(folder, filter, Integer.MAX_VALUE);
    // Strings, since paths compare without case on Windows and the order must be the same there.
    found.sort(Comparator.comparing(Listing::name));
    return found;
  }

  /** So many of them at most, in no order. */
  static List<Path> some(Path folder, DirectoryStream.Filter<Path> filter, int most) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        if (isMeant(name(entry)) && filter.accept(entry)) {
          found.add(entry);
          if (found.size() == most) {
            return found;
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new UserException(
          "The folder " + folder + " could not be listed: check that you may read it.", e);
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
    List<Path> folders = new ArrayList<>();
    // Only what is not named like a picture is looked at, which takes a while for 50,000.
    found.addAll(
        entries(
            folder,
            entry ->
                ImageDecoder.hasImageName(entry)
                    || (Files.isDirectory(entry) && folders.add(entry) && false)));
    folders.sort(Comparator.comparing(Listing::name));
    for (Path inner : depth > 0 ? folders : List.<Path>of()) {
      addPictures(inner, depth - 1, found);
    }
  }

  /** Whether {@link #pictures} finds any. */
  static boolean holdsPicture(Path folder) {
    return holdsPicture(folder, DEEPEST);
  }

  private static boolean holdsPicture(Path folder, int depth) {
    return !some(folder, ImageDecoder::hasImageName, 1).isEmpty()
        || (depth > 0
            && folders(folder).stream().anyMatch(inner -> holdsPicture(inner, depth - 1)));
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
