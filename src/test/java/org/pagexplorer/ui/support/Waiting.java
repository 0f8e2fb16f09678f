package org.pagexplorer.ui.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testfx.util.WaitForAsyncUtils;

/** Waits for what another thread is about to do to the window. */
public final class Waiting {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  private Waiting() {}

  /** Waits half a minute at most; see {@link #waitFor(String, Duration, Callable)}. */
  public static void waitFor(String what, Callable<Boolean> condition) {
    waitFor(what, LONG_ENOUGH, condition);
  }

  /** Waits on a thread of no window until a test lets it go on. */
  public static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until a condition, asked on the FX thread, is true, and for the events it caused.
   *
   * @param what names what is waited for, as in "the inspector to open"
   * @throws AssertionError where it is still false after the timeout
   */
  public static void waitFor(String what, Duration timeout, Callable<Boolean> condition) {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      WaitForAsyncUtils.waitFor(
          timeout.toMillis(),
          TimeUnit.MILLISECONDS,
          () ->
              WaitForAsyncUtils.waitFor(
                  Math.max(1, end - System.nanoTime()),
                  TimeUnit.NANOSECONDS,
                  WaitForAsyncUtils.asyncFx(condition)));
    } catch (TimeoutException e) {
      throw inVain(what, timeout, e);
    } catch (RuntimeException e) {
      // So TestFX says that the FX thread was too busy to be asked in time.
      if (e.getCause() instanceof TimeoutException) {
        throw inVain(what, timeout, e);
      }
      throw e;
    }
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static AssertionError inVain(String what, Duration timeout, Exception cause) {
    return new AssertionError("waited " + timeout.toMillis() + " ms in vain for " + what, cause);
  }
}
