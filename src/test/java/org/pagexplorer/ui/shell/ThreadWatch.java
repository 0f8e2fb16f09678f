package org.pagexplorer.ui.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.testfx.api.FxRobot;

/** Looks at what a thread is doing, some hundred times a second. */
final class ThreadWatch implements AutoCloseable {
  private static final long MILLIS_BETWEEN = 3;

  private final Queue<List<StackTraceElement>> stacks = new ConcurrentLinkedQueue<>();
  private final Thread watched;
  private final Thread watching;

  private ThreadWatch(Thread watched) {
    this.watched = watched;
    watching = Thread.ofPlatform().daemon().name("watching").start(this::watch);
  }

  /** JavaFX's own thread, until it is closed. */
  static ThreadWatch ofFx(FxRobot robot) {
    Thread[] fx = new Thread[1];
    robot.interact(() -> fx[0] = Thread.currentThread());
    return new ThreadWatch(fx[0]);
  }

  private void watch() {
    try {
      while (!Thread.interrupted()) {
        stacks.add(Arrays.asList(watched.getStackTrace()));
        Thread.sleep(MILLIS_BETWEEN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int looks() {
    return stacks.size();
  }

  /** The calls in which it was seen of classes whose names begin so. */
  List<String> seen(String... beginnings) {
    return stacks.stream()
        .flatMap(List::stream)
        .filter(call -> Arrays.stream(beginnings).anyMatch(call.getClassName()::startsWith))
        .map(StackTraceElement::toString)
        .distinct()
        .toList();
  }

  @Override
  public void close() {
    watching.interrupt();
  }
}
