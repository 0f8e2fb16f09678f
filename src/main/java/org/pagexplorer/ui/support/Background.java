package org.pagexplorer.ui.support;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javafx.application.Platform;

/** Reads and decodes files on virtual threads; answers come on the FX thread. */
public final class Background {
  private static final ExecutorService IO =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("io-", 0).factory());

  private Background() {}

  /** Runs work off the FX thread, then one of the two answers on it. */
  @SuppressWarnings("FutureReturnValueIgnored") // both ways out go to the FX thread
  public static <T> void run(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    IO.submit(
        () -> {
          try {
            T result = work.call();
            Platform.runLater(() -> done.accept(result));
          } catch (Exception e) {
            Platform.runLater(() -> failed.accept(e));
          }
        });
  }
}
