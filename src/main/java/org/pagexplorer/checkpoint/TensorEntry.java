package org.pagexplorer.checkpoint;

import org.pagexplorer.domain.TensorShape;

/**
 * What a safetensors header says of one tensor.
 *
 * @param name its name, unique in the file
 * @param dtype the format of its values
 * @param shape its sides
 * @param begin its first byte, counted from the start of the data
 * @param end the byte after its last, counted from the start of the data
 */
public record TensorEntry(String name, Dtype dtype, TensorShape shape, long begin, long end) {

  /** Bytes in the file. */
  public long bytes() {
    return end - begin;
  }
}
