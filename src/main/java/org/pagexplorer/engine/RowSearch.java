package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Rows on the device, to be searched for the nearest to others by L2 distance. */
public final class RowSearch implements AutoCloseable {
  private final NDManager manager;
  private final float[] center;
  private final int count;
  private final NDArray columns;
  private final NDArray halfNorms;

  /**
   * @param rows M of the same length, at least one
   */
  public RowSearch(TorchEngine engine, float[][] rows) {
    manager = engine.manager().newSubManager();
    count = rows.length;
    // Distances do not change when both sides move; small numbers lose fewer digits.
    center = mean(rows);
    NDArray moved = manager.create(moved(rows), new Shape(count, center.length));
    try (NDArray squares = moved.mul(moved);
        NDArray norms = squares.sum(new int[] {1})) {
      halfNorms = norms.mul(0.5f);
    }
    columns = moved.transpose();
  }

  /**
   * How near each row is to each query: q·c − |c|²/2, larger where |q − c| is smaller.
   *
   * @return queries × M, row by row
   */
  float[] nearness(float[][] queries) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray q = scratch.create(moved(queries), new Shape(queries.length, center.length));
      return q.matMul(columns).sub(halfNorms).toFloatArray();
    }
  }

  /**
   * The nearest rows of each query, the nearest first.
   *
   * @param wanted how many, at most M
   */
  public int[][] nearest(float[][] queries, int wanted) {
    float[] nearness = nearness(queries);
    int[][] nearest = new int[queries.length][];
    for (int i = 0; i < queries.length; i++) {
      int at = i * count;
      nearest[i] =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> -nearness[at + j]))
              .limit(wanted)
              .mapToInt(Integer::intValue)
              .toArray();
    }
    return nearest;
  }

  private static float[] mean(float[][] rows) {
    double[] sum = new double[rows[0].length];
    for (float[] row : rows) {
      Arrays.setAll(sum, j -> sum[j] + row[j]);
    }
    float[] mean = new float[sum.length];
    for (int j = 0; j < sum.length; j++) {
      mean[j] = (float) (sum[j] / rows.length);
    }
    return mean;
  }

  private float[] moved(float[][] rows) {
    float[] all = new float[rows.length * center.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < center.length; j++) {
        all[i * center.length + j] = rows[i][j] - center[j];
      }
    }
    return all;
  }

  @Override
  public void close() {
    manager.close();
  }
}
