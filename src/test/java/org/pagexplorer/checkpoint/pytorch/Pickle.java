package org.pagexplorer.checkpoint.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles opcode by opcode, honest and hostile ones. */
public final class Pickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Begins with protocol 2. */
  public Pickle() {
    op(0x80).op(2);
  }

  public Pickle op(int opcode) {
    out.write(opcode);
    return this;
  }

  public Pickle raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  private Pickle little(long value, int count) {
    for (int i = 0; i < count; i++) {
      op((int) (value >> (8 * i)) & 0xff);
    }
    return this;
  }

  public Pickle text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return op('X').little(bytes.length, 4).raw(bytes);
  }

  /** The shortest opcode that holds it, as Python chooses. */
  public Pickle whole(long value) {
    if (value >= 0 && value < 256) {
      return op('K').op((int) value);
    }
    if (value == (int) value) {
      return op('J').little(value, 4);
    }
    return op(0x8a).op(8).little(value, 8);
  }

  public Pickle real(double value) {
    return op('G').raw(ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN).putDouble(value).array());
  }

  public Pickle global(String module, String name) {
    return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** {@code OrderedDict()}. */
  public Pickle orderedDict() {
    return global("collections", "OrderedDict").op(')').op('R');
  }

  public Pickle tuple(long... values) {
    op('(');
    for (long value : values) {
      whole(value);
    }
    return op('t');
  }

  /** A tensor as PyTorch pickles it. */
  public Pickle tensor(
      String storage, String key, long length, long first, long[] sizes, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").op('(');
    op('(').text("storage").global("torch", storage).text(key).text("cpu").whole(length).op('t');
    op('Q').whole(first).tuple(sizes).tuple(strides).op(0x89).orderedDict().op('t');
    return op('R');
  }

  /** Everything, with STOP. */
  public byte[] end() {
    op('.');
    return out.toByteArray();
  }
}
