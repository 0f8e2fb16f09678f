package org.pagexplorer.ui.control;

import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javafx.scene.control.TextArea;
import javafx.scene.text.Font;

/**
 * Breaks texts into lines where JavaFX must not.
 *
 * <p>Under Linux, JavaFX 26 shapes a run of a complex script again when a line ends within it, from
 * the text that the run had before (PangoGlyphLayout keeps it): each line then has all that is left
 * of the run, and from right to left its layout may throw an ArrayIndexOutOfBoundsException. Lines
 * that end where the text itself does have neither. On the FX thread.
 */
public final class LineBreaks {
  /**
   * What JavaFX may shape as a complex script: combining marks (as in file names from macOS), all
   * from Hebrew to Khmer, invisible characters that set the direction, and what is beyond 16 bits.
   */
  private static final Pattern COMPLEX =
      Pattern.compile(
          "[\\u0300-\\u036f\\u0590-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f"
              + "\\u20d0-\\u20ff\\u302a-\\u302f\\u3099\\u309a\\ua66f-\\uabff\\ufb1d-\\ufe2f"
              + "\\ufe70-\\ufeff[^\\u0000-\\uffff]]");

  private static final String LEFT_TO_RIGHT_MARK = "\u200e";
  private static final String RIGHT_TO_LEFT_MARK = "\u200f";

  private LineBreaks() {}

  /** Whether JavaFX may not break the text's lines. */
  static boolean areNeeded(String text) {
    return COMPLEX.matcher(text).find();
  }

  /** Breaks its lines only while it has a text of which JavaFX can. */
  public static void whereSafe(TextArea area) {
    area.wrapTextProperty().bind(area.textProperty().map(text -> !areNeeded(text)));
  }

  /**
   * The lines of a text.
   *
   * @param width of the widest, in pixels; a line has a character at least
   */
  static List<String> of(String text, Font font, double width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      boolean leftToRight = isLeftToRight(paragraph);
      List<String> broken = new ArrayList<>();
      addLines(paragraph, font, width, broken);
      broken.replaceAll(line -> directed(line, leftToRight));
      lines.addAll(broken);
    }
    return lines;
  }

  /** As JavaFX sees it: by the first letter. */
  private static boolean isLeftToRight(String text) {
    return new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
  }

  /** A line in the direction of its paragraph, by an invisible mark where it needs one. */
  private static String directed(String line, boolean leftToRight) {
    if (isLeftToRight(line) == leftToRight) {
      return line;
    }
    return (leftToRight ? LEFT_TO_RIGHT_MARK : RIGHT_TO_LEFT_MARK) + line;
  }

  private static void addLines(String text, Font font, double width, List<String> lines) {
    BreakIterator words = BreakIterator.getLineInstance();
    words.setText(text);
    int from = 0;
    int to = 0;
    for (int next = words.next(); next != BreakIterator.DONE; next = words.next()) {
      if (to > from && !fits(text, from, next, font, width)) {
        lines.add(text.substring(from, to).stripTrailing());
        from = to;
      }
      while (!fits(text, from, next, font, width)) {
        int cut = cut(text, from, next, font, width);
        if (cut == next) {
          break;
        }
        lines.add(text.substring(from, cut));
        from = cut;
      }
      to = next;
    }
    lines.add(text.substring(from));
  }

  /** Where the longest beginning of a word that fits ends, after a character at least. */
  private static int cut(String text, int from, int end, Font font, double width) {
    BreakIterator characters = BreakIterator.getCharacterInstance();
    characters.setText(text);
    int cut = characters.following(from);
    for (int next = cut; next < end && fits(text, from, next, font, width); ) {
      cut = next;
      next = characters.next();
    }
    return cut;
  }

  private static boolean fits(String text, int from, int to, Font font, double width) {
    return Ellipsis.width(text.substring(from, to).stripTrailing(), font) <= width;
  }
}
