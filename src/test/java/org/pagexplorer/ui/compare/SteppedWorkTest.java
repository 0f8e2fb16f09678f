package org.pagexplorer.ui.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pagexplorer.ui.support.Waiting.hold;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Whatever fails, the state says what is there to go on with. */
@FxTest
class SteppedWorkTest {
  private final EngineLane lane = new EngineLane("cpu");
  private final List<String> said = new ArrayList<>();
  private final SteppedWork<AtomicInteger> work =
      new SteppedWork<>(
          lane,
          said::add,
          new SteppedWork.Steps<>() {
            @Override
            public void step(AtomicInteger left, EngineLane l, AttackObserver stop) {
              if (left.decrementAndGet() == 5) {
                throw new AssertionError("five");
              }
            }

            @Override
            public boolean isDone(AtomicInteger left) {
              return left.get() == 0;
            }

            @Override
            public int batch(AtomicInteger left) {
              return 1;
            }

            @Override
            public void finished(AtomicInteger left) {
              said.add("finished");
            }
          });

  @Start
  void start(Stage stage) {
    stage.setTitle("only the thread is needed");
  }

  @AfterEach
  void closeLane() {
    lane.close();
  }

  private State state() {
    return work.stateProperty().get();
  }

  @Test
  void aNewBeginningThatFailsLeavesWhatWasDoneDone(FxRobot robot) {
    robot.interact(() -> work.start(l -> new AtomicInteger(3)));
    waitFor("the end", () -> state() == State.DONE);
    robot.interact(
        () ->
            work.start(
                l -> {
                  throw new UserException("It cannot be read.");
                }));
    waitFor("the sentence", () -> said.contains("It cannot be read."));
    assertEquals(State.DONE, state());
  }

  @Test
  void aNewBeginningThatIsStoppedLeavesWhatWasDoneDone(FxRobot robot) {
    robot.interact(() -> work.start(l -> new AtomicInteger(3)));
    waitFor("the end", () -> state() == State.DONE);
    CountDownLatch hold = new CountDownLatch(1);
    robot.interact(
        () -> {
          work.start(
              l -> {
                hold(hold);
                return new AtomicInteger(9);
              });
          assertEquals(State.RUNNING, state());
          work.pause();
        });
    assertEquals(State.DONE, state());
    hold.countDown();
    assertEquals(List.of("finished"), said, "the stopped one is not said to be finished");
  }

  private String doing() {
    AtomicReference<String> words = new AtomicReference<>();
    Platform.runLater(
        () ->
            words.set(
                work.activity("W", w -> new Activity("W", "W", w + " left", 0, 0, () -> {}))
                    .map(Activity::state)
                    .orElse("nothing")));
    waitFor("the words", () -> words.get() != null);
    return words.get();
  }

  @Test
  void aNewBeginningSaysWhatItWaitsForAndNotHowTheWorkBeforeStood(FxRobot robot) {
    assertEquals("nothing", doing());
    robot.interact(() -> work.start(l -> new AtomicInteger(3)));
    waitFor("the end", () -> state() == State.DONE);
    CountDownLatch others = new CountDownLatch(1);
    CountDownLatch own = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    var _ =
        lane.submit(
            l -> {
              hold(others);
              return true;
            });
    List<String> shown = new ArrayList<>();
    robot.interact(
        () -> {
          work.stateProperty()
              .addListener((property, old, now) -> shown.add(work.preparation().orElse("")));
          work.start(
              l -> {
                begun.countDown();
                hold(own);
                return new AtomicInteger(4);
              });
        });
    assertEquals(List.of("waiting for its turn"), shown, "as soon as it is shown to be running");
    assertEquals("waiting for its turn", doing());
    others.countDown();
    waitFor("its turn", () -> begun.getCount() == 0);
    assertEquals("loading the models", doing());
    own.countDown();
    waitFor("the end", () -> state() == State.DONE);
    assertEquals("nothing", doing());
    assertEquals(List.of("finished", "finished"), said);
  }

  @Test
  void anErrorEndsTheStepsAndTheyCanGoOn(FxRobot robot) {
    robot.interact(() -> work.start(l -> new AtomicInteger(7)));
    waitFor("the sentence", () -> said.contains(Problems.sentence(new AssertionError("five"))));
    assertEquals(State.PAUSED, state());
    robot.interact(work::resume);
    waitFor("the end", () -> state() == State.DONE);
  }

  @Test
  void nothingBegunIsNothingToGoOnWith(FxRobot robot) {
    robot.interact(
        () ->
            work.start(
                l -> {
                  throw new StackOverflowError("deep");
                }));
    waitFor("the sentence", () -> said.contains(Problems.sentence(new StackOverflowError("deep"))));
    assertEquals(State.EMPTY, state());
  }
}
