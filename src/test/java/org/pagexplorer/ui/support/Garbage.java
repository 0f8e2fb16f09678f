package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.ref.WeakReference;

/** The garbage collector, which takes what only a local variable held. */
public final class Garbage {
  private static final int ATTEMPTS = 50;

  private Garbage() {}

  /** Collects everything that nothing holds at the call. */
  public static void collect() {
    WeakReference<Object> canary = new WeakReference<>(new Object());
    for (int i = 0; i < ATTEMPTS && canary.get() != null; i++) {
      System.gc();
    }
    assertNull(canary.get(), "the collector does not collect");
  }
}
