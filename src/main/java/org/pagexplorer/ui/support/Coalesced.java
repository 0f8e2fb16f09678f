package org.pagexplorer.ui.support;

import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;

/** An action on the FX thread that is done once for all requests which came before it. */
public final class Coalesced {
  private final Runnable action;
  private final AtomicBoolean pending = new AtomicBoolean();

  public Coalesced(Runnable action) {
    this.action = action;
  }

  /** Whether it is asked for, and not done yet. */
  public boolean isPending() {
    return pending.get();
  }

  /** From any thread. */
  public void request() {
    if (pending.compareAndSet(false, true)) {
      Platform.runLater(
          () -> {
            pending.set(false);
            action.run();
          });
    }
  }
}
