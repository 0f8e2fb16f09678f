package org.pagexplorer.run;

import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.pagexplorer.engine.TrainingBatch;

/**
 * What a training's step takes, measured on as few of a batch's images as can be timed: others wait
 * for the same engine meanwhile, and a step with K = 10 and 128 images takes gigabytes. The images
 * are doubled until a step is long enough; from there time and memory grow as the images do.
 *
 * @param step seconds of a whole batch's step, or of its preparation where that takes longer
 * @param reading seconds of an image that was not read before
 * @param bytes of memory that a whole batch's step takes; empty where the system does not tell
 * @param measured the images that were measured last
 */
record MeasuredSteps(double step, double reading, OptionalLong bytes, TrainingBatch measured) {
  /** Seconds; after such a step its own time has to do. */
  static final double LONG = 5;

  /** Seconds, so that neither a clock nor what a step does once matters. */
  private static final double ENOUGH = 0.3;

  /** Two, since batch norms need more than one. */
  private static final int FEWEST = 2;

  /**
   * Measures.
   *
   * @param targeted gives a batch its targets
   * @param taken takes the step
   * @param check called before every step
   */
  static MeasuredSteps of(
      BatchSource source,
      UnaryOperator<TrainingBatch> targeted,
      Consumer<TrainingBatch> taken,
      ResidentMemory memory,
      Runnable check) {
    double cold = seconds(() -> source.batch(1 % source.batches()));
    double warm = seconds(() -> source.batch(1 % source.batches()));
    TrainingBatch whole = source.batch(1 % source.batches());
    int images = 0;
    double took = 0;
    long before = 0;
    long grown = 0;
    long each = 0;
    while (took < ENOUGH && images < whole.size()) {
      int fewer = images;
      images = Math.min(whole.size(), Math.max(FEWEST, 2 * images));
      TrainingBatch some = targeted.apply(whole.first(images));
      memory.forget();
      check.run();
      took = seconds(() -> taken.accept(some));
      if (took < LONG) { // the first of a size is slower
        check.run();
        took = Math.min(took, seconds(() -> taken.accept(some)));
      }
      before = grown;
      grown = memory.growth().orElse(0);
      each = Math.max(0, grown - before) / (images - fewer);
    }
    double share = (double) whole.size() / images;
    long bytes = grown + each * (whole.size() - images);
    return new MeasuredSteps(
        Math.max(took * share, warm),
        cold / whole.size(),
        memory.growth().isPresent() ? OptionalLong.of(bytes) : OptionalLong.empty(),
        targeted.apply(whole.first(images)));
  }

  /** How long something takes. */
  static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }
}
