package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.FileThreads;
import org.pagexplorer.ui.support.Folders;
import org.pagexplorer.ui.support.SystemFileDialogs;

/** The window's frame. The first argument is the device; the others are files to open. */
public final class PagApplication extends Application {
  /** Among the words: nothing is remembered. */
  public static final String FRESH = "--fresh";

  static final double WIDTH = 1560;
  static final double HEIGHT = 980;

  /** Smaller, what stands beside one another would be cut. */
  private static final double LEAST_WIDTH = 1040;

  private static final double LEAST_HEIGHT = 700;

  /** Files that are being written when the window closes are waited for, so long at most. */
  private static final long FILES_MILLIS = 1000;

  /** The same of exports, which may be large: what was asked for is not lost. */
  private static final long EXPORT_MILLIS = 60_000;

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
      throw new IllegalStateException(e.getCause());
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
    show(stage, words, new EngineLane(device(words)), () -> END.complete(CODE.get()));
  }

  private static String device(List<String> words) {
    return words.getFirst().isEmpty() ? "cpu" : words.getFirst();
  }

  /**
   * @param words the device, empty for the one that was used last, and the files to open
   * @param ended told from another thread when the window has closed and files are written
   */
  static void show(Stage stage, List<String> words, EngineLane lane, Runnable ended) {
    Folders folders = new Folders();
    MainWindow window = new MainWindow(lane, device(words), new SystemFileDialogs(stage, folders));
    if (!words.getFirst().isEmpty()) {
      window.leaveDevice();
    }
    Problems.catchAll(sentence -> Platform.runLater(() -> window.tell(sentence)));
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    stage.setScene(
        new Scene(
            window, Math.min(WIDTH, screen.getWidth()), Math.min(HEIGHT, screen.getHeight())));
    stage.setMinWidth(Math.min(LEAST_WIDTH, screen.getWidth()));
    stage.setMinHeight(Math.min(LEAST_HEIGHT, screen.getHeight()));
    stage.setTitle("PAG Explorer");
    stage.getIcons().add(new Image(Home.assets().resolve("icon.png").toUri().toString()));
    Optional<Remembering> memory =
        words.contains(FRESH)
            ? Optional.empty()
            : Optional.of(new Remembering(window, stage, folders));
    memory.ifPresent(Remembering::dress);
    stage.setOnHidden(event -> closed(window, memory, ended));
    stage.show();
    WindowProbe.watch(stage, window);
    window.begin();
    memory.ifPresentOrElse(Remembering::begin, window.tour()::offer);
    window.open(words.stream().skip(1).filter(w -> !w.equals(FRESH)).map(Path::of).toList());
  }

  /** The screen is told first; then what runs is cancelled, and files are finished. */
  private static void closed(MainWindow window, Optional<Remembering> memory, Runnable ended) {
    memory.ifPresent(Remembering::write);
    long patience = BackgroundTask.underWay().isEmpty() ? FILES_MILLIS : EXPORT_MILLIS;
    Platform.runLater(window::close);
    Thread.ofPlatform()
        .daemon()
        .name("closing")
        .start(
            () -> {
              FileThreads.finish(patience);
              memory.ifPresent(Remembering::end);
              ended.run();
            });
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
