package org.pagexplorer.engine;

import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Nearest neighbors by L2 distance, in blocks of queries. */
public final class NearestRows {
  private static final int BLOCK = 500;

  private NearestRows() {}

  /**
   * The nearest candidate of each query; of several as near the first.
   *
   * @param queries how many
   * @param query its values, as many as a candidate's
   * @param candidates M rows of the same length, M at least 2 where one may be forbidden
   * @param forbidden a row that does not count for a query (itself), or −1
   * @return a row for each query
   */
  public static int[] of(
      TorchEngine engine,
      int queries,
      IntFunction<float[]> query,
      float[][] candidates,
      IntUnaryOperator forbidden) {
    int[] nearest = new int[queries];
    try (RowSearch rows = new RowSearch(engine, candidates)) {
      for (int from = 0; from < queries; from += BLOCK) {
        int count = Math.min(BLOCK, queries - from);
        float[][] block = new float[count][];
        for (int i = 0; i < count; i++) {
          block[i] = query.apply(from + i);
        }
        float[] nearness = rows.nearness(block);
        for (int i = 0; i < count; i++) {
          int own = forbidden.applyAsInt(from + i);
          nearest[from + i] = largest(nearness, i * candidates.length, candidates.length, own);
        }
      }
    }
    return nearest;
  }

  private static int largest(float[] scores, int from, int count, int forbidden) {
    int best = -1;
    for (int j = 0; j < count; j++) {
      if (j != forbidden && (best < 0 || scores[from + j] > scores[from + best])) {
        best = j;
      }
    }
    return best;
  }
}
