package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.time.Duration;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A tooltip is made when the pointer comes, and says what is set by then. */
@FxTest
class TipsTest {
  private final StackPane pane = new StackPane();
  private Button button;

  @Start
  void start(Stage stage) {
    button = new Button("run");
    Tips.on(button, "Runs it");
    stage.setScene(new Scene(pane, 300, 200));
    stage.show();
  }

  private void moveAway(FxRobot robot) {
    robot.moveTo(pane.localToScreen(new Point2D(5, 5)));
  }

  private static String shown() {
    return Window.getWindows().stream()
        .filter(window -> window instanceof Tooltip)
        .map(window -> ((Tooltip) window).getText())
        .findFirst()
        .orElse("");
  }

  @Test
  void whoRestsOnAControlReadsWhatItDoes(FxRobot robot) {
    moveAway(robot);
    robot.interact(() -> pane.getChildren().add(button));
    assertNull(button.getTooltip(), "a window of its own, before anybody asks");
    robot.moveTo(button);
    waitFor("the tooltip", Duration.ofSeconds(20), () -> shown().equals("Runs it"));
    robot.interact(() -> Tips.on(button, "Stops it"));
    assertEquals("Stops it", shown());
    assertEquals("Stops it", Tips.said(button));
    robot.interact(() -> Tips.none(button));
    assertNull(button.getTooltip());
    assertEquals("", Tips.said(button));
    moveAway(robot);
    robot.moveTo(button);
    robot.interact(() -> assertNull(button.getTooltip(), "nothing is said of it now"));
  }
}
