package org.pagexplorer.dataset;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Says the first of several things, which threads may say at once. */
final class Once<T> {
  private final Consumer<? super T> say;
  private final AtomicBoolean said = new AtomicBoolean();

  Once(Consumer<? super T> say) {
    this.say = say;
  }

  static <T> Once<T> silent() {
    return new Once<>(_ -> {});
  }

  void say(T what) {
    if (said.compareAndSet(false, true)) {
      say.accept(what);
    }
  }
}
