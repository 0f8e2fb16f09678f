package org.pagexplorer.dataset;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.pagexplorer.domain.InputShape;

/** Datasets that are nowhere on disk. */
public final class MadeUp {
  private MadeUp() {}

  /**
   * Of all classes in turn: image i has the label i modulo their number.
   *
   * @param pixels an image's bytes, CHW
   */
  public static Dataset images(
      String name, List<String> classes, InputShape shape, int size, IntFunction<byte[]> pixels) {
    int[] labels = IntStream.range(0, size).map(i -> i % classes.size()).toArray();
    return new ArrayDataset(name, classes, shape, labels, pixels);
  }

  /** All black, which is for tests that look at no pixel. */
  public static Dataset black(String name, List<String> classes, InputShape shape, int size) {
    return images(name, classes, shape, size, _ -> new byte[shape.size()]);
  }
}
