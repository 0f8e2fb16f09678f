package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javafx.animation.PauseTransition;
import javafx.scene.Scene;
import javafx.util.Duration;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.support.Theme;

/** Waits for the grid to be finished, then takes the pictures. */
final class SnapshotSession {
  private final MainWindow window;
  private final Scene scene;
  private final Path folder;
  private final CompletableFuture<Void> done;
  private boolean taken;

  SnapshotSession(MainWindow window, Scene scene, Path folder, CompletableFuture<Void> done) {
    this.window = window;
    this.scene = scene;
    this.folder = folder;
    this.done = done;
  }

  void begin() {
    ExploreViewModel explore = window.explore();
    explore
        .busyProperty()
        .addListener(
            (property, was, busy) -> {
              if (was && !busy && !explore.rows().images().isEmpty()) {
                finished();
              }
            });
  }

  private void finished() {
    if (!taken) {
      taken = true;
      // The inspector's gradient comes from the engine's lane.
      later(1000, this::take);
    }
  }

  private void take() {
    try {
      Snapshots.save(scene, folder.resolve("explore.png"), 1);
      Snapshots.save(scene, folder.resolve("explore-200.png"), 2);
      window.themeProperty().set(Theme.DARK);
      later(300, this::takeDark);
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private void takeDark() {
    try {
      Snapshots.save(scene, folder.resolve("explore-dark.png"), 1);
      done.complete(null);
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private static void later(double milliseconds, Runnable action) {
    PauseTransition pause = new PauseTransition(Duration.millis(milliseconds));
    pause.setOnFinished(event -> action.run());
    pause.play();
  }
}
