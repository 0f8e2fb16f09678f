package org.pagexplorer.ui.support;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.pagexplorer.lab.Problems;

/** Reads and decodes files on virtual threads; answers come on the FX thread. */
public final class Background {
  private static final ExecutorService IO =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("io-", 0).factory());

  private static final Object LOCK = new Object();
  private static int underWay; // with the lock

  private Background() {}

  /**
   * Runs work off the FX thread, then one of the two answers on it: {@code failed} also where
   * {@code done} fails, so that nothing stays busy. What should not fail is noted.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // both ways out go to the FX thread
  public static <T> void run(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    count(1);
    IO.submit(
        () -> {
          try {
            T result = work.call();
            Platform.runLater(() -> answer(result, done, failed));
          } catch (Throwable e) {
            Platform.runLater(() -> failed.accept(e));
            Problems.note(e);
          } finally {
            count(-1);
          }
        });
  }

  private static <T> void answer(T result, Consumer<T> done, Consumer<Throwable> failed) {
    try {
      done.accept(result);
    } catch (RuntimeException | Error e) {
      failed.accept(e);
      throw e; // it should not have failed
    }
  }

  private static void count(int change) {
    synchronized (LOCK) {
      underWay += change;
      LOCK.notifyAll();
    }
  }

  /** Waits for the files that are being written, so long at most; not on the FX thread. */
  public static void finish(long milliseconds) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    synchronized (LOCK) {
      try {
        for (long left = milliseconds; underWay > 0 && left > 0; ) {
          LOCK.wait(left);
          left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
