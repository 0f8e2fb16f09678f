package org.pagexplorer.ui.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.settings.OpenWindows;
import org.pagexplorer.lab.settings.SettingsFile;
import org.pagexplorer.lab.settings.SettingsPlace;
import org.pagexplorer.ui.support.AfterFrame;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.FileThreads;
import org.pagexplorer.ui.support.Folders;
import org.pagexplorer.ui.support.Question;
import org.pagexplorer.ui.support.SystemFileDialogs;

/**
 * A window from its outlines, which one sees at once, to what is in it; and its end. On the FX
 * thread.
 */
final class WindowStart {
  static final double WIDTH = 1560;
  static final double HEIGHT = 980;

  /** Smaller, what stands beside one another would be cut. */
  private static final double LEAST_WIDTH = 1040;

  private static final double LEAST_HEIGHT = 700;

  /** Files that are being written when the window closes are waited for, so long at most. */
  private static final long FILES_MILLIS = 1000;

  /** The same of exports, which may be large: what was asked for is not lost. */
  private static final long EXPORT_MILLIS = 60_000;

  private final Stage stage;
  private final List<String> words;
  private final EngineLane lane;
  private final Runnable ended;
  private final Folders folders = new Folders();
  private final Optional<Remembering> memory;
  private final Scene scene;
  private @Nullable MainWindow window;
  private boolean failed;

  /**
   * Shows the outlines, where and in the colors in which the window before was.
   *
   * @param words the device, empty for the one that was used last, and the files to open
   * @param ended told from another thread when the window has closed and files are written
   */
  WindowStart(Stage stage, List<String> words, EngineLane lane, Runnable ended) {
    this.stage = stage;
    this.words = words;
    this.lane = lane;
    this.ended = ended;
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    scene = new Scene(new Shell());
    stage.setScene(scene);
    stage.setWidth(Math.min(WIDTH, screen.getWidth())); // with its frame
    stage.setHeight(Math.min(HEIGHT, screen.getHeight()));
    stage.setMinWidth(Math.min(LEAST_WIDTH, screen.getWidth()));
    stage.setMinHeight(Math.min(LEAST_HEIGHT, screen.getHeight()));
    stage.setTitle("PAG Explorer");
    stage.getIcons().add(new Image(Home.assets().resolve("icon.png").toUri().toString()));
    memory =
        words.contains(PagApplication.FRESH)
            ? Optional.empty()
            : Optional.of(new Remembering(stage, folders));
    memory.ifPresentOrElse(before -> before.dress(scene), this::dressFresh);
    stage.setOnCloseRequest(this::closeRequested);
    stage.setOnHidden(event -> closed());
    stage.show();
  }

  /** Nothing of the windows before, but not over those that are open. */
  private void dressFresh() {
    new Placement(stage).apply(OpenWindows.beside(settings()).others());
    MainWindow.FIRST_THEME.applyTo(scene);
  }

  private static SettingsFile settings() {
    return new SettingsFile(SettingsPlace.folder());
  }

  /**
   * Puts everything in, once the outlines have been painted.
   *
   * @param broken told what prevented it, before the window closes again
   */
  void fillSoon(Consumer<Throwable> broken) {
    AfterFrame.run(
        () -> {
          WindowProbe.say(WindowProbe.SHELL);
          try {
            fill();
          } catch (Throwable e) { // a timer's would be lost, and the window stay empty
            failed = true;
            Problems.note(e);
            broken.accept(e);
            stage.hide();
          }
        });
  }

  /** Puts everything in, unless the window has been closed again. */
  void fill() {
    if (!stage.isShowing()) {
      return;
    }
    MainWindow made = new MainWindow(lane, device(words), new SystemFileDialogs(stage, folders));
    window = made;
    if (!words.getFirst().isEmpty()) {
      made.leaveDevice();
    }
    Problems.catchAll(sentence -> Platform.runLater(() -> made.tell(sentence)));
    memory.ifPresent(before -> before.dress(made));
    scene.setRoot(made);
    WindowProbe.watch(stage, made);
    made.beginModels();
    memory.ifPresentOrElse(before -> before.begin(made), () -> offerTour(made));
    made.open(
        words.stream().skip(1).filter(w -> !w.equals(PagApplication.FRESH)).map(Path::of).toList());
    AfterFrame.run(
        () -> {
          if (stage.isShowing()) {
            made.beginWork();
          }
        });
  }

  /** To who has no settings, rather than to who leaves them aside for once. */
  private static void offerTour(MainWindow made) {
    if (Files.notExists(settings().file())) {
      made.tour().offer();
    }
  }

  static String device(List<String> words) {
    return words.getFirst().isEmpty() ? "cpu" : words.getFirst();
  }

  private void closeRequested(WindowEvent event) {
    List<String> unfinished = window == null ? List.of() : window.unfinished();
    if (!unfinished.isEmpty()) {
      event.consume();
      new Question(
              "Close the window?",
              "Not finished, and lost with the window:\n"
                  + unfinished.stream()
                      .map(each -> "• " + each + "\n")
                      .collect(Collectors.joining())
                  + "Trainings continue.",
              "Close",
              "Keep it open")
          .ask(stage, stage::hide);
    }
  }

  /** The screen is told first; then what runs is cancelled, and files are finished. */
  private void closed() {
    if (!failed) {
      memory.ifPresent(Remembering::write);
    }
    long patience = BackgroundTask.underWay().isEmpty() ? FILES_MILLIS : EXPORT_MILLIS;
    MainWindow closing = window;
    if (closing != null) {
      Platform.runLater(closing::close);
    }
    Thread.ofPlatform()
        .daemon()
        .name("closing")
        .start(
            () -> {
              FileThreads.finish(patience);
              if (!failed) { // else the next start says that this one has
                memory.ifPresent(Remembering::end);
              }
              ended.run();
            });
  }
}
