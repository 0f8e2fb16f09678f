package org.pagexplorer.ui.control;

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

  /** No character is narrower, apart from those that stand on another; in pixels. */
  private static final double NARROWEST = 0.25;

  private final Font font;
  private final double width;
  private final double most;
  private final List<String> lines = new ArrayList<>();

  private int usual = 1;

  private LineBreaks(Font font, double width) {
    this.font = font;
    this.width = width;
    most = 100 + width / NARROWEST;
  }

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
    LineBreaks breaks = new LineBreaks(font, width);
    text.lines().forEach(breaks::add);
    if (text.isEmpty() || text.endsWith("\n")) {
      breaks.lines.add("");
    }
    return breaks.lines.stream().map(Directions::leftToRight).toList();
  }

  private void add(String paragraph) {
    BreakIterator words = BreakIterator.getLineInstance();
    words.setText(paragraph);
    int from = 0;
    int to = 0;
    for (int next = words.next(); next != BreakIterator.DONE; next = words.next()) {
      if (to > from && !fits(paragraph, from, next)) {
        lines.add(paragraph.substring(from, to).stripTrailing());
        from = to;
      }
      from = addLongWord(paragraph, from, next);
      to = next;
    }
    lines.add(paragraph.substring(from));
  }

  /** Where the last line of a word begins, which may be its only one. */
  private int addLongWord(String text, int from, int end) {
    int begin = from;
    while (!fits(text, begin, end)) {
      int cut = cut(text, begin, end);
      if (cut == end) {
        break;
      }
      lines.add(text.substring(begin, cut));
      begin = cut;
    }
    return begin;
  }

  /**
   * Where the longest beginning of a word that fits ends, after a character at least. It looks
   * first where the line before has ended.
   */
  private int cut(String text, int from, int end) {
    BreakIterator characters = BreakIterator.getCharacterInstance();
    characters.setText(text);
    int first = characters.following(from);
    int guess = Math.min(from + usual, end);
    int cut = Math.max(first, characters.isBoundary(guess) ? guess : characters.preceding(guess));
    while (cut > first && !fits(text, from, cut)) {
      cut = characters.preceding(cut);
    }
    for (int next = cut; next <= end && next != BreakIterator.DONE; ) {
      if (next > first && !fits(text, from, next)) {
        break;
      }
      cut = next;
      next = next == end ? BreakIterator.DONE : characters.following(next);
    }
    usual = cut - from;
    return cut;
  }

  private boolean fits(String text, int from, int to) {
    return to - from <= most
        && Ellipsis.width(text.substring(from, to).stripTrailing(), font) <= width;
  }
}
