package org.pagexplorer.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small text files of a run, which anything may have happened to. */
final class RunText {
  /** Bytes; a run of a million epochs has fewer. */
  private static final long LONGEST = 256 << 20;

  private RunText() {}

  /** Bytes that are no UTF-8 become question marks: the rest may still tell something. */
  static String read(Path file) throws IOException {
    // A pipe would wait for ever.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is not a file");
    }
    if (Files.size(file) > LONGEST) {
      throw new FileSystemException(file.toString(), null, "it is too large");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
