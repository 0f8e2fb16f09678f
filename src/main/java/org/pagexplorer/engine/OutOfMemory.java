package org.pagexplorer.engine;

import ai.djl.engine.EngineException;
import java.util.Locale;

/** Recognises PyTorch's words for a full device. */
public final class OutOfMemory {
  private OutOfMemory() {}

  /** Whether an engine's failure means that the device's memory is used up. */
  public static boolean isCauseOf(RuntimeException e) {
    if (!(e instanceof EngineException) || e.getMessage() == null) {
      return false;
    }
    String message = e.getMessage().toLowerCase(Locale.ROOT);
    return message.contains("out of memory") || message.contains("can't allocate memory");
  }
}
