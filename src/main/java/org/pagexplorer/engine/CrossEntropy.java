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
    return dot(rows, oneHot(classes, rows));
  }

  /** The sum over each row of constants times its values. */
  static NDArray dot(NDArray rows, NDArray constants) {
    return rows.mul(constants).sum(new int[] {1});
  }

  /** N cross-entropies to the uniform distribution, of N × classes logits. */
  static NDArray toUniform(NDArray logits) {
    return logits.logSoftmax(1).mean(new int[] {1}).neg();
  }

  /** log Σ exp of each row. */
  static NDArray logSumExp(NDArray logits) {
    return logits.sub(logits.logSoftmax(1)).mean(new int[] {1}); // the same in every column
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
