package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Nearest neighbors by L2 distance, in blocks of matrix products. */
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
    int dimension = candidates[0].length;
    int[] nearest = new int[queries];
    try (NDManager manager = engine.manager().newSubManager()) {
      // Distances do not change when both sides move; small numbers lose fewer digits.
      float[] center = mean(candidates);
      NDArray rows =
          manager.create(moved(candidates, center), new Shape(candidates.length, dimension));
      NDArray halfNorms = rows.mul(rows).sum(new int[] {1}).mul(0.5f);
      NDArray columns = rows.transpose();
      for (int from = 0; from < queries; from += BLOCK) {
        int count = Math.min(BLOCK, queries - from);
        float[][] block = new float[count][];
        for (int i = 0; i < count; i++) {
          block[i] = query.apply(from + i);
        }
        try (NDManager scratch = manager.newSubManager()) {
          // argmin |q − c|² = argmax q·c − |c|²/2
          NDArray q = scratch.create(moved(block, center), new Shape(count, dimension));
          float[] scores = q.matMul(columns).sub(halfNorms).toFloatArray();
          for (int i = 0; i < count; i++) {
            nearest[from + i] =
                largest(
                    scores,
                    i * candidates.length,
                    candidates.length,
                    forbidden.applyAsInt(from + i));
          }
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

  private static float[] mean(float[][] rows) {
    double[] sum = new double[rows[0].length];
    for (float[] row : rows) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += row[j];
      }
    }
    float[] mean = new float[sum.length];
    for (int j = 0; j < sum.length; j++) {
      mean[j] = (float) (sum[j] / rows.length);
    }
    return mean;
  }

  private static float[] moved(float[][] rows, float[] center) {
    float[] all = new float[rows.length * center.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < center.length; j++) {
        all[i * center.length + j] = rows[i][j] - center[j];
      }
    }
    return all;
  }
}
