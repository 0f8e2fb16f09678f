package org.pagexplorer.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.pagexplorer.engine.TrainingBatch;

/**
 * What a training's step takes, measured on as few of a batch's images as can be timed: others wait
 * for the same engine meanwhile, and a step with K = 10 and 128 images takes seconds and gigabytes.
 * Of two numbers of images, time and memory go on in a straight line to a batch's.
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
  private static final double ENOUGH = 0.5;

  /** Two, since batch norms need more than one. */
  private static final int FEWEST = 2;

  /** The line is no flatter than half a step's mean: 52 ms an image of 128 where 8 took 80 each. */
  private static final double FLATTEST = 0.5;

  /** The quicker of two steps with so many images, and how much memory they took. */
  private record Size(int images, double seconds, double bytes) {}

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
    int number = 1 % source.batches();
    double cold = seconds(() -> source.batch(number));
    double warm = seconds(() -> source.batch(number));
    TrainingBatch whole = source.batch(number);
    List<Size> sizes = new ArrayList<>();
    TrainingBatch some = whole;
    for (int images = next(sizes, whole.size()); images > 0; images = next(sizes, whole.size())) {
      some = targeted.apply(whole.first(images));
      sizes.add(measured(some, taken, memory, check));
    }
    long bytes = (long) at(whole.size(), sizes, Size::bytes, 0);
    return new MeasuredSteps(
        Math.max(at(whole.size(), sizes, Size::seconds, FLATTEST), warm),
        cold / whole.size(),
        memory.growth().isPresent() ? OptionalLong.of(bytes) : OptionalLong.empty(),
        some);
  }

  /** How many images are measured next; 0 if enough is known. */
  private static int next(List<Size> sizes, int most) {
    if (sizes.isEmpty()) {
      return Math.min(FEWEST, most);
    }
    Size last = sizes.getLast();
    boolean known = sizes.size() > 1 && last.seconds() > ENOUGH || last.seconds() > LONG;
    return known || last.images() == most
        ? 0
        : Math.min(last.images() * (last.seconds() > ENOUGH ? 2 : 4), most);
  }

  private static Size measured(
      TrainingBatch some, Consumer<TrainingBatch> taken, ResidentMemory memory, Runnable check) {
    memory.forget();
    check.run();
    double took = seconds(() -> taken.accept(some));
    if (took < LONG) { // the very first is slower
      check.run();
      took = Math.min(took, seconds(() -> taken.accept(some)));
    }
    return new Size(some.size(), took, memory.growth().orElse(0));
  }

  /**
   * The line through the last two sizes, at another.
   *
   * @param flattest its least slope, as a share of the last size's mean
   */
  private static double at(
      int images, List<Size> sizes, ToDoubleFunction<Size> what, double flattest) {
    Size last = sizes.getLast();
    double found = what.applyAsDouble(last);
    double steepest = found / last.images();
    double slope = steepest;
    if (sizes.size() > 1) {
      Size before = sizes.get(sizes.size() - 2);
      double rise = found - what.applyAsDouble(before);
      slope = Math.clamp(rise / (last.images() - before.images()), flattest * steepest, steepest);
    }
    return found + slope * (images - last.images());
  }

  /** How long something takes. */
  static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }
}
