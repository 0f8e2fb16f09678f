package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javafx.animation.PauseTransition;
import javafx.scene.Scene;
import javafx.util.Duration;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.support.Theme;

/** Waits for the grid to be finished, and for the toy's networks, and takes their pictures. */
final class SnapshotSession {
  /** Where the pictures' attack on the toy begins: in the middle of a mode of class 1. */
  private static final double TOY_X1 = 10;

  private static final double TOY_X2 = 20;

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
              if (was && !busy) {
                // The inspector's gradient comes from the engine's lane.
                later(1000, this::takeIfFinished);
              }
            });
  }

  /** An attack may also have ended because another model or other images were chosen. */
  private void takeIfFinished() {
    ExploreViewModel explore = window.explore();
    boolean finished = explore.attack().filter(GridAttack::isFinished).isPresent();
    if (!taken && finished && !explore.busyProperty().get()) {
      taken = true;
      take();
    }
  }

  private void take() {
    taking(
        () -> {
          pictures("explore");
          window.viewer().open();
          later(1000, this::takeViewer); // its gradient, too
        });
  }

  private void takeViewer() {
    taking(
        () -> {
          pictures("viewer");
          window.viewer().close();
          window.screenProperty().set(MainWindow.Screen.COMPARE);
          window.compare().settle(() -> later(500, this::takeCompare));
        });
  }

  private void takeCompare() {
    taking(
        () -> {
          pictures("compare");
          window.screenProperty().set(MainWindow.Screen.TOY);
          // A scene without a stage is laid out by nobody else, and panels wait for their size.
          window.applyCss();
          window.layout();
          window
              .toy()
              .playingProperty()
              .addListener(
                  (property, was, playing) -> {
                    if (was && !playing) {
                      window.toy().attackFrom(TOY_X1, TOY_X2);
                      later(3000, this::takeToy);
                    }
                  });
        });
  }

  private void takeToy() {
    taking(
        () -> {
          pictures("toy");
          window.screenProperty().set(MainWindow.Screen.TRAIN);
          window.applyCss();
          window.layout();
          later(2000, () -> taking(this::takeTrain));
        });
  }

  private void takeTrain() {
    pictures("train");
    window.screenProperty().set(MainWindow.Screen.TOY);
    later(1500, () -> taking(this::takeDark));
  }

  /** In light, twice the size, and then in dark. */
  private void pictures(String name) {
    Snapshots.save(scene, folder.resolve(name + ".png"), 1);
    Snapshots.save(scene, folder.resolve(name + "-200.png"), 2);
  }

  private void takeDark() {
    window.themeProperty().set(Theme.DARK);
    later(
        1500,
        () ->
            taking(
                () -> {
                  Snapshots.save(scene, folder.resolve("toy-dark.png"), 1);
                  window.screenProperty().set(MainWindow.Screen.EXPLORE);
                  later(
                      500,
                      () ->
                          taking(
                              () -> {
                                Snapshots.save(scene, folder.resolve("explore-dark.png"), 1);
                                window.close();
                                done.complete(null);
                              }));
                }));
  }

  private void taking(Runnable pictures) {
    try {
      pictures.run();
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  private static void later(double milliseconds, Runnable action) {
    PauseTransition pause = new PauseTransition(Duration.millis(milliseconds));
    pause.setOnFinished(event -> action.run());
    pause.play();
  }
}
