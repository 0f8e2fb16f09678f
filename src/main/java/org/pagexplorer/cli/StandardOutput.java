package org.pagexplorer.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard output that knows whether all was written: {@code System.out} loses it in silence. */
final class StandardOutput extends OutputStream {
  private static final int KIND = 0170000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private final OutputStream to;
  private final Path place;
  private boolean incomplete;

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out), Path.of("/dev/fd/1"));
  }

  /**
   * @param place where the system says what it is
   */
  StandardOutput(OutputStream to, Path place) {
    this.to = to;
    this.place = place;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      to.write(bytes, from, count);
    } catch (IOException e) {
      incomplete |= !isPipe();
      throw e;
    }
  }

  /**
   * Whether somebody read it who has seen enough, as head: a pipe ends for no other reason. What
   * Java says of that is in the system's language.
   */
  private boolean isPipe() {
    try {
      return Files.getAttribute(place, "unix:mode") instanceof Integer mode
          && ((mode & KIND) == PIPE || (mode & KIND) == SOCKET);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false; // Windows
    }
  }

  /** Whether something was lost that somebody waits for, as on a full disk. */
  boolean isIncomplete() {
    return incomplete;
  }
}
