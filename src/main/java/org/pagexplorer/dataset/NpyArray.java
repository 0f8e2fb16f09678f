package org.pagexplorer.dataset;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagexplorer.domain.UserException;

/**
 * An array as {@code numpy.save} writes it (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">format</a>), of
 * numbers.
 *
 * @param name for sentences
 * @param kind {@code u}, {@code i}, {@code f} or {@code b}, as NumPy has it
 * @param width bytes of a value
 * @param sizes of its sides, the last one's values beside each other
 * @param values in C order
 */
public record NpyArray(
    String name, char kind, int width, ByteOrder order, List<Integer> sizes, MemorySegment values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int MOST_SIDES = 8;

  private static final Pattern DTYPE = Pattern.compile("'descr':\\s*'([<>|=]?)([uifbO])(\\d*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

  /** Maps a file, of which the operating system keeps the pages. */
  static NpyArray map(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return of(
          file.toString(),
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    } catch (IOException e) {
      throw new UserException("The file " + file + " could not be read: check its permissions.", e);
    }
  }

  /**
   * Reads the header.
   *
   * @param name for sentences
   * @param content all of it
   * @throws UserException if it is damaged or holds anything but numbers in C order
   */
  public static NpyArray of(String name, MemorySegment content) {
    if (content.byteSize() < 12 || !content.asSlice(0, 6).asByteBuffer().equals(magic())) {
      throw damaged(name);
    }
    boolean old = content.get(ValueLayout.JAVA_BYTE, 6) == 1;
    int first = old ? 10 : 12;
    long length = unsigned(content, 8, old ? 2 : 4);
    if (length > LONGEST_HEADER || first + length > content.byteSize()) {
      throw damaged(name);
    }
    byte[] header = content.asSlice(first, length).toArray(ValueLayout.JAVA_BYTE);
    return of(
        name, new String(header, StandardCharsets.ISO_8859_1), content.asSlice(first + length));
  }

  private static java.nio.ByteBuffer magic() {
    return java.nio.ByteBuffer.wrap(MAGIC);
  }

  private static long unsigned(MemorySegment bytes, long at, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, at + i));
    }
    return value;
  }

  private static NpyArray of(String name, String header, MemorySegment values) {
    Matcher dtype = DTYPE.matcher(header);
    Matcher fortran = FORTRAN.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!dtype.find() || !fortran.find() || !shape.find()) {
      throw new UserException(
          "The array %s holds something other than numbers: save it as numbers.".formatted(name));
    }
    if (dtype.group(2).equals("O")) {
      throw new UserException(
          "The array %s holds Python objects, which are never read: save it as numbers."
              .formatted(name));
    }
    List<Integer> sizes = sizes(name, shape.group(1));
    if (fortran.group(1).equals("True") && sizes.size() > 1) {
      throw new UserException(
          "The array %s is stored column by column: save numpy.ascontiguousarray(x)."
              .formatted(name));
    }
    int width = dtype.group(3).isEmpty() ? 0 : Integer.parseInt(dtype.group(3));
    char kind = dtype.group(2).charAt(0);
    if (!(width == 1 || width == 2 || width == 4 || width == 8)) {
      throw damaged(name);
    }
    ByteOrder order = dtype.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    NpyArray array = new NpyArray(name, kind, width, order, sizes, values);
    if (array.count() * width != values.byteSize()) {
      throw damaged(name);
    }
    return array;
  }

  private static List<Integer> sizes(String name, String text) {
    List<Integer> sizes = new ArrayList<>();
    long values = 1;
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        String digits = part.strip();
        int size = digits.length() > 9 || digits.contains(" ") ? 0 : Integer.parseInt(digits);
        values *= size;
        if (size < 1 || sizes.size() == MOST_SIDES || values > 1L << 40) {
          throw damaged(name);
        }
        sizes.add(size);
      }
    }
    return sizes;
  }

  private static UserException damaged(String name) {
    return new UserException(
        String.format(
            Locale.ROOT, "The array %s is damaged, empty or cut short: save it again.", name));
  }

  /** Number of values. */
  long count() {
    return sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /** The first side: how many images or labels there are. */
  int length() {
    return sizes.isEmpty() ? 0 : sizes.getFirst();
  }

  /** A value by its place in C order. */
  double value(long index) {
    long at = index * width;
    return switch (kind) {
      case 'f' -> width == 2 ? Float.float16ToFloat(shorts(at)) : real(at);
      case 'u' -> width == 8 ? (double) longs(at) : integer(at) & (1L << 8 * width) - 1;
      default -> integer(at);
    };
  }

  private double real(long at) {
    return width == 4
        ? values.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), at)
        : values.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), at);
  }

  private long integer(long at) {
    return switch (width) {
      case 1 -> values.get(ValueLayout.JAVA_BYTE, at);
      case 2 -> shorts(at);
      case 4 -> values.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
      default -> longs(at);
    };
  }

  private short shorts(long at) {
    return values.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at);
  }

  private long longs(long at) {
    return values.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
  }
}
