package org.pagexplorer.domain;

/** The index of the largest value: the class that a classifier names. */
public final class ArgMax {
  private ArgMax() {}

  /** The first index of the largest of at least one value. */
  public static int of(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
