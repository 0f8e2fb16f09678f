package org.pagexplorer.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT while something is done that has to end between two steps: Java would take
 * PyTorch down under a step that is being computed.
 */
final class StopSignals implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::linger, "stop-signals");
  private final Runnable mark;
  private volatile boolean patient;
  private volatile boolean arrived;

  /**
   * Listens until it is closed.
   *
   * @param mark what is done first when one arrives
   */
  StopSignals(Runnable mark) {
    this.mark = mark;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      mark.run(); // one has arrived before
      arrived = true;
    }
  }

  /** From now on there are steps, and one that is being computed may end. */
  void waitForSteps() {
    patient = true;
  }

  /** Java ends when this returns, whatever the others do. */
  private void linger() {
    mark.run();
    arrived = true;
    if (!patient) {
      return;
    }
    try {
      var _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether one has arrived. */
  boolean arrived() {
    return arrived;
  }

  /** What had to be ended has ended. */
  @Override
  public void close() {
    ended.countDown();
    if (!arrived) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // One has arrived at this moment; the hook has nothing left to wait for.
        arrived = true;
      }
    }
  }
}
