package org.pagexplorer.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.pagexplorer.domain.Replacement;

/** Replaces a file whole or not at all: written beside it, forced to disk, renamed. */
final class AtomicFile {
  private AtomicFile() {}

  /** Writes the new contents. */
  @FunctionalInterface
  interface Body {
    void writeTo(FileChannel channel) throws IOException;
  }

  static void write(Path file, Body body) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a folder");
    }
    Path temporary = Replacement.beside(file);
    try {
      // Not createTempFile, whose files only their owner may read.
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        body.writeTo(channel);
        channel.force(true);
      }
      Replacement.put(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
