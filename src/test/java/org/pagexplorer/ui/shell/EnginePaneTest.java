package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.engine.natives.Preparation;
import org.pagexplorer.engine.natives.Preparation.Offer;
import org.pagexplorer.ui.support.EveryButton;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** PyTorch arriving, played by the test. */
@FxTest
class EnginePaneTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Offer OFFER =
      new Offer("PyTorch 2.7.1 for CUDA 12.8", "publish.djl.ai", 2_600_000_000L, "/home/me/.djl");

  private final AtomicInteger attempts = new AtomicInteger();
  private EnginePane pane;
  private Preparation preparation;
  private Stage stage;

  @Start
  void start(Stage shown) {
    stage = shown;
    pane = new EnginePane(attempts::incrementAndGet);
    preparation = pane.preparation();
    stage.setScene(new Scene(pane, 900, 600));
    stage.show();
  }

  private CompletableFuture<Boolean> offer() {
    CompletableFuture<Boolean> answer =
        CompletableFuture.supplyAsync(() -> preparation.mayDownload(OFFER));
    waitFor("the question", PATIENCE, () -> pane.isVisible());
    return answer;
  }

  private static String words(FxRobot robot) {
    return robot.lookup("#engine-words").queryAs(Label.class).getText();
  }

  @Test
  void nothingIsFetchedBeforeTheUserAgrees(FxRobot robot) throws Exception {
    assertFalse(pane.isVisible());
    CompletableFuture<Boolean> answer = offer();
    assertTrue(words(robot).contains("2.6 GB from publish.djl.ai"), words(robot));
    assertTrue(words(robot).contains("/home/me/.djl"), words(robot));
    assertFalse(answer.isDone());
    robot.clickOn("#engine-download");
    assertTrue(answer.get());
  }

  @Test
  void aRefusalIsNotAskedAgainUntilTheUserTries(FxRobot robot) throws Exception {
    CompletableFuture<Boolean> answer = offer();
    robot.clickOn("#engine-refuse");
    assertFalse(answer.get());
    assertFalse(preparation.mayDownload(OFFER));
    Platform.runLater(() -> pane.failed("It is not here."));
    waitFor("the sentence", PATIENCE, () -> words(robot).equals("It is not here."));
    robot.clickOn("#engine-again");
    assertEquals(1, attempts.get());
    assertFalse(pane.isVisible());
    CompletableFuture<Boolean> second = offer();
    robot.clickOn("#engine-download");
    assertTrue(second.get());
  }

  @Test
  void progressIsShownAndCanBeCancelled(FxRobot robot) {
    preparation.progress("Downloading PyTorch", 0, 4_000_000_000L);
    waitFor("the progress", PATIENCE, () -> pane.isVisible());
    preparation.progress("Downloading PyTorch", 4_000_000_000L, 4_000_000_000L);
    waitFor(
        "the end",
        PATIENCE,
        () -> robot.lookup("#engine-progress").queryAs(ProgressBar.class).getProgress() == 1);
    assertEquals("Downloading PyTorch …", words(robot));
    String left = robot.lookup("#engine-left").queryAs(Label.class).getText();
    assertTrue(left.startsWith("4.00 of 4.00 GB, "), left);
    assertFalse(preparation.isCancelled());
    robot.clickOn("#engine-cancel");
    assertTrue(preparation.isCancelled());
    Platform.runLater(() -> pane.failed("The download was canceled."));
    waitFor("the sentence", PATIENCE, () -> words(robot).equals("The download was canceled."));
    assertFalse(preparation.mayDownload(OFFER), "others do not ask over a failure");
    robot.clickOn("#engine-close");
    assertFalse(pane.isVisible());
  }

  @Test
  void everyButtonDoesWhatItIsForAfterACollection(FxRobot robot) {
    EveryButton buttons = new EveryButton(robot, () -> pane);
    buttons.press("engine-download", offer()::isDone);
    CompletableFuture<Boolean> refused = offer();
    buttons.press("engine-refuse", () -> refused.isDone() && !refused.get());
    Platform.runLater(() -> pane.failed("It is not here."));
    buttons.press("engine-again", () -> attempts.get() == 1);
    preparation.progress("Downloading PyTorch", 0, 4_000_000_000L);
    buttons.press("engine-cancel", preparation::isCancelled);
    Platform.runLater(() -> pane.failed("It is not here."));
    buttons.press("engine-close", () -> !pane.isVisible());
    buttons.wereAllPressed();
  }

  @Test
  void theCardGoesWhoeverHasBroughtPyTorch(FxRobot robot) {
    preparation.progress("Unpacking PyTorch", 1, 2);
    waitFor("the progress", PATIENCE, () -> pane.isVisible());
    preparation.arrived();
    waitFor("the end", PATIENCE, () -> !pane.isVisible());
  }

  @Test
  void theDoctorsReportCanBeCopied(FxRobot robot) throws Exception {
    Platform.runLater(() -> Help.show(stage, TourStep.ROW, () -> {}));
    waitFor("help", PATIENCE, () -> robot.lookup("#help-doctor").tryQuery().isPresent());
    robot.clickOn("#help-doctor");
    waitFor(
        "the report",
        PATIENCE,
        () ->
            robot
                .lookup("#doctor-text")
                .tryQueryAs(TextArea.class)
                .filter(text -> text.getText().contains("PyTorch's cache"))
                .isPresent());
    robot.clickOn("#doctor-copy");
    String shown = robot.lookup("#doctor-text").queryAs(TextArea.class).getText();
    CompletableFuture<String> copied = new CompletableFuture<>();
    Platform.runLater(() -> copied.complete(Clipboard.getSystemClipboard().getString()));
    assertEquals(shown, copied.get());
  }
}
