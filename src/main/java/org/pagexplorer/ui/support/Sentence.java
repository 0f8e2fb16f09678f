package org.pagexplorer.ui.support;

import org.pagexplorer.lab.Problems;

/** What went wrong, in words for the user. */
public final class Sentence {
  private Sentence() {}

  /** A failure's own words; a future's failure is that of its work. */
  public static String of(Throwable failure) {
    return Problems.sentence(failure);
  }
}
