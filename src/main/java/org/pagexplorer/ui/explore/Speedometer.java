package org.pagexplorer.ui.explore;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;

/** Steps of single images a second, over the last half second in which there were any. */
final class Speedometer {
  private static final double WINDOW_SECONDS = 0.5;

  private final ReadOnlyDoubleWrapper speed = new ReadOnlyDoubleWrapper();
  private long since = System.nanoTime();
  private long before;

  /** Another attack counts its steps from 0. */
  void reset() {
    since = System.nanoTime();
    before = 0;
  }

  /** Takes note of the steps so far. */
  void read(long steps) {
    double seconds = (System.nanoTime() - since) / 1e9;
    if (seconds < WINDOW_SECONDS) {
      return;
    }
    if (steps > before) {
      speed.set((steps - before) / seconds);
    }
    before = steps;
    since = System.nanoTime();
  }

  ReadOnlyDoubleProperty speedProperty() {
    return speed.getReadOnlyProperty();
  }
}
