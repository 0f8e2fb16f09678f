package org.pagexplorer.ui.toy;

/** How fast training goes. */
public enum Speed {
  /** A step at a time, to be watched. */
  STEPS("steps", 120),
  /** About one epoch per second. */
  EPOCHS("one epoch per second", 50),
  /** As fast as the machine can. */
  FULL("full speed", 0);

  /** At {@link #EPOCHS}. */
  private static final int FRAMES_A_SECOND = 16;

  private final String title;
  private final double pauseMillis;

  Speed(String title, double pauseMillis) {
    this.title = title;
    this.pauseMillis = pauseMillis;
  }

  /** Steps a frame, where {@code most} fit into it. */
  int steps(int most, int stepsPerEpoch) {
    return switch (this) {
      case STEPS -> 1;
      case EPOCHS -> Math.min(most, Math.ceilDiv(stepsPerEpoch, FRAMES_A_SECOND));
      case FULL -> most;
    };
  }

  /** Between two frames, in milliseconds. */
  double pauseMillis() {
    return pauseMillis;
  }

  @Override
  public String toString() {
    return title;
  }
}
