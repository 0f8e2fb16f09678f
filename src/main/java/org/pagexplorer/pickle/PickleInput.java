package org.pagexplorer.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.pagexplorer.files.UnusableFileException;

/** The bytes of a pickle; no read takes memory for more than there are. */
public final class PickleInput {
  private static final int LONGEST_LINE = 256;

  private final InputStream in;
  private final long size;
  private long position;

  /**
   * @param in buffered
   * @param size how many bytes it has at most
   */
  public PickleInput(InputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  /** How many bytes have been read. */
  public long position() {
    return position;
  }

  public int u8() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw tooShort();
    }
    position++;
    return value;
  }

  public int u16() throws IOException {
    return u8() | u8() << 8;
  }

  public int i32() throws IOException {
    return u16() | u16() << 16;
  }

  public long u32() throws IOException {
    return i32() & 0xffffffffL;
  }

  public long i64() throws IOException {
    return u32() | u32() << 32;
  }

  public double bigEndianDouble() throws IOException {
    return Double.longBitsToDouble(Long.reverseBytes(i64()));
  }

  /** A little-endian number in two's complement. */
  public BigInteger integer(int count) throws IOException {
    byte[] bytes = bytes(count);
    byte[] reversed = new byte[count];
    for (int i = 0; i < count; i++) {
      reversed[i] = bytes[count - 1 - i];
    }
    return count == 0 ? BigInteger.ZERO : new BigInteger(reversed);
  }

  public String text(long count) throws IOException {
    byte[] bytes = bytes(count);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text; // five times as fast, of a batch's 30 MB
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnusableFileException("its pickle holds text that is not UTF-8");
    }
  }

  public byte[] bytes(long count) throws IOException {
    if (count < 0 || count > size - position || count > Integer.MAX_VALUE - Long.BYTES) {
      throw tooShort();
    }
    byte[] bytes = in.readNBytes((int) count);
    position += bytes.length;
    if (bytes.length < count) {
      throw tooShort();
    }
    return bytes;
  }

  public void skip(long count) throws IOException {
    if (count < 0 || count > size - position) {
      throw tooShort();
    }
    in.skipNBytes(count);
    position += count;
  }

  /** Up to a line's end. */
  public String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = u8(); c != '\n'; c = u8()) {
      if (line.length() == LONGEST_LINE) {
        throw new UnusableFileException(
            "its pickle has a name of more than " + LONGEST_LINE + " characters");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static UnusableFileException tooShort() {
    return new UnusableFileException("its pickle ends too early");
  }
}
