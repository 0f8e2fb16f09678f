package org.pagexplorer.engine.natives;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What looks like a native library, in some hundred bytes. */
final class StandIn {
  private static final int HEADER = 64;

  private StandIn() {}

  /** An ELF file: its header, the content, and a table of one section, which is all zeros. */
  static byte[] library(byte[] content) {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER + content.length + 64).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    bytes.putLong(0x28, HEADER + content.length);
    bytes.putShort(0x3a, (short) 64).putShort(0x3c, (short) 1);
    return bytes.put(HEADER, content).array();
  }
}
