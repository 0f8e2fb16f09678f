package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where all climbs of {@link Apgd} are: N × C × H × W each.
 *
 * @param bestGradient of the loss, at the best points
 */
record ApgdPoints(NDArray origin, NDArray now, NDArray before, NDArray best, NDArray bestGradient)
    implements AutoCloseable {

  /** Those rows only; everything else is freed. */
  ApgdPoints only(long[] kept, NDManager manager) {
    try (NDArray rows = manager.create(kept)) {
      NDIndex index = new NDIndex("{}", rows);
      List<NDArray> some = all().map(array -> array.get(index)).toList();
      some.forEach(array -> array.attach(manager));
      close();
      return new ApgdPoints(some.get(0), some.get(1), some.get(2), some.get(3), some.get(4));
    }
  }

  /** After a step; what was is freed, but for the origin. */
  ApgdPoints moved(
      NDArray next, NDArray from, NDArray nextBest, NDArray gradient, NDManager manager) {
    for (NDArray array : List.of(next, from, nextBest, gradient)) {
      array.attach(manager);
    }
    all().skip(1).forEach(NDArray::close);
    return new ApgdPoints(origin, next, from, nextBest, gradient);
  }

  float[] now(int row) {
    return row(now, row);
  }

  float[] best(int row) {
    return row(best, row);
  }

  private static float[] row(NDArray points, int i) {
    try (NDArray row = points.get(i)) {
      return row.toFloatArray();
    }
  }

  private Stream<NDArray> all() {
    return Stream.of(origin, now, before, best, bestGradient);
  }

  @Override
  public void close() {
    all().forEach(NDArray::close);
  }
}
