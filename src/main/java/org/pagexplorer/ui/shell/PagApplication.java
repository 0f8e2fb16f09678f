package org.pagexplorer.ui.shell;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.pagexplorer.lab.model.EngineLane;

/** The window's frame. The first argument is the device; the others are files to open. */
public final class PagApplication extends Application {
  /** Among the words: nothing is remembered. */
  public static final String FRESH = "--fresh";

  /** A window that does not answer is not waited for, once a signal has come. */
  private static final long SIGNAL_MILLIS = 1500;

  private static final CompletableFuture<Integer> END = new CompletableFuture<>();
  private static final AtomicInteger CODE = new AtomicInteger();

  /**
   * Opens the window and waits until it has closed. What computes for it is not waited for, so the
   * process has to be ended at once.
   *
   * @param words the device, empty for the one that was used last, and the files to open
   * @return the exit code: 0, or 128 + n after signal n
   * @throws UnsupportedOperationException where there is no display
   */
  public static int open(List<String> words) throws InterruptedException {
    Thread.ofPlatform().daemon().name("launch").start(() -> launchAll(words));
    try {
      return END.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnsupportedOperationException noDisplay) {
        throw noDisplay;
      }
      throw new CompletionException(e.getCause());
    }
  }

  private static void launchAll(List<String> words) {
    try {
      launch(PagApplication.class, words.toArray(String[]::new));
    } catch (Throwable e) {
      END.completeExceptionally(e);
    }
  }

  @Override
  public void start(Stage stage) {
    Platform.setImplicitExit(false); // Java's own end would wait for PyTorch, and tidy up under it
    closeOnSignals(stage);
    List<String> words = getParameters().getRaw();
    EngineLane lane = new EngineLane(WindowStart.device(words));
    new WindowStart(stage, words, lane, () -> END.complete(CODE.get()))
        .fillSoon(failure -> END.completeExceptionally(new ExecutionException(failure)));
  }

  /**
   * The same at once, with everything in it.
   *
   * @param words the device, empty for the one that was used last, and the files to open
   * @param ended told from another thread when the window has closed and files are written
   */
  static void show(Stage stage, List<String> words, EngineLane lane, Runnable ended) {
    new WindowStart(stage, words, lane, ended).fill();
  }

  /** As the window's button does, where Java would first tidy up with the window in sight. */
  @SuppressWarnings("sunapi") // there is no other way to hear of a signal before Java ends
  private static void closeOnSignals(Stage stage) {
    for (String name : List.of("TERM", "INT", "HUP")) {
      try {
        sun.misc.Signal.handle(
            new sun.misc.Signal(name), signal -> close(stage, 128 + signal.getNumber()));
      } catch (IllegalArgumentException e) {
        // This system has no such signal, or Java was told to leave it alone.
      }
    }
  }

  private static void close(Stage stage, int code) {
    CODE.set(code);
    END.completeOnTimeout(code, SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
    Platform.runLater(stage::hide);
  }
}
