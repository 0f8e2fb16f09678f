package org.pagexplorer.ui.support;

import java.util.concurrent.CompletionException;

/** What went wrong, in words for the user. */
public final class Sentence {
  private Sentence() {}

  /** A failure's own words; a future's failure is that of its work. */
  public static String of(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable shown = failure instanceof CompletionException && cause != null ? cause : failure;
    String message = shown.getMessage();
    return message == null ? shown.toString() : message;
  }
}
