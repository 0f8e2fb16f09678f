package org.pagexplorer.cli;

import org.pagexplorer.lab.Durations;

/** How much of a counted work is done, and how long the rest will take. */
final class StepClock {
  private static final long REDRAW_NANOS = 100_000_000;

  private final double total;
  private final long started = System.nanoTime();
  private long drawn = started;
  private long done;

  /**
   * @param total how many steps there will be
   */
  StepClock(double total) {
    this.total = Math.max(1, total);
  }

  /** Counts a step; whether it is time to show it. */
  boolean step() {
    done++;
    long now = System.nanoTime();
    if (now - drawn < REDRAW_NANOS) {
      return false;
    }
    drawn = now;
    return true;
  }

  /** For instance {@code 37 %, 12 s left}. */
  String text() {
    double share = Math.min(1, done / total);
    return Math.round(100 * share) + " %, " + Durations.words(secondsLeft(share)) + " left";
  }

  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  private double secondsLeft(double share) {
    return share == 0 ? 0 : seconds() * (1 - share) / share;
  }
}
