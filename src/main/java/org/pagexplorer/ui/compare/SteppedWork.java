package org.pagexplorer.ui.compare;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/**
 * Long work of many steps, on the FX thread; its steps take turns with everything else on the
 * engine's lane. It may be paused within a step of an attack and resumed.
 *
 * @param <W> what is being done
 */
public final class SteppedWork<W> {
  private final EngineLane lane;
  private final Notice notice;
  private final Steps<W> steps;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.EMPTY);
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private @Nullable W work;
  private @Nullable AtomicBoolean beginning; // set once it is its turn; null when it is made
  private final Requests requests = new Requests();

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

    /** It cannot be resumed. */
    default void close(W work) {}

    /** Its last step is done; on the FX thread. */
    default void finished(W work) {}
  }

  SteppedWork(EngineLane lane, Notice notice, Steps<W> steps) {
    this.lane = lane;
    this.notice = notice;
    this.steps = steps;
  }

  /** From the beginning; {@code make} is called on the lane. */
  void start(Function<EngineLane, W> make) {
    AtomicBoolean turn = new AtomicBoolean();
    Request mine = next(turn);
    BackgroundTask.on(lane, l -> make(make, l, turn, mine))
        .within(mine)
        .onDone(
            made -> {
              dispose();
              beginning = null;
              work = made;
              changed();
              proceed(made, mine);
            })
        .onFailed(this::failed)
        .start();
  }

  /** On the lane: what nobody waits for anymore is closed at once. */
  private W make(Function<EngineLane, W> make, EngineLane l, AtomicBoolean turn, Request mine) {
    turn.set(true);
    Platform.runLater(this::changed);
    W made = make.apply(l);
    if (mine.isCancelled()) {
      steps.close(made);
    }
    return made;
  }

  /** Goes on where it was paused; false if there is nothing to go on with. */
  boolean resume() {
    if (work == null) {
      return false;
    }
    proceed(work, next(null));
    return true;
  }

  private Request next(@Nullable AtomicBoolean turn) {
    Request mine = requests.next();
    beginning = turn;
    state.set(State.RUNNING);
    changed();
    return mine;
  }

  private void proceed(W going, Request mine) {
    BackgroundTask.on(lane, l -> step(l, going, mine))
        .within(mine)
        .onDone(
            done -> {
              changed();
              if (done) {
                requests.cancel();
                state.set(State.DONE);
                steps.finished(going);
              } else {
                proceed(going, mine);
              }
            })
        .onFailed(this::failed)
        .start();
  }

  /** On the lane; whether all is done. */
  private boolean step(EngineLane l, W going, Request mine) {
    int before = steps.batch(going);
    if (!steps.isDone(going)) {
      steps.step(going, l, mine);
    }
    int now = steps.batch(going);
    if (now < before) {
      notice.sayLater(OutOfMemory.goingOnWith(now));
    }
    return steps.isDone(going);
  }

  private void failed(Throwable failure) {
    pause();
    notice.report(failure);
  }

  /** What was done before cannot be resumed. */
  private void dispose() {
    W before = work;
    if (before != null) {
      BackgroundTask.on(lane, l -> close(before)).start();
    }
  }

  private boolean close(W before) {
    steps.close(before);
    return true;
  }

  /** Stops within one step of an attack; what was done stays. */
  void pause() {
    if (state.get() == State.RUNNING) {
      requests.cancel();
      state.set(resting());
    }
  }

  private State resting() {
    return work == null ? State.EMPTY : steps.isDone(work) ? State.DONE : State.PAUSED;
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  /**
   * What a new beginning does before it takes the place of what was done before, in words; nothing
   * once it has.
   */
  Optional<String> preparation() {
    AtomicBoolean turn = beginning;
    return turn == null || state.get() != State.RUNNING
        ? Optional.empty()
        : Optional.of(turn.get() ? "loading the models" : "waiting for its turn");
  }

  /**
   * How it stands, while it runs.
   *
   * @param of how the work stands, once it is there
   */
  Optional<Activity> activity(String name, Function<W, Activity> of) {
    if (state.get() != State.RUNNING) {
      return Optional.empty();
    }
    return preparation()
        .map(words -> new Activity(name, name, words, -1, Double.NaN, this::pause))
        .or(() -> work().map(of));
  }

  /** What is being done, or was done before, if anything. */
  Optional<W> work() {
    return Optional.ofNullable(work);
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** Grows with everything that should be shown again. */
  ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
