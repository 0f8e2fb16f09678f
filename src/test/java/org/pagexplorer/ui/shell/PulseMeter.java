package org.pagexplorer.ui.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;

/** The time between two pulses of the FX thread. */
final class PulseMeter extends AnimationTimer {
  private final List<Double> gaps = new ArrayList<>();
  private long last;

  @Override
  public void handle(long now) {
    long wall = System.nanoTime();
    if (last != 0) {
      gaps.add((wall - last) / 1e6);
    }
    last = wall;
  }

  List<Double> gapsInMilliseconds() {
    return List.copyOf(gaps);
  }
}
