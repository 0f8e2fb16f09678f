package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What nobody caught is said in the window, whatever thread it was on. */
@FxTest
class NoticeTest {
  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private Stage stage;

  @Start
  void start(Stage shown) {
    TinyHome.makeIn(folder);
    stage = shown;
    PagApplication.show(shown, List.of("cpu"), lane, () -> {});
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(stage::hide);
    lane.close();
  }

  @Test
  void anErrorOnAnyThreadIsANoticeWithDetailsToCopy(FxRobot robot) throws Exception {
    Thread.ofPlatform()
        .start(
            () -> {
              throw new OutOfMemoryError("Java heap space, in a test");
            })
        .join();
    Label words = robot.lookup("#notice-text").queryAs(Label.class);
    waitFor("the notice", () -> words.getText().contains("ran out of memory"));
    assertTrue(robot.lookup("#notice").query().isVisible());
    String copied = NoticeBar.withDetails(words.getText());
    assertTrue(copied.startsWith(words.getText()), copied);
    assertTrue(copied.contains("java.lang.OutOfMemoryError: Java heap space, in a test"), copied);
    assertTrue(copied.contains("at " + NoticeTest.class.getName()), copied);
    assertTrue(Files.readString(Problems.log()).contains("in a test"));
    assertTrue(NoticeBar.withDetails("\"First\": " + words.getText()).contains("in a test"));
    assertEquals("Saved grid.png.", NoticeBar.withDetails("Saved grid.png."));
  }
}
