package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.concurrent.TimeUnit;
import javafx.scene.control.ComboBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.GridAttack;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A device that is listed and cannot be used; {@link OutdatedPicturesTest} has one that can. */
class DeviceChangeTest extends WindowFixture {
  DeviceChangeTest() {
    super(new EngineLane("cpu", "engine", 0, DeviceChangeTest::open));
  }

  private static TorchEngine open(String name) {
    if (!name.equals("cpu")) {
      throw new UserException("There is no memory left on " + name + "; close other programs.");
    }
    return TorchEngine.open(name);
  }

  @Start
  void start(Stage stage) {
    open(stage, 2);
  }

  private TorchEngine engine() {
    return lane.submit(EngineLane::engine).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Test
  void itLeavesTheFormerOneWhichComputesOn(FxRobot robot) {
    GridAttack before = waitForAttack();
    TorchEngine former = engine();
    @SuppressWarnings("unchecked")
    ComboBox<String> devices = robot.lookup("#device").queryAs(ComboBox.class);
    robot.interact(
        () -> {
          devices.getItems().add("cuda:0");
          devices.setValue("cuda:0");
        });
    waitFor(
        "what is wrong",
        PATIENCE,
        () -> window.noticeProperty().get().startsWith("There is no memory left on cuda:0"));
    assertEquals("cpu", devices.getValue());
    assertSame(former, engine());
    robot.interact(() -> explore.settings().epsilonProperty().set(3));
    waitFor(
        "another attack",
        PATIENCE,
        () -> explore.attack().filter(now -> now != before && now.isFinished()).isPresent());
    assertEquals("cpu", explore.attack().orElseThrow().device());
  }
}
