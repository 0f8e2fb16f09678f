package org.pagexplorer.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Replaces a file whole or not at all: written beside it, forced to disk, renamed. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the new contents. */
  @FunctionalInterface
  public interface Body {
    void writeTo(FileChannel channel) throws IOException;
  }

  /** Makes a file with the new contents at a place where none is. */
  @FunctionalInterface
  public interface Maker {
    void make(Path temporary) throws IOException;
  }

  /**
   * Writes a file's contents.
   *
   * @throws IOException if the file keeps its old contents
   */
  public static void write(Path file, Body body) throws IOException {
    make(
        file,
        temporary -> {
          // Not createTempFile, whose files only their owner may read.
          try (FileChannel channel =
              FileChannel.open(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            body.writeTo(channel);
            channel.force(true);
          }
        });
  }

  /**
   * The same for what can only be written to a path.
   *
   * @throws IOException if the file keeps its old contents
   */
  public static void make(Path file, Maker maker) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a folder");
    }
    Path temporary = Replacement.beside(file);
    try {
      maker.make(temporary);
      Replacement.put(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Deletes what killed writers have left in a folder; what cannot be deleted stays.
   *
   * @param age of a file that nobody is still writing
   */
  public static void sweep(Path folder, Duration age) {
    Replacement.sweep(folder, age);
  }
}
