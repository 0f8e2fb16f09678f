package org.pagexplorer.checkpoint.pytorch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.pagexplorer.domain.Tensor;

/** The two containers of {@code torch.save}, written without Python. */
public final class TorchSave {
  private TorchSave() {}

  /** A state_dict's pickle, float32, tensor i in storage "i". */
  public static byte[] pickle(Map<String, Tensor> tensors) {
    return nested(List.of(), tensors);
  }

  /** The same within dictionaries of those keys, the outermost first. */
  public static byte[] nested(List<String> keys, Map<String, Tensor> tensors) {
    Pickle pickle = new Pickle();
    for (String key : keys) {
      pickle.op('}').op('(').text("epoch").whole(3).text(key);
    }
    pickle.orderedDict().op('(');
    entries(pickle, tensors, 0);
    pickle.op('u');
    keys.forEach(key -> pickle.op('u'));
    return pickle.end();
  }

  /** A dictionary's entries, the first tensor in that storage. */
  public static void entries(Pickle pickle, Map<String, Tensor> tensors, int first) {
    int storage = first;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long[] sizes = entry.getValue().shape().toArray();
      pickle
          .text(entry.getKey())
          .tensor(
              "FloatStorage",
              String.valueOf(storage++),
              entry.getValue().values().length,
              0,
              sizes,
              rowMajor(sizes));
    }
  }

  /** A training script's file: the weights under {@code model}, and another value beside them. */
  public static byte[] zipBeside(Map<String, Tensor> tensors, byte[] value) {
    return zip(beside(tensors, value), storages(tensors));
  }

  /** The same before PyTorch 1.6. */
  public static byte[] legacyBeside(Map<String, Tensor> tensors, byte[] value) {
    List<Long> lengths =
        tensors.values().stream().map(tensor -> (long) tensor.values().length).toList();
    return legacy(beside(tensors, value), lengths, storages(tensors));
  }

  /** The pickle alone. */
  public static byte[] beside(Map<String, Tensor> tensors, byte[] value) {
    return new Pickle()
        .op('}')
        .op('(')
        .text("model")
        .raw(inside(pickle(tensors)))
        .text("other")
        .raw(inside(value))
        .op('u')
        .end();
  }

  /** A pickle within another: without the protocol before it and STOP after it. */
  public static byte[] inside(byte[] pickle) {
    return Arrays.copyOfRange(pickle, 2, pickle.length - 1);
  }

  /** Strides of a contiguous tensor. */
  public static long[] rowMajor(long... sizes) {
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sizes[i];
    }
    return strides;
  }

  public static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  public static List<byte[]> storages(Map<String, Tensor> tensors) {
    return tensors.values().stream().map(tensor -> floats(tensor.values())).toList();
  }

  /** PyTorch 1.6 and later. */
  public static byte[] zip(Map<String, Tensor> tensors) {
    return zip(pickle(tensors), storages(tensors));
  }

  /** The same under nested keys. */
  public static byte[] zip(List<String> keys, Map<String, Tensor> tensors) {
    return zip(nested(keys, tensors), storages(tensors));
  }

  public static byte[] zip(byte[] pickle, List<byte[]> storages) {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    for (int i = 0; i < storages.size(); i++) {
      entries.put("archive/data/" + i, storages.get(i));
    }
    entries.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    return zip(entries, ZipEntry.STORED);
  }

  /** What {@code torch.jit.save} writes of a module whose class {@code Net} has no weights. */
  public static byte[] program(String code) {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("p/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    entries.put(
        "p/data.pkl",
        "\u0080\u0002c__torch__\nNet\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub."
            .getBytes(StandardCharsets.ISO_8859_1));
    entries.put("p/constants.pkl", "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1));
    entries.put("p/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
    return zip(entries, ZipEntry.STORED);
  }

  public static byte[] zip(SequencedMap<String, byte[]> entries, int method) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        CRC32 checksum = new CRC32();
        checksum.update(content.getValue());
        entry.setMethod(method);
        entry.setSize(content.getValue().length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Before PyTorch 1.6. */
  public static byte[] legacy(Map<String, Tensor> tensors) {
    List<Long> lengths =
        tensors.values().stream().map(tensor -> (long) tensor.values().length).toList();
    return legacy(pickle(tensors), lengths, storages(tensors));
  }

  /**
   * @param lengths of the storages, in values
   */
  public static byte[] legacy(byte[] pickle, List<Long> lengths, List<byte[]> storages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] magic = {
      0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
    };
    out.writeBytes(new Pickle().op(0x8a).op(magic.length).raw(magic).end());
    out.writeBytes(new Pickle().op('M').op(0xe9).op(0x03).end());
    out.writeBytes(
        new Pickle()
            .op('}')
            .op('(')
            .text("protocol_version")
            .op('M')
            .op(0xe9)
            .op(0x03)
            .text("little_endian")
            .op(0x88)
            .op('u')
            .end());
    out.writeBytes(pickle);
    Pickle keys = new Pickle().op(']').op('(');
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < storages.size(); i++) {
      keys.text(String.valueOf(i));
      parts.add(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(lengths.get(i)).array());
      parts.add(storages.get(i));
    }
    out.writeBytes(keys.op('e').end());
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
