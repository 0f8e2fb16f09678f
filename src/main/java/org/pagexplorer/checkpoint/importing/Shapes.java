package org.pagexplorer.checkpoint.importing;

import java.util.List;
import java.util.Map;
import org.pagexplorer.checkpoint.TensorType;

/** Sizes that a file's names and shapes say. */
record Shapes(Map<String, TensorType> tensors) {
  private static final int MOST_DIGITS = 3;

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * One side of a tensor.
   *
   * @param sides how many it must have
   * @throws IllegalArgumentException if there is no such tensor
   */
  int side(String name, int sides, int index) {
    TensorType type = tensors.get(name);
    List<Long> shape = type == null ? List.of() : type.shape().sides();
    if (shape.size() != sides) {
      throw new IllegalArgumentException(name);
    }
    return Math.toIntExact(shape.get(index));
  }

  /** How many blocks there are: one more than the greatest number after that prefix. */
  int count(String prefix) {
    int count = 0;
    for (String name : tensors.keySet()) {
      int end = name.startsWith(prefix) ? name.indexOf('.', prefix.length()) : -1;
      // A longer number is nobody's block.
      if (end > prefix.length()
          && end <= prefix.length() + MOST_DIGITS
          && name.substring(prefix.length(), end).chars().allMatch(c -> c >= '0' && c <= '9')) {
        count = Math.max(count, 1 + Integer.parseInt(name.substring(prefix.length(), end)));
      }
    }
    return count;
  }

  /**
   * The root of a square number.
   *
   * @throws IllegalArgumentException if it is none
   */
  static int root(int square) {
    int root = (int) Math.round(Math.sqrt(square));
    if (square < 1 || root * root != square) {
      throw new IllegalArgumentException(square + " is not square");
    }
    return root;
  }

  static boolean isSquare(int number) {
    int root = (int) Math.round(Math.sqrt(Math.max(0, number)));
    return number > 0 && root * root == number;
  }
}
