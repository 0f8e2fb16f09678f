package org.pagexplorer.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made when it is first needed, and then is there. On the FX thread.
 *
 * @param <T> what
 */
final class Later<T> {
  private final Supplier<T> make;
  private final List<Consumer<T>> told = new ArrayList<>();
  private @Nullable T made;

  Later(Supplier<T> make) {
    this.make = make;
  }

  T get() {
    T there = made;
    if (there == null) {
      there = make.get();
      made = there;
      for (Consumer<T> each : List.copyOf(told)) {
        each.accept(there);
      }
    }
    return there;
  }

  /** Tells of it once it is there, which may be now. */
  void whenThere(Consumer<T> action) {
    if (made == null) {
      told.add(action);
    } else {
      action.accept(made);
    }
  }
}
