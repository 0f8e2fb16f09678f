package org.pagexplorer.files;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a user names as a file is one before it is opened: a pipe would wait for ever, and a device
 * may never end.
 */
public final class RegularFile {
  private RegularFile() {}

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
