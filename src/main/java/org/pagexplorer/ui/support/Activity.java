package org.pagexplorer.ui.support;

import org.pagexplorer.lab.Durations;

/**
 * Something that runs, as the window's list of all that runs shows it; on the FX thread.
 *
 * @param key the same as long as it is the same work
 * @param name what it is, for people
 * @param state what it does at the moment; empty where there is nothing to add
 * @param progress in [0, 1]; negative where it is not known
 * @param secondsLeft at the present speed; NaN or infinite where it is not known
 * @param stop ends it
 */
public record Activity(
    Object key, String name, String state, double progress, double secondsLeft, Runnable stop) {

  /** How far it is and how long it will take, in words. */
  public String words() {
    StringBuilder words = new StringBuilder(state);
    if (progress >= 0) {
      add(words, Math.round(100 * Math.min(1, progress)) + " %");
    }
    if (Double.isFinite(secondsLeft)) {
      add(words, Durations.words(Math.ceil(secondsLeft)) + " left");
    }
    return words.toString();
  }

  private static void add(StringBuilder words, String more) {
    words.append(words.isEmpty() ? "" : " · ").append(more);
  }
}
