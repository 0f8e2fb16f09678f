package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Playing an attack: pause, loop, and speed. */
@FxTest
class ScrubberTest {
  private static final int STEPS = 50;

  private final IntegerProperty scrubbed = new SimpleIntegerProperty(Scrubber.FOLLOW);
  private Scrubber scrubber;

  @Start
  void start(Stage stage) {
    scrubber =
        new Scrubber(
            new SimpleIntegerProperty(STEPS),
            scrubbed,
            () -> scrubbed.get() < 0 ? STEPS : scrubbed.get());
    stage.setScene(new Scene(scrubber, 600, 60));
    stage.show();
  }

  private void press(FxRobot robot) {
    robot.interact(() -> robot.lookup("#play").queryAs(Button.class).fire());
  }

  private static String state(FxRobot robot) {
    return robot.lookup("#play").query().getAccessibleText();
  }

  @SuppressWarnings("unchecked")
  private void speed(FxRobot robot, String now) {
    robot.interact(() -> ((ComboBox<String>) robot.lookup("#play-speed").query()).setValue(now));
  }

  @Test
  void aPauseKeepsTheStepAndPlayingGoesOnFromThere(FxRobot robot) {
    speed(robot, "¼×");
    press(robot);
    assertEquals("Pause", state(robot));
    waitFor("some steps", () -> scrubbed.get() >= 2);
    press(robot);
    assertEquals("Play", state(robot));
    int step = scrubbed.get();
    assertTrue(step >= 2 && step < STEPS, "step " + step);
    int[] least = {STEPS};
    robot.interact(
        () ->
            scrubbed.addListener(
                (property, old, now) -> least[0] = Math.min(least[0], now.intValue())));
    press(robot);
    waitFor("the next step", () -> scrubbed.get() > step);
    assertTrue(least[0] >= step, "it went back to " + least[0]);
    robot.interact(scrubber::stop);
  }

  @Test
  void aLoopBeginsAgainAndAnAttackThatBeginsAnewEndsIt(FxRobot robot) {
    speed(robot, "4×");
    robot.interact(() -> robot.lookup("#play-loop").queryAs(ToggleButton.class).fire());
    int[] ends = new int[1];
    robot.interact(
        () ->
            scrubbed.addListener(
                (property, old, now) -> ends[0] += now.intValue() == Scrubber.FOLLOW ? 1 : 0));
    press(robot);
    waitFor("its second end", () -> ends[0] >= 2);
    assertEquals("Pause", state(robot));
    waitFor("its third round", () -> scrubbed.get() > 0);
    robot.interact(() -> scrubbed.set(Scrubber.FOLLOW));
    assertEquals("Play", state(robot));
    assertEquals(Scrubber.FOLLOW, scrubbed.get());
  }
}
