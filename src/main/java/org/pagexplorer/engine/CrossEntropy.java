package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Eq. 4 of the paper: {@code L_CE(z, y) = −log softmax(z)_y}. */
final class CrossEntropy {
  private CrossEntropy() {}

  /** N losses of N × classes logits. */
  static NDArray of(NDArray logits, int[] classes) {
    return ofClass(logits.logSoftmax(1), classes).neg();
  }

  /** Column {@code classes[i]} of row i. */
  static NDArray ofClass(NDArray rows, int[] classes) {
    return rows.mul(oneHot(classes, rows)).sum(new int[] {1});
  }

  /** 1 × classes, zero but at the target. */
  static NDArray oneHot(int target, NDArray like) {
    return oneHot(new int[] {target}, like);
  }

  /** A row a target, zero but at it. */
  static NDArray oneHot(int[] targets, NDArray like) {
    NDManager manager = like.getManager();
    int classes = Math.toIntExact(like.getShape().get(1));
    float[] values = new float[targets.length * classes];
    for (int i = 0; i < targets.length; i++) {
      values[i * classes + targets[i]] = 1;
    }
    return manager
        .create(values, new Shape(targets.length, classes))
        .toType(like.getDataType(), false);
  }
}
