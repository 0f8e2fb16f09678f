package org.pagexplorer.engine.natives;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The C library's heap, from which PyTorch has its arrays. Surviving images shrink a batch, so that
 * arrays of many sizes are freed, and glibc keeps their pages for later ones that do not fit: a
 * process grows with every batch. Where there is {@code malloc_trim}, those pages are given back.
 */
public final class NativeHeap {
  private static final long SELDOM_NANOSECONDS = 1_000_000_000L;

  private static final Optional<MethodHandle> TRIM =
      Linker.nativeLinker()
          .defaultLookup()
          .find("malloc_trim")
          .map(
              function ->
                  Linker.nativeLinker()
                      .downcallHandle(
                          function,
                          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));

  private static final AtomicLong LAST = new AtomicLong(System.nanoTime() - SELDOM_NANOSECONDS);

  private NativeHeap() {}

  /** Gives back what is free, at most once a second; takes milliseconds. */
  public static void trim() {
    long last = LAST.get();
    long now = System.nanoTime();
    if (TRIM.isPresent() && now - last >= SELDOM_NANOSECONDS && LAST.compareAndSet(last, now)) {
      try {
        int _ = (int) TRIM.get().invokeExact(0L);
      } catch (Throwable e) {
        throw new IllegalStateException("malloc_trim", e);
      }
    }
  }
}
