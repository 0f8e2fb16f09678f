package org.pagexplorer.engine;

import ai.djl.engine.EngineException;
import java.util.Locale;
import org.pagexplorer.domain.UserException;

/** Recognizes PyTorch's words for a full device. */
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

  /**
   * Half of a batch that was too large.
   *
   * @param e what it failed of; thrown again if that is something else
   * @param batch how many images there were
   * @throws UserException if there was one
   */
  public static int half(RuntimeException e, int batch) {
    if (!isCauseOf(e)) {
      throw e;
    }
    if (batch == 1) {
      throw new UserException(
          "The device has too little memory for even one image with this model; close other"
              + " programs that use it, or choose another device.",
          e);
    }
    return batch / 2;
  }

  /** What is said when work goes on with a smaller batch. */
  public static String goingOnWith(int batch) {
    return "The device's memory is full: continuing with batches of " + batch + ".";
  }
}
