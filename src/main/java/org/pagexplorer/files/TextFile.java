package org.pagexplorer.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Small texts: written as UTF-8, whole or not at all; read as editors of all systems save them. */
public final class TextFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /** Writes UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes UTF-8 where a user has asked for the file.
   *
   * @throws org.pagexplorer.domain.UserException if it cannot be written
   */
  public static void save(Path file, String text) {
    try {
      write(file, text);
    } catch (IOException e) {
      throw Sentences.unwritable(file, e);
    }
  }

  public static void write(Path file, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    AtomicFile.write(
        file,
        channel -> {
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /**
   * All of a text, without its byte order mark: UTF-8, or UTF-16 where the mark says so.
   *
   * @param most bytes that are read, whatever size the system tells
   * @throws FileSystemException if it is no regular file, or longer
   * @throws java.nio.charset.CharacterCodingException if it is not such a text
   */
  public static String read(Path file, int most) throws IOException {
    return decode(bytes(file, most), CodingErrorAction.REPORT);
  }

  /**
   * The same for a file that anything may have happened to: bytes that are no text become question
   * marks, since the rest may still tell something.
   */
  public static String readDamaged(Path file, int most) throws IOException {
    return decode(bytes(file, most), CodingErrorAction.REPLACE);
  }

  private static byte[] bytes(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(RegularFile.check(file))) {
      return bytes(in, file, most);
    }
  }

  /** Up to the stream's first end: a log may grow while it is read. */
  static byte[] bytes(InputStream in, Path file, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new FileSystemException(
          file.toString(), null, String.format(Locale.ROOT, "it is longer than %,d bytes", most));
    }
    return bytes;
  }

  private static String decode(byte[] bytes, CodingErrorAction onError) throws IOException {
    String text =
        charset(bytes)
            .newDecoder()
            .onMalformedInput(onError)
            .onUnmappableCharacter(onError)
            .decode(ByteBuffer.wrap(bytes))
            .toString();
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }
}
