package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class BackgroundTest {
  private final AtomicReference<Throwable> failed = new AtomicReference<>();

  @Start
  void start(Stage stage) {
    stage.show();
  }

  @Test
  void anErrorIsAnsweredAsAnExceptionIs() {
    StackOverflowError error = new StackOverflowError("while reading");
    Background.run(
        () -> {
          throw error;
        },
        done -> {},
        failed::set);
    waitFor("the answer", () -> failed.get() != null);
    assertSame(error, failed.get());
  }

  @Test
  void anAnswerThatFailsIsAFailureAndIsNotHushedUp() throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    IllegalStateException failure = new IllegalStateException("while showing");
    Background.run(
        () -> "result",
        done -> {
          throw failure;
        },
        e -> {
          failed.set(e);
          answered.countDown();
        });
    assertTrue(answered.await(10, TimeUnit.SECONDS));
    assertSame(failure, failed.get());
    CountDownLatch after = new CountDownLatch(1);
    Platform.runLater(after::countDown);
    assertTrue(after.await(10, TimeUnit.SECONDS));
    Throwable uncaught = assertThrows(Throwable.class, WaitForAsyncUtils::checkException);
    assertTrue(uncaught.toString().contains("while showing") || uncaught.getCause() == failure);
    WaitForAsyncUtils.clearExceptions();
  }

  @Test
  void filesUnderWayAreWaitedForButNotForLong() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<String> written = new AtomicReference<>("");
    Background.run(
        () -> {
          begun.countDown();
          release.await();
          written.set("whole");
          return "";
        },
        done -> {},
        failed::set);
    waitFor("the work to begin", () -> begun.getCount() == 0);
    long before = System.nanoTime();
    Background.finish(300);
    assertEquals("", written.get());
    assertTrue(System.nanoTime() - before < 5_000_000_000L, "it waits too long");
    Thread.ofVirtual().start(release::countDown);
    Background.finish(60_000);
    assertEquals("whole", written.get());
  }
}
