package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.event.ActionEvent;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.alignment.BlindTest;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.settings.Recents.Kind;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.compare.MeasureViewModel;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.EveryButton;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Garbage;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What can be pressed on Explore and Compare, beside them, and in the help. */
@FxTest
class WindowButtonsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private final AnsweringDialogs dialogs = new AnsweringDialogs();
  private MainWindow window;
  private ExploreViewModel explore;
  private Path picture;

  @Start
  void start(Stage stage) throws IOException {
    TinyHome.makeIn(folder);
    picture = folder.resolve("own.png");
    BufferedImage black = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(black, "png", picture.toFile());
    for (String name : TinyHome.CLASSES) {
      Path own = Files.createDirectories(folder.resolve("images/test").resolve(name));
      Files.copy(picture, own.resolve("a.png"));
    }
    window = new MainWindow(lane, "cpu", dialogs);
    explore = window.explore();
    stage.setScene(new Scene(window, 1500, 950));
    stage.show();
    window.begin();
    explore.settings().stepsProperty().set(2);
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(window::close);
    lane.close();
  }

  private static boolean copied(String text) {
    String now = Clipboard.getSystemClipboard().getString();
    return now != null && now.contains(text);
  }

  private static Callable<Boolean> shown(String id) {
    return () ->
        Window.getWindows().stream()
            .anyMatch(w -> w.isShowing() && w.getScene().getRoot().lookup(id) != null);
  }

  /** The image strip and the scrubber, which both screens have. */
  private void rows(FxRobot robot, EveryButton buttons, Callable<Integer> scrubbed) {
    ImageRows rows = explore.rows();
    waitFor("images", PATIENCE, () -> rows.images().size() == 10);
    List<OriginalImage> first = List.copyOf(rows.images());
    buttons.press("next-images", () -> !rows.images().equals(first));
    buttons.press("previous-images", () -> rows.images().equals(first));
    robot.interact(() -> rows.choice().choose("at random"));
    waitFor("random images", PATIENCE, () -> rows.images().size() == 7);
    buttons.press("more-images", () -> rows.images().size() == 14);
    robot.interact(() -> rows.choice().choose("one of each class"));
    waitFor("the first", PATIENCE, () -> rows.images().equals(first));
    dialogs.opened = List.of(picture);
    buttons.press("open-pictures", () -> rows.images().size() == 11);
    var source = rows.sourceProperty().get();
    dialogs.folder = Optional.of(folder.resolve("images"));
    buttons.press("open-dataset", () -> !rows.sourceProperty().get().equals(source));
    waitFor("rows", PATIENCE, () -> rows.images().size() == 10);
    robot.interact(() -> rows.sourceProperty().set(source));
    waitFor("the former rows", PATIENCE, () -> rows.images().equals(first));
    buttons.press("play", () -> scrubbed.call() != Scrubber.FOLLOW);
    buttons.press("targets", () -> isOpen("#target-list"));
    robot.interact(() -> window.lookup("#targets").fireEvent(new ActionEvent()));
    waitFor("the list to close", () -> !isOpen("#target-list"));
    buttons.press("start-images", () -> isOpen("#start-kind"));
    robot.interact(() -> window.lookup("#start-images").fireEvent(new ActionEvent()));
    waitFor("the start images to close", () -> !isOpen("#start-kind"));
    history(robot, buttons);
  }

  /** What has been opened can be opened again. */
  private void recent(FxRobot robot, EveryButton buttons) {
    robot.interact(() -> window.shelf().chosenProperty().set(window.shelf().models().getFirst()));
    buttons.press(
        "recent-third.safetensors",
        () -> window.shelf().chosen().orElseThrow().file().endsWith("third.safetensors"));
    var source = explore.rows().sourceProperty().get();
    buttons.press("recent-images", () -> explore.rows().sourceProperty().get() != source);
    buttons.press("recent-clear", () -> window.recent().of(Kind.MODELS).isEmpty());
  }

  private void history(FxRobot robot, EveryButton buttons) {
    buttons.press("attack-more", () -> window.lookup("#attack-details").isVisible());
    buttons.press("attack-reset", () -> explore.settings().stepsProperty().get() == 50);
    buttons.press("attack-undo", () -> explore.settings().stepsProperty().get() == 2);
    buttons.press("attack-redo", () -> explore.settings().stepsProperty().get() == 50);
    robot.interact(() -> explore.settings().stepsProperty().set(2));
    waitFor(
        "the pictures",
        PATIENCE,
        () -> !explore.busyProperty().get() && !window.compare().busyProperty().get());
  }

  @Test
  void everyButtonAroundExploreDoesWhatItIsForAfterACollection(FxRobot robot) throws IOException {
    EveryButton buttons = new EveryButton(robot, () -> window);
    rows(robot, buttons, () -> explore.scrubbedStepProperty().get());
    Path exported = folder.resolve("grid.png");
    dialogs.saved = Optional.of(exported);
    waitFor("the attack's end", PATIENCE, () -> !explore.busyProperty().get());
    buttons.press("hint-close", () -> !isOver("#hint"));
    buttons.press("export", shown("#export-what"));
    EveryButton export = new EveryButton(robot, () -> dialog("#export-what"));
    export.press("export-save", () -> Files.exists(exported));
    buttons.press("theme", () -> window.themeProperty().get() == Theme.DARK);
    Path third = folder.resolve("third.safetensors");
    TinyHome.writeModel(third, "Third", 2, 3);
    dialogs.opened = List.of(third);
    buttons.press("open-model", () -> window.shelf().models().size() == 3);
    recent(robot, buttons);
    robot.interact(() -> explore.settings().stepsProperty().set(1000));
    waitFor("an attack", PATIENCE, () -> explore.busyProperty().get());
    buttons.press("cancel", () -> !explore.busyProperty().get());
    robot.interact(() -> window.tell("A sentence to copy."));
    buttons.press("notice-copy", () -> copied("A sentence to copy."));
    buttons.press("notice-close", () -> window.noticeProperty().get().isEmpty());
    buttons.press("activities", shown("#activity-none"));
    buttons.press("model-info", shown("#model-card"));
    buttons.press("help", shown("#help-text"));
    buttons.wereAllPressed();
  }

  @Test
  void everyButtonOfTheHelpDoesWhatItIsForAfterACollection(FxRobot robot) {
    robot.interact(window::help);
    EveryButton help = new EveryButton(robot, () -> dialog("#help-text"));
    help.press("help-doctor", shown("#doctor-text"));
    EveryButton doctor = new EveryButton(robot, () -> dialog("#doctor-text"));
    doctor.press(
        "doctor-copy",
        () -> copied(((TextArea) dialog("#doctor-text").lookup("#doctor-text")).getText()));
    doctor.press("Close", () -> !shown("#doctor-text").call());
    help.press("Close", () -> !shown("#help-text").call());
    robot.interact(window::help);
    help.press("help-tour", () -> window.tour().isOpen() && !shown("#help-text").call());
    doctor.wereAllPressed();
    help.wereAllPressed();
  }

  @Test
  void everyScreenAndTabIsShownAfterACollection(FxRobot robot) {
    Map<String, String> contents = new LinkedHashMap<>();
    contents.put("#screen-playground", "#toy-play");
    contents.put("#screen-train", ".run-form-content");
    contents.put("#screen-compare", "#compare-grid");
    contents.put("#compare-measure", "#measure-start");
    contents.put("#compare-alignment", "#alignment-start");
    contents.put("#compare-blind", "#blind-start");
    contents.put("#compare-pictures", "#compare-grid");
    contents.put("#screen-explore", "#grid");
    contents.forEach(
        (button, content) -> {
          Garbage.collect();
          assertNull(window.lookup(content), content + " is shown before " + button);
          robot.interact(() -> ((ToggleButton) window.lookup(button)).fire());
          waitFor(content, () -> window.lookup(content) != null);
        });
  }

  @Test
  void whoHasNoPyTorchYetCanSetItUpAfterACollection(FxRobot robot) {
    AtomicInteger attempts = new AtomicInteger();
    StatusLine[] line = new StatusLine[1];
    robot.interact(
        () -> {
          line[0] =
              new StatusLine(
                  new SimpleDoubleProperty(),
                  new SimpleBooleanProperty(),
                  new SimpleStringProperty("attacking"),
                  () -> {},
                  device -> {},
                  attempts::incrementAndGet);
          line[0].failed();
        });
    EveryButton buttons = new EveryButton(robot, () -> line[0]);
    buttons.press("engine-setup", () -> attempts.get() == 1);
    buttons.wereAllPressed();
  }

  private static boolean isOpen(String id) {
    return Window.getWindows().stream()
        .anyMatch(w -> w.isShowing() && w.getScene().getRoot().lookup(id) != null);
  }

  private static Parent dialog(String id) {
    return Window.getWindows().stream()
        .filter(w -> w.isShowing() && w.getScene().getRoot().lookup(id) != null)
        .findFirst()
        .map(w -> w.getScene().getRoot())
        .orElseGet(Pane::new);
  }

  private boolean isOver(String hint) {
    return window.lookup(hint).getParent().isVisible();
  }

  private static String gradients(FxRobot robot) {
    return robot.lookup("#alignment-gradients").queryButton().getText();
  }

  @Test
  void everyButtonOfCompareDoesWhatItIsForAfterACollection(FxRobot robot) {
    waitFor("images", PATIENCE, () -> !explore.rows().images().isEmpty());
    robot.clickOn("#screen-compare");
    EveryButton buttons =
        new EveryButton(robot, () -> robot.lookup(".compare").queryAs(Parent.class));
    rows(robot, buttons, () -> window.compare().scrubbedStepProperty().get());
    List<Integer> targets = List.copyOf(window.compare().setup().targets());
    robot.interact(() -> window.compare().setup().targets().clear());
    waitFor("a hint", () -> isOver("#compare-hint"));
    buttons.press("compare-hint-close", () -> !isOver("#compare-hint"));
    robot.interact(() -> window.compare().setup().targets().setAll(targets));
    robot.clickOn("#compare-measure");
    measuring(robot, buttons, "measure", window.measure().stateProperty());
    published(robot, buttons);
    robot.clickOn("#compare-alignment");
    measuring(robot, buttons, "alignment", window.alignment().stateProperty());
    dialogs.opened = List.of(Path.of("scores.npy"));
    buttons.press("alignment-gradients", () -> gradients(robot).equals("scores.npy"));
    buttons.press("alignment-gradients-none", () -> gradients(robot).equals("Gradients…"));
    robot.clickOn("#compare-blind");
    robot.interact(() -> window.blindTest().picturesProperty().set(5));
    buttons.press("blind-start", () -> window.blindTest().test().isPresent());
    for (int c = 0; c < 10; c++) {
      int answered = c + 1;
      buttons.press(
          "blind-class-" + c,
          () -> window.blindTest().test().map(BlindTest::answered).orElse(0) == answered);
    }
    buttons.wereAllPressed();
  }

  /** What Measure has beside its own bar's. */
  private void published(FxRobot robot, EveryButton buttons) {
    Path file = folder.resolve("published.json");
    robot.interact(
        () -> {
          try {
            Files.writeString(file, "{\"clean_acc\": \"90\"}");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    MeasureViewModel measure = window.measure();
    dialogs.opened = List.of(file);
    buttons.press("measure-beside-files", () -> measure.published().size() == 1);
    buttons.press("measure-beside-remove", () -> measure.published().isEmpty());
    dialogs.folder = Optional.of(folder);
    buttons.press("measure-beside-folder", () -> measure.published().size() == 1);
    dialogs.saved = Optional.of(folder.resolve("paper.html"));
    buttons.press(
        "measure-reproduce", () -> measure.reproduction().stateProperty().get() == State.RUNNING);
    robot.interact(() -> measure.reproduction().stop());
  }

  /** A table of what there is by then. */
  private void measuring(
      FxRobot robot, EveryButton buttons, String id, ReadOnlyObjectProperty<State> state) {
    var images =
        id.equals("measure")
            ? window.measure().imagesProperty()
            : window.alignment().imagesProperty();
    robot.interact(() -> images.set(70));
    buttons.press(id + "-reset", () -> images.get() == 100);
    buttons.press(id + "-start", () -> state.get() == State.RUNNING);
    buttons.press(id + "-pause", () -> state.get() == State.PAUSED);
    buttons.press(id + "-resume", () -> state.get() == State.RUNNING);
    Path table = folder.resolve(id + ".csv");
    dialogs.saved = Optional.of(table);
    buttons.press(id + "-export", shown("#export-what"));
    EveryButton export = new EveryButton(robot, () -> dialog("#export-what"));
    Button save = robot.lookup("#export-save").queryButton();
    waitFor("the table", PATIENCE, () -> !save.isDisabled());
    export.press("export-save", () -> Files.exists(table));
    buttons.press(id + "-pause", () -> state.get() == State.PAUSED);
  }
}
