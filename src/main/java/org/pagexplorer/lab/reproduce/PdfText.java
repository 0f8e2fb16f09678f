package org.pagexplorer.lab.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.pagexplorer.domain.Printable;

/**
 * Text in the fonts that every reader of PDF has: Helvetica, and Symbol and Zapf Dingbats for what
 * it lacks, such as ∞, λ, and ▲. What none of them has is a question mark.
 */
final class PdfText {
  private static final PDType1Font PLAIN = new PDType1Font(FontName.HELVETICA);
  private static final PDType1Font BOLD = new PDType1Font(FontName.HELVETICA_BOLD);
  private static final List<PDType1Font> SIGNS =
      List.of(new PDType1Font(FontName.SYMBOL), new PDType1Font(FontName.ZAPF_DINGBATS));
  private static final double UNITS = 1000;

  private PdfText() {}

  /** Characters of one font. */
  record Run(PDType1Font font, String text) {

    /** In points. */
    double width(int size) {
      try {
        return font.getStringWidth(text) / UNITS * size;
      } catch (IOException e) {
        throw new IllegalStateException(e); // the fonts' metrics are in memory
      }
    }
  }

  /** A text as runs, from the left. */
  static List<Run> runs(String text, boolean bold) {
    List<Run> runs = new ArrayList<>();
    Printable.of(text)
        .codePoints()
        .forEach(
            c -> {
              PDType1Font font = font(c, bold);
              String one = has(font, c) ? Character.toString(c) : "?";
              if (!runs.isEmpty() && runs.getLast().font() == font) {
                one = runs.removeLast().text() + one;
              }
              runs.add(new Run(font, one));
            });
    return runs;
  }

  private static PDType1Font font(int c, boolean bold) {
    PDType1Font usual = bold ? BOLD : PLAIN;
    return has(usual, c)
        ? usual
        : SIGNS.stream().filter(font -> has(font, c)).findFirst().orElse(usual);
  }

  private static boolean has(PDType1Font font, int c) {
    try {
      font.encode(Character.toString(c));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** In points. */
  static double width(String text, int size, boolean bold) {
    return runs(text, bold).stream().mapToDouble(run -> run.width(size)).sum();
  }

  /** A text broken between words, and within words that are longer than a line. */
  static List<String> lines(String text, int width, int size, boolean bold) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split(" +")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, size, bold) > width) {
        lines.add(line);
        longer = word;
      }
      while (longer.length() > 1 && width(longer, size, bold) > width) {
        int kept = longer.length() - 1;
        while (kept > 1 && width(longer.substring(0, kept), size, bold) > width) {
          kept--;
        }
        lines.add(longer.substring(0, kept));
        longer = longer.substring(kept);
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }
}
