package org.pagexplorer.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.AtomicFile;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * The safetensors format: a length, a JSON header, the tensors' bytes (<a
 * href="https://github.com/huggingface/safetensors#format">its definition</a>).
 */
public final class Safetensors {
  /** The reference implementation's limit, in bytes. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int ZIP_MAGIC = 0x04034b50;
  private static final int PICKLE_PROTOCOL = 0x80;
  private static final int NEWEST_PICKLE = 5;
  private static final String IMPORT =
      "open it in the window, or import it: pag import FILE --out F.safetensors";

  private Safetensors() {}

  /**
   * Reads and checks a file's header; the memory taken is bounded by the file's real size.
   *
   * @throws UserException if the file cannot be read or breaks the format
   */
  public static SafetensorsHeader readHeader(Path file) {
    try (FileChannel channel = open(file)) {
      return readHeader(channel);
    } catch (IllegalArgumentException e) {
      throw Sentences.unusable(file, e);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  /**
   * Reads one tensor as float32.
   *
   * @param header what {@link #readHeader(Path)} said of that file
   * @param entry one of the header's entries
   * @throws UserException if the file cannot be read, or the tensor's format is not one of F16,
   *     BF16, F32, F64
   */
  public static Tensor readTensor(Path file, SafetensorsHeader header, TensorEntry entry) {
    try (FileChannel channel = open(file)) {
      return TensorBytes.read(channel, header.dataStart(), entry);
    } catch (IllegalArgumentException e) {
      throw Sentences.unusable(file, e);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  /**
   * Replaces a file by these tensors, whole or not at all.
   *
   * @param metadata written as {@code __metadata__} unless empty
   * @param tensors written in this order
   * @param dtype F32, or F16 with rounding to the nearest
   * @throws UserException if the disk refuses, or a finite value is beyond F16's range
   * @throws IllegalArgumentException if the dtype cannot be written or a tensor has the metadata's
   *     name
   */
  public static void write(
      Path file, Map<String, String> metadata, SequencedMap<String, Tensor> tensors, Dtype dtype) {
    if (!dtype.isWritable()) {
      throw new IllegalArgumentException("tensors are written as F32 or F16, not " + dtype);
    }
    if (tensors.containsKey(HeaderParser.METADATA)) {
      throw new IllegalArgumentException("no tensor may be called " + HeaderParser.METADATA);
    }
    tensors.forEach((name, tensor) -> checkRange(file, name, tensor, dtype));
    try {
      AtomicFile.write(
          file,
          channel -> {
            TensorBytes.writeFully(channel, HeaderWriter.write(metadata, tensors, dtype));
            for (Tensor tensor : tensors.values()) {
              TensorBytes.write(channel, tensor, dtype);
            }
          });
    } catch (IOException e) {
      throw Sentences.unwritable(file, e);
    }
  }

  /**
   * Replaces a file by one tensor that need not fit into memory, whole or not at all.
   *
   * @param parts its values, a piece after another: together as many as the shape has
   * @throws UserException if the disk refuses
   * @throws IllegalArgumentException if the dtype cannot be written, or there are more or fewer
   *     values
   */
  public static void write(
      Path file,
      Map<String, String> metadata,
      String name,
      TensorShape shape,
      Dtype dtype,
      Iterable<float[]> parts) {
    if (!dtype.isWritable()) {
      throw new IllegalArgumentException("tensors are written as F32 or F16, not " + dtype);
    }
    SequencedMap<String, TensorShape> shapes = new LinkedHashMap<>(Map.of(name, shape));
    try {
      AtomicFile.write(
          file,
          channel -> {
            TensorBytes.writeFully(channel, HeaderWriter.ofShapes(metadata, shapes, dtype));
            TensorBytes.write(channel, shape, dtype, parts);
          });
    } catch (IOException e) {
      throw Sentences.unwritable(file, e);
    }
  }

  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(RegularFile.check(file));
  }

  static SafetensorsHeader readHeader(SeekableByteChannel channel) throws IOException {
    long fileSize = channel.size();
    if (fileSize < Long.BYTES) {
      throw new UnusableFileException(
          fileSize == 0 ? "it is empty" : "it has only " + fileSize + " bytes");
    }
    long length = TensorBytes.readFully(channel, 0, Long.BYTES).getLong();
    if (length < 0 || length > fileSize - Long.BYTES) {
      refuseOtherFormats(channel, length);
    }
    checkLength(length, fileSize);
    byte[] header = TensorBytes.readFully(channel, Long.BYTES, (int) length).array();
    if (header[0] != '{') {
      throw new UnusableFileException(
          "its header is not a JSON object: it is not a safetensors file");
    }
    return HeaderParser.parse(header, fileSize);
  }

  private static void checkLength(long length, long fileSize) {
    if (length < 0 || length > fileSize - Long.BYTES) {
      throw new UnusableFileException(
          "its header claims "
              + Long.toUnsignedString(length)
              + " bytes but the file has "
              + fileSize);
    }
    if (length == 0) {
      throw new UnusableFileException("its header is empty");
    }
    if (length > LONGEST_HEADER) {
      throw new UnusableFileException(
          "its header is longer than the format's " + LONGEST_HEADER + " bytes");
    }
  }

  private static void checkRange(Path file, String name, Tensor tensor, Dtype dtype) {
    for (float value : tensor.values()) {
      if (dtype.overflows(value)) {
        throw new UserException(
            file
                + " was not written: tensor "
                + Sentences.quoted(name)
                + " holds "
                + value
                + ", beyond float16's range; export as float32.");
      }
    }
  }

  /** Looks at a file's first bytes for the two formats of PyTorch's own, and for what is none. */
  private static void refuseOtherFormats(SeekableByteChannel channel, long start)
      throws IOException {
    if ((int) start == ZIP_MAGIC) {
      throw new UnusableFileException("it is a zip archive, perhaps of PyTorch", IMPORT);
    }
    if ((start & 0xff) == PICKLE_PROTOCOL && ((start >> 8) & 0xff) <= NEWEST_PICKLE) {
      throw new UnusableFileException("it looks like a Python pickle", IMPORT);
    }
    // What was read stays read: the channel may go forward only.
    int more = (int) Math.min(channel.size(), OtherFormats.START) - Long.BYTES;
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES + more)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(start)
            .put(TensorBytes.readFully(channel, Long.BYTES, more))
            .array();
    OtherFormats.in(bytes)
        .ifPresent(
            other -> {
              throw other;
            });
  }
}
