package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.lab.model.EngineLane;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class BackgroundTaskTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<Throwable> failed = new AtomicReference<>();
  private final Requests requests = new Requests();
  private final CountDownLatch begun = new CountDownLatch(1);

  @Start
  void start(Stage stage) {
    stage.show();
  }

  private <T> BackgroundTask<T> telling(BackgroundTask<T> task) {
    return task.onDone(result -> told.add("done " + result))
        .onFailed(
            failure -> {
              failed.set(failure);
              told.add("failed");
            })
        .andFinally(() -> told.add("end"));
  }

  private static String thrown(Error error) {
    throw error;
  }

  private String held(CountDownLatch latch) throws InterruptedException {
    begun.countDown();
    latch.await();
    return "held";
  }

  @Test
  void anErrorIsAnsweredAsAnExceptionIs(FxRobot robot) {
    StackOverflowError error = new StackOverflowError("while reading");
    robot.interact(() -> telling(BackgroundTask.of(() -> thrown(error))).start());
    waitFor("the end", () -> told.contains("end"));
    assertEquals(List.of("failed", "end"), told);
    assertSame(error, failed.get());
  }

  @Test
  void anAnswerThatFailsIsAFailureAndEndsAndIsNotHushedUp(FxRobot robot)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    IllegalStateException failure = new IllegalStateException("while showing");
    robot.interact(
        () ->
            telling(BackgroundTask.of(() -> "result"))
                .within(requests.next())
                .onDone(
                    done -> {
                      throw failure;
                    })
                .andFinally(ended::countDown)
                .start());
    assertTrue(ended.await(10, TimeUnit.SECONDS));
    assertEquals(List.of("failed"), told);
    assertSame(failure, failed.get());
    assertFalse(requests.isBusy());
    CountDownLatch after = new CountDownLatch(1);
    Platform.runLater(after::countDown);
    assertTrue(after.await(10, TimeUnit.SECONDS));
    Throwable uncaught = assertThrows(Throwable.class, WaitForAsyncUtils::checkException);
    assertTrue(uncaught.toString().contains("while showing") || uncaught.getCause() == failure);
    WaitForAsyncUtils.clearExceptions();
  }

  @Test
  void whatIsDoneComesBeforeTheEnd(FxRobot robot) {
    robot.interact(() -> telling(BackgroundTask.of(() -> 7)).start());
    waitFor("the end", () -> told.contains("end"));
    assertEquals(List.of("done 7", "end"), told);
  }

  @Test
  void ofTwoRequestsTheLatestIsAnsweredWhicheverComesFirst(FxRobot robot) {
    CountDownLatch release = new CountDownLatch(1);
    robot.interact(
        () -> {
          telling(BackgroundTask.of(() -> held(release))).within(requests.next()).start();
          assertTrue(requests.isBusy());
        });
    waitFor("the first to begin", () -> begun.getCount() == 0);
    robot.interact(
        () -> telling(BackgroundTask.of(() -> "latest")).within(requests.next()).start());
    waitFor("the latest", () -> told.contains("end"));
    assertEquals(List.of("done latest", "end"), told);
    assertFalse(requests.isBusy());
    release.countDown();
    waitFor("the end of both", () -> told.size() == 3);
    assertEquals(List.of("done latest", "end", "end"), told);
  }

  @Test
  void aRequestIsBusyUntilItsLastTaskHasEndedAndNotOnceItIsCancelled(FxRobot robot) {
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<String> one = new CompletableFuture<>();
    robot.interact(
        () -> {
          Request mine = requests.next();
          telling(BackgroundTask.of(() -> held(release))).within(mine).start();
          telling(BackgroundTask.after(one)).within(mine).start();
        });
    waitFor("the first to begin", () -> begun.getCount() == 0);
    one.completeExceptionally(new IllegalArgumentException("no"));
    waitFor("the other to end", () -> told.contains("end"));
    assertTrue(requests.isBusy());
    robot.interact(requests::cancel);
    assertFalse(requests.isBusy());
    release.countDown();
    waitFor("the end of both", () -> told.size() == 3);
    assertEquals(List.of("failed", "end", "end"), told);
    assertFalse(requests.isBusy());
  }

  @Test
  void whatNobodyWaitsForIsNotBegunAndALaneThatIsClosedAnswersToo(FxRobot robot) {
    CountDownLatch release = new CountDownLatch(1);
    try (EngineLane lane = new EngineLane("cpu")) {
      robot.interact(
          () -> {
            BackgroundTask.on(lane, l -> held(release)).start();
            telling(BackgroundTask.on(lane, l -> told.add("begun")))
                .within(requests.next())
                .start();
            requests.cancel();
          });
      release.countDown();
    }
    waitFor("the end", () -> told.contains("end"));
    assertEquals(List.of("end"), told);
    EngineLane closed = new EngineLane("cpu");
    closed.close();
    robot.interact(() -> telling(BackgroundTask.on(closed, l -> 1)).start());
    waitFor("the answer", () -> told.size() == 3);
    assertEquals(List.of("end", "failed", "end"), told);
  }

  @Test
  void filesUnderWayAreWaitedForButNotForLong(FxRobot robot) {
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<String> written = new AtomicReference<>("");
    robot.interact(
        () ->
            BackgroundTask.of(
                    () -> {
                      begun.countDown();
                      release.await();
                      written.set("whole");
                      return "";
                    })
                .start());
    waitFor("the work to begin", () -> begun.getCount() == 0);
    long before = System.nanoTime();
    FileThreads.finish(300);
    assertEquals("", written.get());
    assertTrue(System.nanoTime() - before < 5_000_000_000L, "it waits too long");
    Thread.ofVirtual().start(release::countDown);
    FileThreads.finish(60_000);
    assertEquals("whole", written.get());
  }
}
