package org.pagexplorer.cli;

import java.util.Objects;
import org.pagexplorer.domain.UserException;

/** What is wrong with a command line that a form has put together. */
final class FormSentence {
  private FormSentence() {}

  /** A form has fields, not options. */
  static UserException of(RuntimeException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "Something is wrong");
    String words = message.startsWith("--") ? message.substring(2) : message;
    return new UserException(words.endsWith(".") ? words : words + ".", e);
  }
}
