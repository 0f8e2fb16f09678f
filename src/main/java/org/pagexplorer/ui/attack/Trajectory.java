package org.pagexplorer.ui.attack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.ui.support.Pictures;

/**
 * One tile's way from the original to the result: the steps of the first restart. Written by the
 * engine's thread and read by JavaFX's: a step is published by the write to {@link #latest}.
 */
public final class Trajectory {
  private final @Nullable Step[] kept;
  private final float[] confidences;
  private final int stride;
  private volatile int latest = -1;
  private volatile @Nullable AttackedImage result;

  /**
   * An iterate: its picture, and what the model says of it.
   *
   * @param number t, from 0 (the start) to T
   * @param pixels CHW bytes, rounded to nearest
   * @param confidence p(goal's class)
   * @param predicted the class that the model names
   * @param probabilities softmax of its logits, one value per class
   * @param l1 ‖δ‖₁
   * @param l2 ‖δ‖₂
   * @param linf ‖δ‖∞
   */
  public record Step(
      int number,
      byte[] pixels,
      float confidence,
      int predicted,
      float[] probabilities,
      double l1,
      double l2,
      double linf) {}

  /**
   * @param steps T
   * @param stride only every so many steps is kept, for memory's sake; the first and the last
   *     always are
   */
  public Trajectory(int steps, int stride) {
    this.stride = stride;
    kept = new Step[steps + 1];
    confidences = new float[steps + 1];
  }

  /** Takes the next step; step 0 again where the attack had to start over. */
  public void add(Step step) {
    int t = step.number();
    confidences[t] = step.confidence();
    kept[t] = step;
    latest = t;
    if (t > 0 && (t - 1) % stride != 0) {
      kept[t - 1] = null;
    }
  }

  /**
   * The result may be another iterate than the last, or of another restart: it is what the last
   * step shows.
   */
  public void finish(AttackedImage attacked) {
    int last = kept.length - 1;
    kept[last] =
        new Step(
            last,
            Pictures.toBytes(attacked.result()),
            attacked.after(),
            attacked.predicted(),
            attacked.probabilitiesAfter(),
            attacked.l1(),
            attacked.l2(),
            attacked.linf());
    result = attacked;
  }

  /** The last step that has been computed; −1 before the first. */
  public int latest() {
    return latest;
  }

  /**
   * What is shown where a step, or {@link Scrubber#FOLLOW}, is asked for: that step, or the nearest
   * earlier one that was kept; nothing where the attack has not come so far.
   */
  public @Nullable Step at(int step) {
    int reached = latest;
    int asked = step == Scrubber.FOLLOW ? reached : shownStep(step);
    for (int t = step <= reached ? asked : -1; t >= 0; t--) {
      Step found = kept[t];
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private int shownStep(int step) {
    return step == kept.length - 1 ? step : step - step % stride;
  }

  /** The pixels that are shown at a step; see {@link #at}. */
  public byte @Nullable [] pixels(int step) {
    Step shown = at(step);
    return shown == null ? null : shown.pixels();
  }

  /** p(goal's class) of what is shown at a step; 0 where nothing is. */
  public float confidence(int step) {
    Step shown = at(step);
    return shown == null ? 0 : shown.confidence();
  }

  /** The class named for what is shown at a step; −1 where nothing is. */
  public int predicted(int step) {
    Step shown = at(step);
    return shown == null ? -1 : shown.predicted();
  }

  /** p(goal's class) of every step so far. */
  public float[] confidences() {
    return Arrays.copyOf(confidences, latest + 1);
  }

  public @Nullable AttackedImage result() {
    return result;
  }

  /** Whether the result, and its curves, are of the restart whose steps are kept here. */
  public boolean holdsResult() {
    AttackedImage done = result;
    return done != null && Arrays.equals(confidences, done.confidenceByStep());
  }
}
