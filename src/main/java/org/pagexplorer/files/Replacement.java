package org.pagexplorer.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/** Files that are replaced whole or not at all: written beside their place, then renamed. */
final class Replacement {
  private static final String NAMES = "\\.pag-[0-9a-f-]{36}\\.tmp";
  private static final int ATTEMPTS = 40;
  private static final long MILLIS_BETWEEN = 50;

  private Replacement() {}

  /** How a file is renamed; {@link Files#move}. */
  @FunctionalInterface
  interface Move {
    Path move(Path from, Path to, CopyOption... options) throws IOException;
  }

  /** Where the new contents of a file are to be written first. */
  static Path beside(Path file) {
    return file.resolveSibling(".pag-" + UUID.randomUUID() + ".tmp");
  }

  /**
   * Puts the new contents into place.
   *
   * @param temporary what {@link #beside} has named, complete and forced to disk
   * @throws IOException if the file keeps its old contents
   */
  static void put(Path temporary, Path file) throws IOException {
    put(temporary, file, Files::move);
  }

  /**
   * Windows renames nothing over a file that somebody reads at this moment, and deleting that file
   * first could lose both; so it is tried again for two seconds.
   */
  static void put(Path temporary, Path file, Move move) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        move.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return;
      } catch (AtomicMoveNotSupportedException e) {
        move.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        return;
      } catch (FileSystemException e) {
        if (attempt == ATTEMPTS || !mayPass(e) || Files.isDirectory(file)) {
          throw e;
        }
        pause();
      }
    }
  }

  /** Windows says that access is denied, or gives a reason without a class of its own. */
  private static boolean mayPass(FileSystemException e) {
    return e instanceof AccessDeniedException || e.getClass().equals(FileSystemException.class);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(MILLIS_BETWEEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the file was in use");
    }
  }

  /**
   * Deletes what killed writers have left in a folder; what cannot be deleted stays.
   *
   * @param age of a file that nobody is still writing
   */
  static void sweep(Path folder, Duration age) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant before = Instant.now().minus(age);
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path each : inside.filter(Replacement::isTemporary).toList()) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      // It is only tidying: the next start tries again.
    }
  }

  private static boolean isTemporary(Path file) {
    return String.valueOf(file.getFileName()).matches(NAMES)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
