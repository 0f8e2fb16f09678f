package org.pagexplorer.engine.natives;

import java.util.function.LongSupplier;

/** How long the rest of a counted transfer will take; every stage has a speed of its own. */
public final class TransferClock {
  private final long redrawNanos;
  private final LongSupplier nanoTime;
  private String stage = "";
  private long began;
  private long first;
  private long drawn;

  /**
   * @param redrawMillis how often at most to show something
   */
  public TransferClock(long redrawMillis) {
    this(redrawMillis, System::nanoTime);
  }

  TransferClock(long redrawMillis, LongSupplier nanoTime) {
    redrawNanos = redrawMillis * 1_000_000;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes note of how far it is; whether it is time to show it. The first and the last of a stage
   * always are.
   */
  public boolean step(String nowStage, long done, long total) {
    long now = nanoTime.getAsLong();
    boolean fresh = !nowStage.equals(stage);
    if (fresh) {
      stage = nowStage;
      began = now;
      first = done;
    }
    if (!fresh && done < total && now - drawn < redrawNanos) {
      return false;
    }
    drawn = now;
    return true;
  }

  /**
   * Seconds until the end of this stage, from what came since it began: what an earlier attempt
   * left does not count. NaN as long as nothing came.
   */
  public double secondsLeft(long done, long total) {
    double seconds = (nanoTime.getAsLong() - began) / 1e9;
    return done <= first || seconds <= 0 ? Double.NaN : seconds * (total - done) / (done - first);
  }
}
