package org.pagexplorer.ui.toy;

import java.util.concurrent.CompletableFuture;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.property.DoubleProperty;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/**
 * Trains the playground's networks and shows them, frame after frame; on the FX thread.
 *
 * <p>All panels are at the same step in every frame. A frame is so many steps that they take about
 * a twenty-fifth of a second; while it is painted the lanes work on the next one.
 */
final class FrameLoop {
  /** Of training a frame, so that some twenty frames are shown a second. */
  private static final double TRAINING_MILLIS = 38;

  /** Of an epoch that was asked for, so that it does not take long before the first. */
  private static final int FEWEST_AT_ONCE = 16;

  /** One is painted while the lanes work on the next. */
  private static final int FRAMES_IN_FLIGHT = 2;

  private static final int MOST_STEPS_A_FRAME = 250;

  /** Between two measurements on the test points while a network learns. */
  private static final long NUMBERS_NANOS = 1_000_000_000L;

  private final ToyViewModel model;
  private final DoubleProperty epochs;
  private final PauseTransition pause = new PauseTransition();
  private @Nullable Measured measured;
  private long numbersMeasured;
  private final Requests trainings = new Requests();
  private int steps;
  private int stepsAFrame = 1;
  private int wantedOnce;
  private int inFlight;
  private boolean repaint;
  private boolean settled;

  /** What the newest numbers are of; panning does not change them. */
  private record Measured(Request training, int steps, AttackSpecification attack) {}

  /**
   * @param epochs told how many are done and on the screen
   */
  FrameLoop(ToyViewModel model, DoubleProperty epochs) {
    this.model = model;
    this.epochs = epochs;
    pause.setOnFinished(event -> repaint());
  }

  /** The networks have started over. */
  void begin() {
    trainings.next();
    wantedOnce = 0;
    steps = 0;
    epochs.set(0);
    numbersMeasured = 0;
  }

  /** The epochs done stay done. */
  void batchChanged(int before) {
    int points = model.problemProperty().get().train().size();
    double done = (double) steps / Math.max(1, Math.ceilDiv(points, before));
    steps = (int) Math.round(done * stepsPerEpoch());
  }

  /** Steps that every panel has taken, those under way included: what is asked next comes after. */
  int steps() {
    return steps;
  }

  /** Whether every epoch is done. */
  boolean isFinished() {
    return steps > 0 && steps >= allSteps();
  }

  /** Whether all that there is to see is shown, or nobody sees it. */
  boolean isAtRest() {
    return inFlight == 0 && (!model.isShown() || settled && !repaint);
  }

  /** One step more, or what is left of the epoch. */
  void once(boolean epoch) {
    int within = (steps + wantedOnce) % stepsPerEpoch();
    wantedOnce += epoch ? stepsPerEpoch() - within : 1;
    repaint();
  }

  private int stepsPerEpoch() {
    return Math.max(
        1,
        Math.ceilDiv(
            model.problemProperty().get().train().size(), model.setupProperty().get().batch()));
  }

  private int allSteps() {
    return model.setupProperty().get().epochs() * stepsPerEpoch();
  }

  /** Something has changed that should be seen. */
  void repaint() {
    repaint = true;
    settled = false;
    next();
  }

  /** More frames, unless enough are under way or there is nothing to show. */
  private void next() {
    while (inFlight < FRAMES_IN_FLIGHT
        && model.isShown()
        && !model.panels().isEmpty()
        && model.view().hasSize()) {
      int toTrain = stepsNow();
      if (toTrain == 0 && (inFlight > 0 || !repaint && (settled || waits()))) {
        return;
      }
      frame(toTrain);
      if (pauses()) {
        return;
      }
    }
  }

  /** Whether the next slow frame is not due yet. */
  private boolean waits() {
    return pause.getStatus() == Animation.Status.RUNNING;
  }

  /** Whether frames are to follow one another slowly. */
  private boolean pauses() {
    return model.speedProperty().get().pauseMillis() > 0 && model.playingProperty().get();
  }

  private void frame(int toTrain) {
    boolean training = toTrain > 0;
    long now = System.nanoTime();
    Measured wanted =
        new Measured(trainings.latest(), steps + toTrain, model.setupProperty().get().attack());
    boolean numbers =
        !wanted.equals(measured) && (!training || now - numbersMeasured > NUMBERS_NANOS);
    numbersMeasured = numbers ? now : numbersMeasured;
    measured = numbers ? wanted : measured;
    settled = !training;
    repaint = false;
    inFlight++;
    steps += toTrain;
    double reached = (double) steps / stepsPerEpoch();
    FrameRequest request =
        model
            .view()
            .request(
                training,
                model.setupProperty().get().attack(),
                numbers,
                model.clickProperty().get());
    CompletableFuture<?>[] all =
        model.panels().stream()
            .map(panel -> panel.advance(toTrain, request))
            .toArray(CompletableFuture[]::new);
    Request mine = trainings.latest();
    CompletableFuture.allOf(all)
        .whenComplete((nothing, failure) -> shownFrame(mine, reached, failure));
  }

  private int stepsNow() {
    if (!model.problemProperty().get().train().isLearnable()) {
      return 0;
    }
    int left = wantedOnce > 0 ? Integer.MAX_VALUE : allSteps() - steps;
    if (left <= 0) {
      model.playingProperty().set(false);
      return 0;
    }
    if (wantedOnce > 0) {
      int once = Math.min(wantedOnce, Math.max(stepsAFrame, FEWEST_AT_ONCE));
      wantedOnce -= once;
      return once;
    }
    int most = model.speedProperty().get().steps(stepsAFrame, stepsPerEpoch());
    return model.playingProperty().get() && !waits() ? Math.min(left, most) : 0;
  }

  private void shownFrame(Request mine, double reached, @Nullable Throwable failure) {
    inFlight--;
    if (failure != null) {
      model.failed(failure);
      return;
    }
    if (!mine.isCancelled()) {
      epochs.set(reached);
    }
    double slowest =
        model.panels().stream().mapToDouble(PanelViewModel::stepMillis).max().orElse(0);
    if (slowest > 0) {
      stepsAFrame = Math.clamp(Math.round(TRAINING_MILLIS / slowest), 1, MOST_STEPS_A_FRAME);
    }
    if (pauses() && !waits()) {
      pause.setDuration(Duration.millis(model.speedProperty().get().pauseMillis()));
      pause.play();
    }
    next();
  }
}
