package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What an unpacking leaves behind whose process was killed: up to 450 MB each. */
final class Leftovers {
  /** Of the folders that libraries are unpacked in. */
  static final String PREFIX = "pag-unpacking-";

  /** So were they called before there was a lock: one may still be at work. */
  private static final String FORMER = "pag[0-9]*";

  private static final Duration SURELY_DEAD = Duration.ofHours(1);

  private Leftovers() {}

  /** Deletes them; only with the lock, without which nobody unpacks. */
  static void sweep(Path cache) throws IOException {
    Instant longAgo = Instant.now().minus(SURELY_DEAD);
    try (DirectoryStream<Path> dead = Files.newDirectoryStream(cache, PREFIX + "*")) {
      for (Path folder : dead) {
        delete(folder);
      }
    }
    try (DirectoryStream<Path> former = Files.newDirectoryStream(cache, FORMER)) {
      for (Path folder : former) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(longAgo)) {
          delete(folder);
        }
      }
    }
  }

  /** Deletes a folder of files; what cannot be deleted is left to the next start. */
  static void delete(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      return; // somebody else's, or open on Windows
    }
  }
}
