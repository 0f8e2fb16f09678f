package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.Printable;

/** Text on a figure. Where the machine has no fonts, text has no size and draws nothing. */
public final class Lettering {
  /** Letters of a reduced picture are wider by that much at most than their share. */
  private static final double ROUNDING = 1.05;

  private static final int LONGEST = 1000;
  private static final boolean FONTS = fontsWork();

  private final Graphics2D graphics;

  Lettering(Graphics2D graphics) {
    this.graphics = graphics;
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }

  /** Whether anything can be lettered on this machine. */
  public static boolean hasFonts() {
    return FONTS;
  }

  /** Java finds out only when it draws, and says so by whatever its font code stumbles over. */
  private static boolean fontsWork() {
    Graphics2D graphics = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(font(12, false)).stringWidth("m") > 0;
    } catch (RuntimeException | Error e) {
      return false;
    } finally {
      graphics.dispose();
    }
  }

  private static Font font(int size, boolean bold) {
    return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size);
  }

  static int width(String text, int size, boolean bold) {
    if (!FONTS) {
      return 0;
    }
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(font(size, bold)).stringWidth(drawable(text));
    } finally {
      graphics.dispose();
    }
  }

  /** A text broken between words into lines of a width, where that is possible. */
  static List<String> lines(String text, int width, int size) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : drawable(text).strip().split(" +")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, size, false) > width) {
        lines.add(line);
        longer = word;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  /** Draws at a baseline, shortened to a width; {@code align} is 0 left, 0.5 centered, 1 right. */
  void draw(
      String text,
      int x,
      int baseline,
      int width,
      double align,
      int size,
      boolean bold,
      Color ink) {
    if (!FONTS) {
      return;
    }
    graphics.setFont(font(size, bold));
    graphics.setColor(ink);
    FontMetrics metrics = graphics.getFontMetrics();
    String shown = shortened(text, width, metrics);
    int left = (int) Math.round(x + align * (width - metrics.stringWidth(shown)));
    graphics.drawString(shown, left, baseline);
  }

  /** No more can be drawn of a foreign name, and none may take long. */
  private static String drawable(String text) {
    return Printable.of(text.substring(0, Math.min(text.length(), LONGEST)));
  }

  private static String shortened(String foreign, int width, FontMetrics metrics) {
    String text = drawable(foreign);
    if (metrics.stringWidth(text) <= width * ROUNDING) {
      return text;
    }
    int kept = text.length();
    while (kept > 0 && metrics.stringWidth(text.substring(0, kept) + "…") > width) {
      kept--;
    }
    return text.substring(0, kept).stripTrailing() + "…";
  }
}
