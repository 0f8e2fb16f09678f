package org.pagexplorer.ui.shell;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.beans.property.DoubleProperty;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.explore.ExploreViewModel;

/**
 * Within a window that {@link StartBench} has started: says on standard output, at once, when it is
 * painted and when pictures are there, moves ε some times, and closes the window.
 */
final class WindowProbe extends AnimationTimer {
  /** A system property that asks for it. */
  static final String PROPERTY = "pag.probe";

  static final String SHELL = "shell";
  static final String PAINTED = "painted";
  static final String PICTURES = "pictures";
  static final String MOVED = "moved";
  static final String ANSWERED = "answered";
  static final String STEPPED = "stepped";
  static final String CLOSING = "closing";
  static final String HIDDEN = "hidden";

  /** How far an attack has to come before a step's time is known. */
  static final int STEPS = 6;

  private static final int MOVES = 4;
  private static final int FRAMES = 2;

  private final Stage stage;
  private final ExploreViewModel explore;
  private Optional<GridAttack> before = Optional.empty();
  private String awaited = PAINTED;
  private int frames;
  private int moves;

  private WindowProbe(Stage stage, ExploreViewModel explore) {
    this.stage = stage;
    this.explore = explore;
  }

  /** Says a word where the property asks for it. */
  static void say(String word) {
    if (Boolean.getBoolean(PROPERTY)) {
      System.out.println(word);
    }
  }

  /** Begins where the property asks for it; the stage is shown already. */
  static void watch(Stage stage, MainWindow window) {
    if (Boolean.getBoolean(PROPERTY)) {
      stage.showingProperty().addListener((property, old, now) -> say(now ? "shown" : HIDDEN));
      new WindowProbe(stage, window.explore()).start();
    }
  }

  @Override
  public void handle(long now) {
    frames++;
    switch (awaited) {
      // The second frame begins when the first one has been painted.
      case PAINTED -> await(() -> frames >= FRAMES, PICTURES);
      case PICTURES -> await(() -> explore.stepOf(0) > 0, STEPPED);
      case ANSWERED -> await(this::isAnswered, STEPPED);
      default -> {
        if (explore.stepOf(0) > STEPS) {
          System.out.println(STEPPED + " " + (explore.stepOf(0) - 1));
          proceed();
        }
      }
    }
  }

  private void await(BooleanSupplier condition, String next) {
    if (condition.getAsBoolean()) {
      System.out.println(awaited);
      awaited = next;
    }
  }

  private boolean isAnswered() {
    return !explore.attack().equals(before) && explore.stepOf(0) > 0;
  }

  private void proceed() {
    if (moves++ < MOVES) {
      before = explore.attack();
      awaited = ANSWERED;
      System.out.println(MOVED);
      DoubleProperty epsilon = explore.settings().epsilonProperty();
      epsilon.set(epsilon.get() * (moves % 2 == 0 ? 2 : 0.5));
    } else {
      stop();
      System.out.println(CLOSING);
      stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
    }
  }
}
