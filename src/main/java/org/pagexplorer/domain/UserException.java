package org.pagexplorer.domain;

import org.jspecify.annotations.Nullable;

/**
 * Something the user can mend. The message is one sentence that says what was wrong with what and
 * what to do; both the window and the command line show just that sentence. Whatever names of files
 * it quotes, a terminal may print it.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserException(String sentence) {
    super(Printable.of(sentence));
  }

  public UserException(String sentence, @Nullable Throwable cause) {
    super(Printable.of(sentence), cause);
  }
}
