package org.pagexplorer.ui.support;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.Problems;

/** Virtual threads that read and write files, and how many are at it. */
public final class FileThreads {
  private static final ExecutorService THREADS =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("io-", 0).factory());

  private static final Object LOCK = new Object();
  private static int underWay; // with the lock

  private FileThreads() {}

  static <T> CompletableFuture<@Nullable T> submit(Callable<@Nullable T> work) {
    CompletableFuture<@Nullable T> future = new CompletableFuture<>();
    count(1);
    THREADS.execute(
        () -> {
          try {
            future.complete(work.call());
          } catch (Throwable e) {
            future.completeExceptionally(e);
            Problems.note(e);
          } finally {
            count(-1);
          }
        });
    return future;
  }

  private static void count(int change) {
    synchronized (LOCK) {
      underWay += change;
      LOCK.notifyAll();
    }
  }

  /** Waits for files that are being written, so long at most; not on the FX thread. */
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
