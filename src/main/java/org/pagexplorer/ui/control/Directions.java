package org.pagexplorer.ui.control;

import java.text.Bidi;
import java.util.regex.Pattern;

/** Names from right to left within sentences from left to right. */
final class Directions {
  private static final String MARK = "\u200e"; // left-to-right; others are drawn as boxes
  private static final String LETTER =
      "[\\p{IsHebrew}\\p{IsArabic}\\p{IsSyriac}\\p{IsThaana}\\p{IsNko}]\\p{M}*+";

  /** Words from right to left, with what may stand between those of one name. */
  private static final Pattern NAME =
      Pattern.compile("(?:%1$s)++(?:[\\s\\d'_-]++(?:%1$s)++)*+".formatted(LETTER));

  private Directions() {}

  /** Whether a text has anything that runs from right to left. */
  static boolean areNeeded(String text) {
    return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
  }

  /**
   * A text whose names alone run from right to left: marked, they take along neither the numbers,
   * arrows, and commas beside them nor the sentence that they begin.
   */
  static String leftToRight(String text) {
    return areNeeded(text) ? MARK + NAME.matcher(text).replaceAll(MARK + "$0" + MARK) : text;
  }
}
