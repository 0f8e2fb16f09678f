package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.compare.ReproduceViewModel;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Reproducing the paper from Measure: listed while it runs, and stopped at once. */
class ReproduceWindowTest extends WindowFixture {

  @Start
  void start(Stage stage) {
    open(stage, 2);
  }

  private static long accuracies(Path parts) {
    File[] files = parts.toFile().listFiles((dir, name) -> name.startsWith("accuracy-"));
    return files == null ? 0 : files.length;
  }

  @Test
  void itIsListedWhileItRunsAndKeepsFinishedStepsWhenItIsStopped(FxRobot robot) {
    ReproduceViewModel reproduction = window.measure().reproduction();
    waitFor("images", PATIENCE, () -> !window.explore().rows().images().isEmpty());
    robot.clickOn("#screen-compare");
    robot.clickOn("#compare-measure");
    Path page = folder.resolve("paper.html");
    dialogs.saved = Optional.of(page);
    robot.interact(
        () -> {
          window.measure().imagesProperty().set(10);
          robot.lookup("#measure-reproduce").queryAs(Button.class).fire();
        });
    assertTrue(reproduction.activity().isPresent(), "it is listed");
    Path parts = folder.resolve("paper-parts");
    waitFor("both models' accuracies", PATIENCE, () -> accuracies(parts) == 2);
    robot.interact(() -> reproduction.activity().orElseThrow().stop().run());
    assertEquals(State.PAUSED, reproduction.stateProperty().get());
    assertFalse(reproduction.activity().isPresent());
    lane.submit(l -> true).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    assertFalse(Files.exists(page));
    assertEquals(2, accuracies(parts), "finished steps stay");
  }
}
