package org.pagexplorer.ui.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.support.EveryControl;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ToyControlsTest extends ToyStage {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  private Object state() {
    PlaneView plane = model.view();
    return List.of(
        model.setupProperty().get(),
        model.speedProperty().get(),
        model.toolProperty().get(),
        model.points().automaticEpsilonProperty().get(),
        plane.pointsProperty().get(),
        plane.confidenceProperty().get(),
        plane.gradientsProperty().get(),
        plane.marginsProperty().get(),
        plane.ballProperty().get());
  }

  @Test
  void everyControlSetsThePlayground(FxRobot robot) {
    pause(robot);
    robot.interact(
        () -> model.points().automaticEpsilonProperty().set(false)); // lest ε be disabled
    assertEquals(
        Set.of(
            "panel-lambda",
            "panel-method",
            "toy-activation",
            "toy-auto-epsilon",
            "toy-ball",
            "toy-batch",
            "toy-confidence",
            "toy-data",
            "toy-epsilon",
            "toy-gradients",
            "toy-hidden",
            "toy-lr",
            "toy-margins",
            "toy-max-epochs",
            "toy-neighbors",
            "toy-seed",
            "toy-shown-points",
            "toy-speed",
            "toy-tool-blue",
            "toy-tool-erase",
            "toy-tool-orange"),
        EveryControl.isFollowed(robot, () -> view, this::state));
  }
}
