package org.pagexplorer.ui.shell;

import javafx.animation.PauseTransition;
import javafx.beans.property.StringProperty;
import javafx.util.Duration;
import org.pagexplorer.ui.support.Notice;

/** The window's sentence for its user; the latest one counts. */
final class WindowNotice implements Notice {
  /** Long enough to read a file's name twice. */
  static final Duration READ = Duration.seconds(10);

  private final StringProperty text;
  private final PauseTransition reading = new PauseTransition(READ);

  /**
   * @param text the sentence that is shown; empty for none
   */
  WindowNotice(StringProperty text) {
    this.text = text;
    text.addListener((property, old, now) -> reading.stop());
  }

  @Override
  public void say(String sentence) {
    reading.stop();
    text.set(sentence);
  }

  @Override
  public void done(String sentence) {
    say(sentence);
    reading.setOnFinished(event -> withdraw(sentence));
    reading.playFromStart();
  }

  @Override
  public void withdraw(String sentence) {
    if (text.get().equals(sentence)) {
      text.set("");
    }
  }
}
