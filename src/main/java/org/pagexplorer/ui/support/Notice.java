package org.pagexplorer.ui.support;

import javafx.application.Platform;

/** Where a sentence for the user is shown, over whatever screen there is; on the FX thread. */
@FunctionalInterface
public interface Notice {
  void say(String sentence);

  /** Says that something was done; it goes away by itself. */
  default void done(String sentence) {
    say(sentence);
  }

  /** Takes a sentence back, where it is still shown: its cause has gone. */
  default void withdraw(String sentence) {}

  /** Says what went wrong. */
  default void report(Throwable failure) {
    say(Sentence.of(failure));
  }

  /** From another thread. */
  default void sayLater(String sentence) {
    Platform.runLater(() -> say(sentence));
  }
}
