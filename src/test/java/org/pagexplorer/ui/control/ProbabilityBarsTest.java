package org.pagexplorer.ui.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ProbabilityBarsTest {
  private ProbabilityBars bars;

  @Start
  void start(Stage stage) {
    bars = new ProbabilityBars(); // a control before JavaFX is up spoils its class for the process
    Scene scene = new Scene(new StackPane(bars), 300, 200);
    Theme.LIGHT.applyTo(scene);
    stage.setScene(scene);
    stage.show();
  }

  private List<Label> numbers(FxRobot robot) {
    return robot.lookup(".probability-number").queryAllAs(Label.class).stream()
        .filter(Label::isVisible)
        .toList();
  }

  private void show(FxRobot robot, float before, float after) {
    float[] first = {before, 1 - before};
    float[] second = {after, 1 - after};
    robot.interact(() -> bars.show("words", List.of("airplane", "automobile"), first, second, 0));
  }

  @Test
  void aHundredPercentIsReadToItsLastCharacter(FxRobot robot) {
    show(robot, 1, 1);
    assertEquals("100 % → 100 %", numbers(robot).getFirst().getText());
    for (Label number : numbers(robot)) {
      assertEquals(number.getText(), ((Text) number.lookup(".text")).getText());
    }
  }

  @Test
  void otherNumbersMoveNothing(FxRobot robot) {
    show(robot, 1, 1);
    Label number = numbers(robot).getFirst();
    double x = number.getLayoutX();
    show(robot, 0, 0.04f);
    assertEquals("0 % → 4 %", number.getText());
    assertEquals(x, number.getLayoutX());
  }
}
