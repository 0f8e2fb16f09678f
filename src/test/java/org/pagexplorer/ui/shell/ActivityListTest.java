package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ExportWatch;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** One list of all that runs, and a stop for each that acts at once. */
class ActivityListTest extends WindowFixture {

  @Start
  void start(Stage stage) {
    open(stage, 2);
  }

  private static Optional<ActivityRow> row(FxRobot robot, String name) {
    return robot.lookup(".activity-row").queryAllAs(ActivityRow.class).stream()
        .filter(row -> ((Label) row.lookup(".activity-name")).getText().equals(name))
        .findFirst();
  }

  private static String words(ActivityRow row) {
    return ((Label) row.lookup(".activity-words")).getText();
  }

  private static Node stop(ActivityRow row) {
    return row.lookup("#activity-stop");
  }

  private static String button(FxRobot robot) {
    return robot.lookup("#activities").queryAs(Button.class).getText();
  }

  @Test
  void anAttackIsListedWithProgressAndTimeLeftAndStopsAtTheFirstClick(FxRobot robot) {
    waitForAttack();
    waitFor("nothing to run", () -> button(robot).equals("Running"));
    robot.clickOn("#activities");
    assertTrue(robot.lookup("#activity-none").queryAs(Label.class).getText().contains("Nothing"));
    assertAllInSight(robot);
    robot.interact(() -> explore.settings().stepsProperty().set(1000));
    String name = "Attack on " + explore.attack().orElseThrow().model().card().name();
    waitFor(
        "time left", () -> row(robot, name).filter(r -> words(r).endsWith(" left")).isPresent());
    assertEquals("1 running", button(robot));
    ActivityRow row = row(robot, name).orElseThrow();
    assertTrue(words(row).matches("\\d+ of 100 pictures · \\d+ % · .+ left"), words(row));
    double before = progress(row);
    waitFor("progress", () -> progress(row) > before);
    assertTrue(row.getScene() != null, "the row that was there at first");
    robot.clickOn(stop(row));
    assertFalse(explore.busyProperty().get());
    assertTrue(robot.lookup("#activity-none").tryQuery().isPresent(), "it is gone at once");
    assertAllInSight(robot);
    assertEquals("Running", button(robot));
  }

  /** Nothing that little is scrolled. */
  private static void assertAllInSight(FxRobot robot) {
    VBox list = robot.lookup("#activity-list").queryAs(VBox.class);
    robot.interact(
        () -> {
          list.getScene().getRoot().layout();
          ScrollPane pane = (ScrollPane) list.getScene().lookup(".activity-pane");
          double room = pane.getViewportBounds().getHeight();
          double needed = list.prefHeight(list.getWidth());
          assertTrue(needed > 60 && needed <= room + 1, needed + " in " + room);
        });
  }

  private static double progress(ActivityRow row) {
    return ((ProgressBar) row.lookup(".progress-bar")).getProgress();
  }

  @Test
  void measuringIsListedAndStoppingItKeepsWhatWasMeasured(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#screen-compare").clickOn("#compare-measure").clickOn("#measure-start");
    robot.clickOn("#activities");
    waitFor(
        "time left",
        PATIENCE,
        () ->
            row(robot, "Measuring accuracies").filter(r -> words(r).endsWith(" left")).isPresent());
    robot.clickOn(stop(row(robot, "Measuring accuracies").orElseThrow()));
    assertEquals(State.PAUSED, window.measure().stateProperty().get());
    assertTrue(window.measure().study().isPresent());
  }

  @Test
  void thePlaygroundIsListedWhileItPlaysAndStoppingItPausesIt(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#screen-playground");
    robot.interact(() -> window.toy().change(setup -> setup.withEpochs(100_000)));
    robot.clickOn("#activities");
    waitFor(
        "time left",
        PATIENCE,
        () -> row(robot, "Playground").filter(r -> words(r).endsWith(" left")).isPresent());
    ActivityRow row = row(robot, "Playground").orElseThrow();
    assertTrue(words(row).matches("epoch \\d+ of 100,000 · \\d+ % · .+ left"), words(row));
    robot.clickOn(stop(row));
    assertFalse(window.toy().playingProperty().get());
    assertTrue(row(robot, "Playground").isEmpty());
  }

  @Test
  void anExportIsListedUntilItEndsOrIsStopped(FxRobot robot) throws InterruptedException {
    waitForAttack();
    ExportWatch watch = new ExportWatch("Export of grid.png");
    CountDownLatch release = new CountDownLatch(1);
    robot.interact(
        () ->
            BackgroundTask.of(
                    () -> {
                      watch.progress(0.25);
                      release.await();
                      watch.check();
                      return true;
                    })
                .within(watch.request())
                .listed(watch::activity)
                .start());
    robot.clickOn("#activities");
    waitFor(
        "progress",
        () -> row(robot, watch.activity().name()).filter(r -> progress(r) == 0.25).isPresent());
    ActivityRow row = row(robot, watch.activity().name()).orElseThrow();
    assertTrue(words(row).startsWith("25 % · ") && words(row).endsWith(" left"), words(row));
    robot.clickOn(stop(row));
    assertTrue(watch.request().isCancelled());
    assertEquals(
        List.of(),
        WaitForAsyncUtils.waitForAsyncFx(1000, () -> List.copyOf(BackgroundTask.underWay())));
    release.countDown();
  }
}
