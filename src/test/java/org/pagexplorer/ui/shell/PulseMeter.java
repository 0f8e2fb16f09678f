package org.pagexplorer.ui.shell;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;

/** The time between two pulses of the FX thread. */
final class PulseMeter extends AnimationTimer {
  /**
   * From one pulse to the next, in milliseconds.
   *
   * @param wall which grows where others want the cores too
   * @param computed how much of it the FX thread computed
   */
  record Gap(double wall, double computed) {}

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Gap> gaps = new ArrayList<>();
  private long lastWall;
  private long lastComputed;

  @Override
  public void handle(long now) {
    long wall = System.nanoTime();
    long computed = THREADS.getCurrentThreadCpuTime();
    if (lastWall != 0) {
      gaps.add(new Gap((wall - lastWall) / 1e6, (computed - lastComputed) / 1e6));
    }
    lastWall = wall;
    lastComputed = computed;
  }

  List<Gap> gaps() {
    return List.copyOf(gaps);
  }
}
