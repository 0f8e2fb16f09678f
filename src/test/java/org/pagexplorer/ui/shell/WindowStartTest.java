package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Nobody looks at an empty window: its outlines come first. */
@FxTest
class WindowStartTest {
  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private final CountDownLatch ended = new CountDownLatch(1);
  private Stage stage;
  private WindowStart opening;

  @Start
  void start(Stage shown) {
    TinyHome.makeIn(folder);
    stage = shown;
    opening = new WindowStart(shown, List.of("cpu"), lane, ended::countDown);
    assertTrue(shown.isShowing());
    assertInstanceOf(Shell.class, shown.getScene().getRoot());
  }

  @AfterEach
  void close(FxRobot robot) throws InterruptedException {
    robot.interact(stage::hide);
    assertTrue(ended.await(1, TimeUnit.MINUTES));
    lane.close();
  }

  @Test
  void theOutlinesArePaintedBeforeTheWindowIsMade(FxRobot robot) {
    robot.interact(() -> opening.fillSoon(Assertions::fail));
    waitFor(
        "the window",
        Duration.ofSeconds(60),
        () -> stage.getScene().getRoot() instanceof MainWindow);
    assertTrue(stage.isShowing());
  }

  @Test
  void aWindowThatCannotBeFilledClosesSaysWhyAndCountsAsACrash(FxRobot robot) throws Exception {
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    CountDownLatch closed = new CountDownLatch(1);
    AtomicReference<Stage> other = new AtomicReference<>();
    robot.interact(
        () -> {
          other.set(new Stage());
          new WindowStart(other.get(), List.of("cpu", "no\0file's name"), lane, closed::countDown)
              .fillSoon(broken::complete);
        });
    assertInstanceOf(InvalidPathException.class, broken.get(1, TimeUnit.MINUTES));
    assertTrue(closed.await(1, TimeUnit.MINUTES));
    WaitForAsyncUtils.waitForFxEvents();
    assertFalse(other.get().isShowing());
    assertTrue(Problems.last().orElseThrow().details().contains("InvalidPathException"));
    Path mark = folder.resolve("user/open/" + ProcessHandle.current().pid());
    assertTrue(Files.exists(mark), "the next start says so");
  }

  @Test
  void aWindowThatIsClosedAtOnceIsNeverMade(FxRobot robot) {
    robot.interact(
        () -> {
          stage.hide();
          opening.fill();
        });
    WaitForAsyncUtils.waitForFxEvents();
    assertInstanceOf(Shell.class, stage.getScene().getRoot());
  }
}
