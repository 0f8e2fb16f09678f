package org.pagexplorer.ui.attack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.ui.support.Pictures;

/**
 * One tile's way from the original to the result, as bytes. Written by the engine's thread and read
 * by JavaFX's: a step is published by the write to {@link #latest}.
 */
public final class Trajectory {
  private final byte[] @Nullable [] iterates;
  private final float[] confidence;
  private final int[] predicted;
  private final int stride;
  private volatile int latest = -1;
  private volatile @Nullable AttackedImage result;

  /**
   * @param steps T
   * @param stride only every so many steps is kept, for memory's sake; the first and the last
   *     always are
   */
  public Trajectory(int steps, int stride) {
    this.stride = stride;
    iterates = new byte[steps + 1][];
    confidence = new float[steps + 1];
    predicted = new int[steps + 1];
  }

  /** Takes tile {@code tile} of a frame of {@code size} bytes a tile. */
  public void add(AttackFrame frame, int tile, int size) {
    int step = frame.step();
    confidence[step] = frame.confidence()[tile];
    predicted[step] = frame.predicted()[tile];
    boolean kept = step % stride == 0 || step == iterates.length - 1;
    iterates[step] = Arrays.copyOfRange(frame.pixels(), tile * size, (tile + 1) * size);
    if (step > 0 && (step - 1) % stride != 0) {
      iterates[step - 1] = null;
    }
    if (kept || step > latest) {
      latest = step;
    }
  }

  /**
   * The result may be another iterate than the last, or of another restart: it is what the last
   * step shows.
   */
  public void finish(AttackedImage attacked) {
    int last = iterates.length - 1;
    iterates[last] = Pictures.toBytes(attacked.result());
    confidence[last] = attacked.after();
    predicted[last] = attacked.predicted();
    result = attacked;
  }

  /** The last step that has been computed; −1 before the first. */
  public int latest() {
    return latest;
  }

  /**
   * The pixels at a step, or at the nearest earlier one that was kept; nothing before the first
   * frame.
   */
  public byte @Nullable [] pixels(int step) {
    for (int t = Math.min(step, latest); t >= 0; t--) {
      byte[] pixels = iterates[t];
      if (pixels != null) {
        return pixels;
      }
    }
    return null;
  }

  public float confidence(int step) {
    return confidence[Math.min(step, Math.max(0, latest))];
  }

  public int predicted(int step) {
    return predicted[Math.min(step, Math.max(0, latest))];
  }

  /** p(goal's class) of every step so far. */
  public float[] confidences() {
    return Arrays.copyOf(confidence, latest + 1);
  }

  public @Nullable AttackedImage result() {
    return result;
  }
}
