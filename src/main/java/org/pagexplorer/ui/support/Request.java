package org.pagexplorer.ui.support;

import org.pagexplorer.engine.AttackObserver;

/**
 * Something that was asked for, until it is answered for good, or {@link Requests} has a newer one:
 * then it is over, and whoever still works for it may stop.
 */
public final class Request implements AttackObserver {
  private final Requests requests;
  private volatile boolean over;
  private int tasks; // on the FX thread

  Request(Requests requests) {
    this.requests = requests;
  }

  /** Whether nobody waits for it anymore; from any thread. */
  @Override
  public boolean isCancelled() {
    return over;
  }

  void end() {
    over = true;
  }

  boolean isBusy() {
    return tasks > 0;
  }

  void taskBegan() {
    tasks++;
    requests.tasksChanged();
  }

  void taskEnded() {
    tasks--;
    requests.tasksChanged();
  }
}
