package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.cli.PagCommand;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;

/** The whole window on a {@link TinyHome}, which the tests of one class share. */
@FxTest
abstract class WindowFixture {
  static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir static Path folder;

  final EngineLane lane;
  final AnsweringDialogs dialogs = new AnsweringDialogs();
  MainWindow window;
  ExploreViewModel explore;

  WindowFixture() {
    this(new EngineLane("cpu"));
  }

  WindowFixture(EngineLane lane) {
    this.lane = lane;
  }

  /** Shows it; for the test's method that is annotated {@code @Start}. */
  void open(Stage stage) {
    if (Files.notExists(folder.resolve("models"))) {
      TinyHome.makeIn(folder);
    }
    TinyHome.use(folder);
    window = new MainWindow(lane, "cpu", dialogs);
    explore = window.explore();
    stage.setScene(new Scene(window));
    stage.setWidth(1500); // the tests before share the stage, and may have made it smaller
    stage.setHeight(950);
    stage.show();
    window.begin();
  }

  /** With so many steps, where what is shown matters, not how it was made. */
  void open(Stage stage, int steps) {
    open(stage);
    explore.settings().stepsProperty().set(steps);
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(window::close);
    lane.close();
  }

  GridAttack waitForAttack() {
    waitFor(
        "the attack",
        PATIENCE,
        () ->
            explore.attack().filter(GridAttack::isFinished).isPresent()
                && !explore.busyProperty().get());
    return explore.attack().orElseThrow();
  }

  /** The context menu that is shown, if any. */
  private static Optional<ContextMenu> shownMenu() {
    return Window.getWindows().stream()
        .filter(ContextMenu.class::isInstance)
        .map(ContextMenu.class::cast)
        .findFirst();
  }

  /** Chooses from the menu of a right click what can be chosen there. */
  static void choose(FxRobot robot, Point2D place, String id) {
    robot.rightClickOn(place);
    waitFor("the menu", PATIENCE, () -> shownMenu().isPresent());
    ContextMenu menu = shownMenu().orElseThrow();
    MenuItem item =
        menu.getItems().stream().filter(i -> id.equals(i.getId())).findFirst().orElseThrow();
    assertFalse(item.isDisable(), id);
    robot.interact(
        () -> {
          item.fire();
          menu.hide();
        });
  }

  /** Runs a command that the window shows, but for its output, which is the last word. */
  static void assertPagTakes(String command) {
    String[] words = command.substring("pag ".length()).split(" ");
    Path out = folder.resolve("again.png");
    words[words.length - 1] = out.toString();
    assertEquals(0, PagCommand.run(words), command);
    assertTrue(Files.exists(out));
  }

  static String text(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(Label.class).getText();
  }
}
