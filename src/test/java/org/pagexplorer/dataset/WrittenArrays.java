package org.pagexplorer.dataset;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

/** Arrays as NumPy, MNIST, MATLAB and Python's pickle keep them, written by the tests. */
final class WrittenArrays {
  private WrittenArrays() {}

  /** Something that writes, which never fails in memory. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Bytes 0, 1, 2, … */
  static byte[] counting(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /**
   * What {@code numpy.save} writes.
   *
   * @param shape as {@code (2, 3)}
   */
  static byte[] npy(String descr, String shape, byte[] values) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(descr, shape);
    return bytes(
        out -> {
          out.write(0x93);
          out.write("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
          out.write(new byte[] {1, 0, (byte) header.length(), (byte) (header.length() >> 8)});
          out.write(header.getBytes(StandardCharsets.ISO_8859_1));
          out.write(values);
        });
  }

  /** What {@code numpy.savez_compressed} writes. */
  static byte[] npz(Map<String, byte[]> arrays) {
    return bytes(
        out -> {
          try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
              zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
              zip.write(array.getValue());
            }
          }
        });
  }

  static byte[] idx(byte[] values, int... sizes) {
    return bytes(
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          data.writeInt(8 << 8 | sizes.length);
          for (int size : sizes) {
            data.writeInt(size);
          }
          data.write(values);
        });
  }

  static byte[] gzip(byte[] content) {
    return bytes(
        out -> {
          try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
          }
        });
  }

  /** Two images of 2×3 in MNIST's files, labels 7 and 2. */
  static void mnist(Path folder, String split, boolean packed) {
    byte[] images = idx(counting(12), 2, 2, 3);
    byte[] labels = idx(new byte[] {7, 2}, 2);
    String end = packed ? "-ubyte.gz" : "-ubyte";
    Written.file(folder.resolve(split + "-images-idx3" + end), packed ? gzip(images) : images);
    Written.file(folder.resolve(split + "-labels-idx1" + end), packed ? gzip(labels) : labels);
  }

  /** SVHN's file of images of 4×5 whose value at (y, x, c, n) is 100n + 20c + 5y + x. */
  static Path svhn(Path file, int... labels) {
    Matrix x = Mat5.newMatrix(new int[] {4, 5, 3, labels.length}, MatlabType.UInt8);
    Matrix y = Mat5.newMatrix(labels.length, 1, MatlabType.UInt8);
    for (int n = 0; n < labels.length; n++) {
      y.setInt(n, labels[n]);
      for (int i = 0; i < 60; i++) {
        int value = 100 * n + 20 * (i / 20) + 5 * (i % 4) + i % 20 / 4;
        x.setInt(60 * n + i, value);
      }
    }
    try (Mat5File content = Mat5.newMatFile()) {
      Written.file(file, new byte[0]);
      content.addArray("X", x).addArray("y", y);
      try (var sink = Sinks.newStreamingFile(file.toFile())) {
        content.writeTo(sink);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /**
   * A CIFAR batch as Python 2 pickled it, protocol 2: its strings are bytes.
   *
   * @param key of the labels
   */
  static byte[] cifarPickle(String key, int... labels) {
    return bytes(
        out -> {
          out.write(new byte[] {(byte) 0x80, 2, '}', 'q', 1, '('});
          shortText(out, key);
          out.write(new byte[] {']', '('});
          for (int label : labels) {
            out.write(new byte[] {'K', (byte) label});
          }
          out.write('e');
          shortText(out, "data");
          global(out, "numpy.core.multiarray", "_reconstruct");
          global(out, "numpy", "ndarray");
          out.write(new byte[] {'K', 0, (byte) 0x85});
          shortText(out, "b");
          out.write(new byte[] {(byte) 0x87, 'R', '(', 'K', 1});
          out.write(new byte[] {'K', (byte) labels.length, 'M', 0, 12, (byte) 0x86});
          global(out, "numpy", "dtype");
          shortText(out, "u1");
          out.write(new byte[] {'K', 0, 'K', 1, (byte) 0x87, 'R', '(', 'K', 3});
          shortText(out, "|");
          out.write(new byte[] {'N', 'N', 'N', 'J', -1, -1, -1, -1, 'J', -1, -1, -1, -1});
          out.write(new byte[] {'K', 0, 't', 'b', (byte) 0x89, 'T'});
          int length = labels.length * 3072;
          out.write(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), 0});
          out.write(counting(length));
          out.write(new byte[] {'t', 'b', 'u', '.'});
        });
  }

  private static void shortText(OutputStream out, String text) throws IOException {
    out.write(new byte[] {'U', (byte) text.length()});
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static void global(OutputStream out, String module, String name) throws IOException {
    out.write(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }
}
