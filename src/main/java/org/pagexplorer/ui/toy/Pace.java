package org.pagexplorer.ui.toy;

/** How fast the networks learn since they were last set going. */
final class Pace {
  private long began = System.nanoTime();
  private double first;

  /**
   * They go on from here.
   *
   * @param epochs done by now
   */
  void begin(double epochs) {
    began = System.nanoTime();
    first = epochs;
  }

  /** NaN before there is something to tell it from. */
  double secondsLeft(double done, double all) {
    double gained = done - first;
    double seconds = (System.nanoTime() - began) / 1e9;
    return gained <= 0 ? Double.NaN : seconds / gained * (all - done);
  }
}
