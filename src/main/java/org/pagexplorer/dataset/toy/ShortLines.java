package org.pagexplorer.dataset.toy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text in UTF-8, one after the other; of a long one only as much as shows that it is
 * long.
 */
final class ShortLines implements AutoCloseable {
  /** Three numbers need a tenth of it. */
  static final int LONGEST = 1000;

  private final Reader in;
  private final StringBuilder line = new StringBuilder();
  private boolean afterReturn;

  private ShortLines(Reader in) {
    this.in = in;
  }

  static ShortLines open(Path file) throws IOException {
    // A fresh decoder reports what is not text, where a charset's reader would replace it.
    return new ShortLines(
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())));
  }

  /** The next line, one character more than {@link #LONGEST} of a longer one; null at the end. */
  @Nullable String next() throws IOException {
    line.setLength(0);
    int c = in.read();
    if (c == '\n' && afterReturn) {
      c = in.read();
    }
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n' && c != '\r' && line.length() <= LONGEST) {
      line.append((char) c);
      c = in.read();
    }
    afterReturn = c == '\r';
    return line.isEmpty() ? "" : line.toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
