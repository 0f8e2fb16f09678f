package org.pagexplorer.domain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

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

  /**
   * All of a text in UTF-8.
   *
   * @param most bytes that are read, whatever size the system tells
   * @throws FileSystemException if it is no regular file, or longer
   * @throws java.nio.charset.CharacterCodingException if it is no UTF-8
   */
  public static String text(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(check(file))) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new FileSystemException(
            file.toString(), null, String.format(Locale.ROOT, "it is longer than %,d bytes", most));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
