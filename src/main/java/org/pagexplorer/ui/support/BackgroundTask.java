package org.pagexplorer.ui.support;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.model.EngineLane;

/**
 * Work off the FX thread, with its answers on it: one of {@link #onDone} and {@link #onFailed},
 * whatever the work throws, and then {@link #andFinally}. What should not fail is noted in any
 * case.
 *
 * <p>Set up and started on the FX thread.
 *
 * @param <T> what the work gives
 */
public final class BackgroundTask<T> {
  private final Function<Request, CompletionStage<@Nullable T>> work;
  private Request request = new Requests().latest(); // its own
  private Consumer<? super T> done = result -> {};
  private Consumer<? super Throwable> failed = failure -> {};
  private Runnable last = () -> {};
  private @Nullable Supplier<Activity> listed;

  private BackgroundTask(Function<Request, CompletionStage<@Nullable T>> work) {
    this.work = work;
  }

  /** Reads or writes files, on a virtual thread. */
  public static <T> BackgroundTask<T> of(Callable<T> work) {
    return new BackgroundTask<>(request -> FileThreads.submit(() -> unlessOver(request, work)));
  }

  /** Computes on an engine's lane, in its turn. */
  public static <T> BackgroundTask<T> on(EngineLane lane, EngineLane.Work<T> work) {
    return new BackgroundTask<>(
        request -> lane.submit(own -> unlessOver(request, () -> work.run(own))));
  }

  /** Waits for something that has been begun already. */
  public static <T> BackgroundTask<T> after(CompletionStage<T> begun) {
    return new BackgroundTask<>(request -> begun.thenApply(result -> result));
  }

  @SuppressWarnings("NullAway") // what stands in its place is dropped
  private static <T> T unlessOver(Request request, Callable<T> work) throws Exception {
    return request.isCancelled() ? null : work.call();
  }

  /**
   * The work is for a request: when that is over, it is not begun, and its answer is dropped. The
   * request's busy flag is set until the end, whatever it is.
   */
  public BackgroundTask<T> within(Request mine) {
    request = mine;
    return this;
  }

  /** Takes what the work gave. */
  public BackgroundTask<T> onDone(Consumer<? super T> answer) {
    done = answer;
    return this;
  }

  /** Takes what the work, or its answer, threw. */
  public BackgroundTask<T> onFailed(Consumer<? super Throwable> answer) {
    failed = answer;
    return this;
  }

  /** Comes last, in any case, also where the request is over. */
  public BackgroundTask<T> andFinally(Runnable answer) {
    last = answer;
    return this;
  }

  /** The window's list of what runs has it until its end, or until its request is over. */
  public BackgroundTask<T> listed(Supplier<Activity> activity) {
    listed = activity;
    return this;
  }

  /** How the tasks that are listed stand, the oldest first. */
  public static List<Activity> underWay() {
    return ListedTasks.now();
  }

  boolean isOver() {
    return request.isCancelled();
  }

  public void start() {
    request.taskBegan();
    if (listed != null) {
      ListedTasks.add(this, listed);
    }
    var _ =
        work.apply(request)
            .whenComplete(
                (result, failure) -> Platform.runLater(() -> answerAndEnd(result, failure)));
  }

  private void answerAndEnd(@Nullable T result, @Nullable Throwable failure) {
    try {
      if (!request.isCancelled()) {
        answer(result, failure);
      }
    } finally {
      request.taskEnded();
      ListedTasks.remove(this);
      last.run();
    }
  }

  @SuppressWarnings("NullAway") // null only where the work gives it
  private void answer(@Nullable T result, @Nullable Throwable failure) {
    if (failure != null) {
      failed.accept(failure);
      return;
    }
    try {
      done.accept(result);
    } catch (RuntimeException | Error e) {
      failed.accept(e);
      throw e; // it should not have failed
    }
  }
}
