package org.pagexplorer.checkpoint;

import java.nio.ByteBuffer;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/** The number formats that a safetensors file may name, all little-endian. */
public enum Dtype {
  BOOL(1),
  U8(1),
  I8(1),
  F8_E5M2(1),
  F8_E4M3(1),
  F8_E8M0(1),
  I16(2),
  U16(2),
  F16(2),
  BF16(2),
  I32(4),
  U32(4),
  F32(4),
  F64(8),
  I64(8),
  U64(8),
  C64(8);

  private static final float F16_OVERFLOW = 65520f;

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes a value. */
  public int bytes() {
    return bytes;
  }

  /** Whether tensors of this format can be read as float32. */
  public boolean isReadable() {
    return switch (this) {
      case F16, BF16, F32, F64 -> true;
      default -> false;
    };
  }

  /**
   * Refuses a tensor that cannot be read.
   *
   * @throws UnusableFileException naming it
   */
  public void checkReadable(String tensor) {
    if (!isReadable()) {
      throw new UnusableFileException(
          "tensor " + Sentences.quoted(tensor) + " has the dtype " + this,
          "export it as F32 or F16");
    }
  }

  /** Whether tensors can be written in this format. */
  public boolean isWritable() {
    return this == F32 || this == F16;
  }

  /** The next value of a little-endian buffer as float32. */
  private float get(ByteBuffer buffer) {
    return switch (this) {
      case F16 -> Float.float16ToFloat(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      case F32 -> buffer.getFloat();
      case F64 -> (float) buffer.getDouble();
      default -> throw new IllegalStateException(this + " is not readable");
    };
  }

  /** The buffer's next {@code count} values, put into {@code target} from {@code from} on. */
  public void get(ByteBuffer buffer, float[] target, int from, int count) {
    if (this == F32) {
      buffer.asFloatBuffer().get(target, from, count);
      buffer.position(buffer.position() + count * bytes);
      return;
    }
    for (int i = from; i < from + count; i++) {
      target[i] = get(buffer);
    }
  }

  /** Appends a value, rounded to this format, to a little-endian buffer. */
  void put(ByteBuffer buffer, float value) {
    switch (this) {
      case F16 -> buffer.putShort(Float.floatToFloat16(value));
      case F32 -> buffer.putFloat(value);
      default -> throw new IllegalStateException(this + " is not writable");
    }
  }

  /** Whether a finite value would become infinite in this format. */
  boolean overflows(float value) {
    return this == F16 && Float.isFinite(value) && Math.abs(value) >= F16_OVERFLOW;
  }
}
