package org.pagexplorer.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/** The data part of a file: little-endian values, moved in pieces of a mebibyte. */
final class TensorBytes {
  private static final int CHUNK_BYTES = 1 << 20;

  private TensorBytes() {}

  /** One tensor as float32, from the file whose data starts at {@code dataStart}. */
  static Tensor read(SeekableByteChannel channel, long dataStart, TensorEntry entry)
      throws IOException {
    entry.dtype().checkReadable(entry.name());
    float[] values = new float[length(entry)];
    long position = dataStart + entry.begin();
    int chunk = CHUNK_BYTES / entry.dtype().bytes();
    for (int first = 0; first < values.length; first += chunk) {
      int count = Math.min(chunk, values.length - first);
      ByteBuffer buffer = readFully(channel, position, count * entry.dtype().bytes());
      entry.dtype().get(buffer, values, first, count);
      position += buffer.capacity();
    }
    return new Tensor(entry.shape(), values);
  }

  private static int length(TensorEntry entry) {
    long size = entry.shape().size();
    if (size > Integer.MAX_VALUE - CHUNK_BYTES) {
      throw new UnusableFileException(
          "tensor " + Sentences.quoted(entry.name()) + " has too many values, " + size);
    }
    return (int) size;
  }

  static ByteBuffer readFully(SeekableByteChannel channel, long position, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(position);
    while (buffer.hasRemaining()) {
      // In pieces, since the JDK keeps a native copy of the largest buffer for each thread.
      ByteBuffer piece = buffer.slice(buffer.position(), Math.min(CHUNK_BYTES, buffer.remaining()));
      int count = channel.read(piece);
      if (count < 0) {
        throw new EOFException("it became shorter while it was read");
      }
      buffer.position(buffer.position() + count);
    }
    return buffer.flip();
  }

  /** Appends a tensor's values. */
  static void write(FileChannel channel, Tensor tensor, Dtype dtype) throws IOException {
    write(channel, tensor.values(), dtype);
  }

  /**
   * Appends values a piece after another.
   *
   * @throws IllegalArgumentException if they are more or fewer than the shape has
   */
  static void write(FileChannel channel, TensorShape shape, Dtype dtype, Iterable<float[]> parts)
      throws IOException {
    long left = shape.size();
    for (float[] part : parts) {
      write(channel, part, dtype);
      left -= part.length;
    }
    if (left != 0) {
      throw new IllegalArgumentException(shape + " has other values: " + left + " left");
    }
  }

  private static void write(FileChannel channel, float[] values, Dtype dtype) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (!buffer.hasRemaining()) {
        writeFully(channel, buffer.flip());
        buffer.clear();
      }
      dtype.put(buffer, value);
    }
    writeFully(channel, buffer.flip());
  }

  static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
