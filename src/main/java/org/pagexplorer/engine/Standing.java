package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;

/** An image under an attack that drops what it has broken. */
final class Standing {
  final Image image;
  final int label;
  final int target;
  boolean broken;
  float[] latest;
  private int gradients;
  private int zeroGradients;

  /** One that is attacked away from its label alone. */
  Standing(Image image, int label) {
    this(image, label, -1);
  }

  /**
   * @param target the class that it is attacked toward
   */
  Standing(Image image, int label, int target) {
    this.image = image;
    this.label = label;
    this.target = target;
    latest = image.pixels();
  }

  Outcome outcome() {
    double zero = gradients == 0 ? 0 : (double) zeroGradients / gradients;
    return new Outcome(new Image(image.shape(), latest), !broken, zero);
  }

  /** Those that are not broken. */
  static List<Standing> among(List<Standing> images) {
    return images.stream().filter(image -> !image.broken).toList();
  }

  static int[] labels(List<Standing> images) {
    return images.stream().mapToInt(image -> image.label).toArray();
  }

  /** Notes which of their gradients are zero everywhere. */
  static void count(NDArray gradient, List<Standing> images) {
    float[] largest = new Ball.LInfinity().norm(gradient).toFloatArray();
    for (int i = 0; i < largest.length; i++) {
      images.get(i).gradients++;
      images.get(i).zeroGradients += largest[i] == 0 ? 1 : 0;
    }
  }

  /** Where all that stand are: N × C × H × W both. */
  record Points(NDArray origin, NDArray now) {

    /** Only the rows of images that are not broken; the others are freed. */
    Points of(List<Standing> images, NDManager manager) {
      long[] rows =
          IntStream.range(0, images.size())
              .filter(i -> !images.get(i).broken)
              .asLongStream()
              .toArray();
      if (rows.length == images.size() || rows.length == 0) {
        return this;
      }
      try (NDArray kept = manager.create(rows)) {
        NDIndex index = new NDIndex("{}", kept);
        Points some = new Points(origin.get(index), now.get(index));
        some.origin.attach(manager);
        some.now.attach(manager);
        origin.close();
        now.close();
        return some;
      }
    }

    /** The same at their next iterate; the one before is freed. */
    Points moved(NDArray next, NDManager manager) {
      next.attach(manager);
      now.close();
      return new Points(origin, next);
    }
  }
}
