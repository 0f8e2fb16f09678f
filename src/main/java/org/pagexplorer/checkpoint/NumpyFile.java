package org.pagexplorer.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.AtomicFile;
import org.pagexplorer.files.Sentences;

/**
 * NumPy's {@code .npy}, version 1.0 (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">its
 * definition</a>).
 */
public final class NumpyFile {
  private static final String MAGIC = "\u0093NUMPY\u0001\u0000";

  /** The values begin at a multiple of this. */
  private static final int ALIGNMENT = 64;

  private NumpyFile() {}

  /**
   * Replaces a file by a little-endian float32 array in C order, whole or not at all.
   *
   * @param parts its values, a piece after another: together as many as the shape has
   * @throws UserException if the disk refuses
   * @throws IllegalArgumentException if there are more or fewer values
   */
  public static void write(Path file, TensorShape shape, Iterable<float[]> parts) {
    write(file, shape, Dtype.F32, parts);
  }

  /**
   * The same in float32, or in float16 with rounding to the nearest.
   *
   * @throws IllegalArgumentException for another format, too
   */
  public static void write(Path file, TensorShape shape, Dtype dtype, Iterable<float[]> parts) {
    try {
      AtomicFile.write(
          file,
          channel -> {
            TensorBytes.writeFully(channel, header(shape, dtype));
            TensorBytes.write(channel, shape, dtype, parts);
          });
    } catch (IOException e) {
      throw Sentences.unwritable(file, e);
    }
  }

  private static ByteBuffer header(TensorShape shape, Dtype dtype) {
    String descr =
        switch (dtype) {
          case F32 -> "<f4";
          case F16 -> "<f2";
          default -> throw new IllegalArgumentException("arrays are written as F32 or F16");
        };
    String sides = shape.sides().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String words =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s,), }".formatted(descr, sides);
    int before = MAGIC.length() + Short.BYTES;
    int length = Math.ceilDiv(before + words.length() + 1, ALIGNMENT) * ALIGNMENT - before;
    String padded = words + " ".repeat(length - words.length() - 1) + "\n";
    return ByteBuffer.allocate(before + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC.getBytes(StandardCharsets.ISO_8859_1))
        .putShort((short) length)
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .flip();
  }
}
