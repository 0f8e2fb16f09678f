package org.pagexplorer.domain;

import java.util.Arrays;

/**
 * A float32 tensor at rest, in row-major order: what checkpoints hold.
 *
 * @param shape its sides
 * @param values as many as the shape says; never changed after construction
 */
public record Tensor(TensorShape shape, float[] values) {

  /** Takes over the array: the caller must not write to it afterward. */
  public Tensor {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          values.length + " values do not fill a tensor of " + shape);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
