package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javafx.animation.PauseTransition;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.DialogPane;
import javafx.util.Duration;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.lab.attack.Brush;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.importing.ImportViewModel.Stage;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Theme;

/**
 * Waits for the grid to be finished, then goes through the screens and takes a picture of each in
 * light and dark.
 */
final class SnapshotSession {
  /** Where the pictures' attack on the toy begins: in the middle of a mode of class 1. */
  private static final double TOY_X1 = 10;

  private static final double TOY_X2 = 20;

  /** Until something that was asked of the engine, or of a file, has arrived and been painted. */
  private static final double SETTLED_MILLIS = 1000;

  private final MainWindow window;
  private final Scene scene;
  private final Path folder;
  private final double scale;
  private final CompletableFuture<Void> done;
  private final Queue<Shot> shots;
  private boolean taken;
  private Optional<Path> foreign = Optional.empty();

  /** Of the window, or of what lies over it. */
  private Scene shown;

  /** A picture's name, and what brings it about before it runs what it is given. */
  private record Shot(String name, Preparation preparation) {}

  private interface Preparation {
    void prepare(Runnable then);
  }

  /**
   * @param scale pixels of the pictures for each of the scene's
   */
  SnapshotSession(
      MainWindow window, Scene scene, Path folder, double scale, CompletableFuture<Void> done) {
    this.window = window;
    this.scene = scene;
    shown = scene;
    this.folder = folder;
    this.scale = scale;
    this.done = done;
    shots =
        new ArrayDeque<>(
            List.of(
                new Shot("explore", Runnable::run),
                new Shot("card", this::openCard),
                new Shot("explore-more", this::openMore),
                new Shot("viewer", this::openViewer),
                new Shot("paint", this::paint),
                new Shot("compare", this::openCompare),
                new Shot("measure", then -> press("#compare-measure", then)),
                new Shot("alignment", then -> press("#compare-alignment", then)),
                new Shot("blind-test", then -> press("#compare-blind", then)),
                new Shot("import", this::openImport),
                new Shot("toy", this::openToy),
                new Shot("train", this::openTrain),
                new Shot("export", then -> openDialog(window.exportDialog().pane(), then)),
                new Shot("help", then -> openDialog(help(), then)),
                new Shot(
                    "doctor", then -> openDialog(DoctorDialog.of(null).getDialogPane(), then))));
    for (TourStep step : TourStep.values()) {
      shots.add(new Shot("tour-" + (step.ordinal() + 1), then -> openTour(step, then)));
    }
  }

  /** Takes no other pictures than these. */
  void only(Set<String> names) {
    shots.removeIf(shot -> !names.contains(shot.name()));
  }

  void begin() {
    ExploreViewModel explore = window.explore();
    explore
        .busyProperty()
        .addListener(
            (property, was, busy) -> {
              if (was && !busy) {
                // The inspector's gradient comes from the engine's lane.
                later(SETTLED_MILLIS, this::takeIfFinished);
              }
            });
  }

  /** An attack may also have ended because another model or other images were chosen. */
  private void takeIfFinished() {
    if (!taken && isAttacked()) {
      taken = true;
      takeNext();
    }
  }

  private void takeNext() {
    Shot shot = shots.poll();
    if (shot == null) {
      closeImport();
      window.close();
      done.complete(null);
    } else {
      shot.preparation().prepare(() -> take(shot.name()));
    }
  }

  /** In light, then in dark. */
  private void take(String name) {
    save(name);
    dress(Theme.DARK);
    lay();
    later(
        SETTLED_MILLIS / 2,
        () -> {
          save(name + "-dark");
          dress(Theme.LIGHT);
          later(SETTLED_MILLIS / 5, this::takeNext);
        });
  }

  private void dress(Theme theme) {
    window.themeProperty().set(theme);
    theme.applyTo(shown);
  }

  private void save(String name) {
    lay();
    Snapshots.save(shown, folder.resolve(name + ".png"), scale);
  }

  private void press(String button, Runnable then) {
    if (window.lookup(button) instanceof ButtonBase found) {
      found.fire();
    }
    lay();
    later(SETTLED_MILLIS, then);
  }

  private void openCard(Runnable then) {
    window
        .card()
        .ifPresent(
            card -> {
              shown = new Scene(card);
              dress(Theme.LIGHT);
              lay();
            });
    later(SETTLED_MILLIS, then); // its SHA-256, too
  }

  private void openMore(Runnable then) {
    shown = scene;
    press("#attack-more", then);
  }

  private void openViewer(Runnable then) {
    window.viewer().open();
    later(SETTLED_MILLIS, then); // its gradient, too
  }

  /** Two regions, one of them toward a class of its own. */
  private void paint(Runnable then) {
    OriginalImage first = window.explore().rows().images().getFirst();
    int side = first.image().shape().width();
    Mask blank = new Mask(side, side, new byte[side * side]);
    Mask left =
        new Brush(side / 5.0, 0.3, false)
            .stroke(blank, side / 4.0, side / 3.0, side / 3.0, side / 1.5);
    Mask right =
        new Brush(2, 0, false).rectangle(blank, side * 0.6, side * 0.2, side * 0.95, side * 0.8);
    String last = window.explore().setup().classes().get().getLast();
    window
        .explore()
        .rows()
        .paint(
            0,
            List.of(
                PaintedRegion.of(left),
                new PaintedRegion(right, Optional.of(last), OptionalDouble.empty())));
    press("#viewer-paint", () -> whenAttacked(() -> later(SETTLED_MILLIS, then)));
  }

  private void whenAttacked(Runnable then) {
    later(SETTLED_MILLIS, isAttacked() ? then : () -> whenAttacked(then));
  }

  private boolean isAttacked() {
    ExploreViewModel explore = window.explore();
    boolean finished = explore.attack().filter(GridAttack::isFinished).isPresent();
    return finished && !explore.busyProperty().get();
  }

  private void openCompare(Runnable then) {
    window.explore().rows().paint(0, List.of());
    window.viewer().close();
    window.screenProperty().set(Screen.COMPARE);
    window.compare().settle(() -> later(SETTLED_MILLIS / 2, then));
  }

  /** Somebody else's file: what it leaves open, and how well each reading does. */
  private void openImport(Runnable then) {
    Path model = window.shelf().chosen().orElseThrow().file();
    BackgroundTask.of(() -> ForeignCopy.of(model))
        .onDone(
            file -> {
              foreign = Optional.of(file);
              window
                  .importing()
                  .stageProperty()
                  .addListener(
                      (property, was, now) -> {
                        if (now == Stage.ANSWERS || now == Stage.REFUSED) {
                          whenChecked(then);
                        }
                      });
              window.importing().open(file);
            })
        .onFailed(done::completeExceptionally)
        .start();
  }

  private void whenChecked(Runnable then) {
    later(SETTLED_MILLIS, window.importing().isSettled() ? then : () -> whenChecked(then));
  }

  private void closeImport() {
    window.importing().dismiss();
    foreign.ifPresent(ForeignCopy::remove);
    foreign = Optional.empty();
  }

  private void openToy(Runnable then) {
    closeImport();
    window.screenProperty().set(Screen.TOY);
    lay(); // panels wait for their size
    window
        .toy()
        .playingProperty()
        .addListener(
            (property, was, playing) -> {
              if (was && !playing) {
                window.toy().attackFrom(TOY_X1, TOY_X2);
                later(3 * SETTLED_MILLIS, then);
              }
            });
  }

  private void openTrain(Runnable then) {
    window.screenProperty().set(Screen.TRAIN);
    lay();
    later(2 * SETTLED_MILLIS, then);
  }

  private DialogPane help() {
    return Help.of(null, TourStep.ROW, () -> {}).getDialogPane();
  }

  private void openDialog(DialogPane pane, Runnable then) {
    window.screenProperty().set(Screen.EXPLORE);
    shown = pane.getScene();
    dress(Theme.LIGHT);
    pane.applyCss();
    pane.autosize();
    lay();
    later(4 * SETTLED_MILLIS, then); // what it shows comes from another thread
  }

  private void openTour(TourStep step, Runnable then) {
    shown = scene;
    if (step == TourStep.ROW) {
      window.tour().begin();
    } else {
      window.tour().go(1);
    }
    lay();
    later(2 * SETTLED_MILLIS, then);
  }

  /** A scene without a stage is laid out by nobody else. */
  private void lay() {
    shown.getRoot().applyCss();
    shown.getRoot().layout();
    shown.getRoot().layout(); // what wraps knows its height after the first
  }

  private void later(double milliseconds, Runnable action) {
    PauseTransition pause = new PauseTransition(Duration.millis(milliseconds));
    pause.setOnFinished(event -> taking(action));
    pause.play();
  }

  private void taking(Runnable pictures) {
    try {
      pictures.run();
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }
}
