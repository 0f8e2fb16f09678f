package org.pagexplorer.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output that knows whether all was written: {@code System.out} loses it in silence. */
final class StandardOutput extends OutputStream {
  private final FileOutputStream to = new FileOutputStream(FileDescriptor.out);
  private boolean incomplete;

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      to.write(bytes, from, count);
    } catch (IOException e) {
      // Who reads no further has seen enough, as head.
      incomplete |= !"Broken pipe".equals(e.getMessage());
      throw e;
    }
  }

  /** Whether something was lost that somebody waits for, as on a full disk. */
  boolean isIncomplete() {
    return incomplete;
  }
}
