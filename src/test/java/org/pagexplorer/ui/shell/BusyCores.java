package org.pagexplorer.ui.shell;

import java.util.ArrayList;
import java.util.List;

/** Threads that compute without a pause, as a training beside the window does. */
final class BusyCores implements AutoCloseable {
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;

  private BusyCores() {}

  static BusyCores start(int count) {
    BusyCores cores = new BusyCores();
    for (int i = 0; i < count; i++) {
      cores.threads.add(Thread.ofPlatform().daemon().name("busy-" + i).start(cores::spin));
    }
    return cores;
  }

  private void spin() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }

  boolean areBusy() {
    return threads.stream().allMatch(Thread::isAlive);
  }

  @Override
  public void close() {
    ended = true;
  }
}
