package org.pagexplorer.checkpoint;

import org.pagexplorer.domain.TensorShape;

/**
 * What is known of a tensor before its values are read.
 *
 * @param dtype the format of its values in the file
 * @param shape its sides
 */
public record TensorType(Dtype dtype, TensorShape shape) {
  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
