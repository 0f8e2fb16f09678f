package org.pagexplorer.ui.compare;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.Sentence;

/**
 * Long work of many steps, on the FX thread; its steps take turns with everything else on the
 * engine's lane. It may be paused within a step of an attack and gone on with.
 *
 * @param <W> what is being done
 */
public final class SteppedWork<W> {
  private final EngineLane lane;
  private final Consumer<String> say;
  private final Steps<W> steps;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.EMPTY);
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private @Nullable W work;
  private @Nullable Stop stop;

  /** How far it is. */
  public enum State {
    EMPTY,
    RUNNING,
    PAUSED,
    DONE
  }

  /** How such work is done; called on the lane where nothing else is said. */
  interface Steps<W> {
    void step(W work, EngineLane lane, AttackObserver stop);

    /** From any thread. */
    boolean isDone(W work);

    /** Images of a step, halved where memory is short. */
    int batch(W work);

    /** It will never be gone on with. */
    default void close(W work) {}
  }

  /** Ends the steps of one press of a button. */
  private static final class Stop implements AttackObserver {
    private volatile boolean pressed;

    @Override
    public boolean isCancelled() {
      return pressed;
    }
  }

  SteppedWork(EngineLane lane, Consumer<String> say, Steps<W> steps) {
    this.lane = lane;
    this.say = say;
    this.steps = steps;
  }

  /** From the beginning; {@code make} is called on the lane. */
  void start(Function<EngineLane, W> make) {
    pause();
    Stop own = new Stop();
    W before = work;
    stop = own;
    state.set(State.RUNNING);
    lane.submit(
            l -> {
              W made = make.apply(l);
              if (before != null) {
                steps.close(before);
              }
              return made;
            })
        .whenComplete(
            (made, failure) ->
                Platform.runLater(
                    () -> {
                      if (failure != null) {
                        failed(own, failure);
                      } else if (stop == own) {
                        work = made;
                        changed();
                        proceed(made, own);
                      }
                    }));
  }

  /** Goes on where it was paused; false if there is nothing to go on with. */
  boolean resume() {
    W going = work;
    if (going == null) {
      return false;
    }
    pause();
    Stop own = new Stop();
    stop = own;
    state.set(State.RUNNING);
    proceed(going, own);
    return true;
  }

  private void proceed(W going, Stop own) {
    lane.submit(
            l -> {
              int before = steps.batch(going);
              if (!steps.isDone(going)) {
                steps.step(going, l, own);
              }
              int now = steps.batch(going);
              if (now < before) {
                Platform.runLater(() -> say.accept(OutOfMemory.goingOnWith(now)));
              }
              return steps.isDone(going);
            })
        .whenComplete(
            (done, failure) -> Platform.runLater(() -> stepped(going, own, done, failure)));
  }

  private void stepped(W going, Stop own, @Nullable Boolean done, @Nullable Throwable failure) {
    if (failure != null) {
      failed(own, failure);
    } else if (stop == own) {
      changed();
      if (Boolean.TRUE.equals(done)) {
        stop = null;
        state.set(State.DONE);
      } else {
        proceed(going, own);
      }
    }
  }

  private void failed(Stop own, Throwable failure) {
    if (stop == own) {
      stop = null;
      state.set(resting());
      say.accept(Sentence.of(failure));
    }
  }

  /** Stops within one step of an attack; what was done stays. */
  void pause() {
    if (stop != null) {
      stop.pressed = true;
      stop = null;
      state.set(resting());
    }
  }

  private State resting() {
    return work == null ? State.EMPTY : steps.isDone(work) ? State.DONE : State.PAUSED;
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  /** What is being done, if anything is. */
  Optional<W> work() {
    return Optional.ofNullable(work);
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** Grows with everything that should be shown anew. */
  ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
