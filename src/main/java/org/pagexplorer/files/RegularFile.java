package org.pagexplorer.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a user names as a file is one before it is opened: a pipe would wait for ever, and a device
 * may never end.
 */
public final class RegularFile {
  private RegularFile() {}

  /** What is read from a file that stays open. */
  @FunctionalInterface
  public interface Reader<T> {
    T open(FileChannel channel) throws IOException;
  }

  /** Opens a file for a reader that closes it, or here where that cannot begin. */
  public static <T> T open(Path file, Reader<T> reader) throws IOException {
    FileChannel channel = FileChannel.open(check(file));
    try {
      return reader.open(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The same path.
   *
   * @throws FileSystemException if it is a folder, a pipe or a device; what does not exist is left
   *     to whoever opens it
   */
  public static Path check(Path file) throws FileSystemException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is not a file");
    }
    return file;
  }
}
