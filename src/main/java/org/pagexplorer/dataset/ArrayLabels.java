package org.pagexplorer.dataset;

import org.pagexplorer.domain.UserException;

/** Labels in NumPy's arrays: N numbers, N×1 of them, or N rows of which the largest value tells. */
final class ArrayLabels {
  private ArrayLabels() {}

  /**
   * The labels.
   *
   * @throws UserException if the array has other sides, or numbers that are no labels
   */
  static int[] of(NpyArray array) {
    int n = array.length();
    long each = n == 0 ? 0 : array.count() / n;
    if (n == 0 || array.sizes().size() > 2 || each > Short.MAX_VALUE) {
      throw refusal(array);
    }
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = each == 1 ? label(array, i) : largest(array, i, (int) each);
    }
    return labels;
  }

  private static int label(NpyArray array, int index) {
    double value = array.value(index);
    if (value != Math.rint(value) || value < 0 || value > Short.MAX_VALUE) {
      throw refusal(array);
    }
    return (int) value;
  }

  private static int largest(NpyArray array, int index, int each) {
    int largest = 0;
    long from = (long) index * each;
    for (int k = 1; k < each; k++) {
      largest = array.value(from + k) > array.value(from + largest) ? k : largest;
    }
    return largest;
  }

  private static UserException refusal(NpyArray array) {
    return new UserException(
        "The array %s holds no labels: save one whole number per image, counted from 0."
            .formatted(array.name()));
  }
}
