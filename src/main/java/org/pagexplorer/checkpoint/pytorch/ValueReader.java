package org.pagexplorer.checkpoint.pytorch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.pytorch.PickledObject.View;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.files.UnusableFileException;

/** Reads a view's values from its storage's bytes, front to back, whatever its strides are. */
final class ValueReader {
  private static final int CHUNK_VALUES = 1 << 16;

  private final InputStream bytes;
  private final Dtype dtype;
  private final float[] chunk;
  private final byte[] raw;
  private int filled;
  private int next;

  /** One side of a tensor that has more than one row. */
  private record Side(long size, long stride, int target) {}

  private ValueReader(InputStream bytes, Dtype dtype, int values) {
    this.bytes = bytes;
    this.dtype = dtype;
    chunk = new float[Math.min(values, CHUNK_VALUES)];
    raw = new byte[chunk.length * dtype.bytes()];
  }

  /**
   * Reads a view.
   *
   * @param bytes its storage's, from the storage's first value on
   * @throws UnusableFileException if two of its places share a value
   */
  static Tensor read(View view, InputStream bytes) throws IOException {
    Dtype dtype = view.storage().dtype();
    float[] values = new float[Math.toIntExact(view.shape().size())];
    if (values.length > 0) {
      bytes.skipNBytes(Math.multiplyExact(view.first(), dtype.bytes()));
      new ValueReader(bytes, dtype, values.length).fill(values, sides(view));
    }
    return new Tensor(view.shape(), values);
  }

  /** The sides with the largest stride first: the order in which the storage has the values. */
  private static List<Side> sides(View view) {
    List<Side> sides = new ArrayList<>();
    int target = 1;
    for (int i = view.sizes().size() - 1; i >= 0; i--) {
      long size = view.sizes().get(i);
      if (size > 1) {
        sides.add(new Side(size, view.strides().get(i), target));
      }
      target *= Math.toIntExact(size);
    }
    sides.sort(Comparator.comparingLong(Side::stride).reversed());
    long reach = 1;
    for (Side side : sides.reversed()) {
      if (side.stride() < reach) {
        throw new UnusableFileException("a tensor's values overlap one another");
      }
      reach = side.size() * side.stride();
    }
    return sides;
  }

  private void fill(float[] values, List<Side> sides) throws IOException {
    if (isRowMajor(sides)) {
      copy(values);
      return;
    }
    long[] counts = new long[sides.size()];
    long at = 0;
    for (int read = 0; read < values.length; read++) {
      long place = 0;
      int target = 0;
      for (int i = 0; i < counts.length; i++) {
        place += counts[i] * sides.get(i).stride();
        target += (int) counts[i] * sides.get(i).target();
      }
      skip(place - at);
      values[target] = value(values.length - read);
      at = place + 1;
      advance(counts, sides);
    }
  }

  private static void advance(long[] counts, List<Side> sides) {
    for (int i = counts.length - 1; i >= 0; i--) {
      counts[i]++;
      if (counts[i] < sides.get(i).size()) {
        return;
      }
      counts[i] = 0;
    }
  }

  private static boolean isRowMajor(List<Side> sides) {
    return sides.stream().allMatch(side -> side.stride() == side.target());
  }

  private void copy(float[] values) throws IOException {
    for (int from = 0; from < values.length; from += filled) {
      load(values.length - from);
      System.arraycopy(chunk, 0, values, from, filled);
    }
  }

  /**
   * @param wanted how many values will be asked for, this one included
   */
  private float value(int wanted) throws IOException {
    if (next == filled) {
      load(wanted);
      next = 0;
    }
    return chunk[next++];
  }

  private void skip(long values) throws IOException {
    long buffered = Math.min(values, filled - next);
    next += (int) buffered;
    bytes.skipNBytes((values - buffered) * dtype.bytes());
  }

  private void load(int wanted) throws IOException {
    filled = Math.min(wanted, chunk.length);
    int count = bytes.readNBytes(raw, 0, filled * dtype.bytes());
    if (count < filled * dtype.bytes()) {
      throw new EOFException("it became shorter while it was read");
    }
    dtype.get(ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN), chunk, 0, filled);
  }
}
