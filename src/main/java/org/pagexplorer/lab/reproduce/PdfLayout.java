package org.pagexplorer.lab.reproduce;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.lab.reproduce.Page.Block;
import org.pagexplorer.lab.reproduce.Page.Code;
import org.pagexplorer.lab.reproduce.Page.Heading;
import org.pagexplorer.lab.reproduce.Page.Items;
import org.pagexplorer.lab.reproduce.Page.Numbers;
import org.pagexplorer.lab.reproduce.Page.Picture;
import org.pagexplorer.lab.reproduce.Page.Text;

/** Breaks a page into pieces that are drawn one below the other, and those into sheets of A4. */
final class PdfLayout {
  static final int WIDTH = 595;
  static final int HEIGHT = 842;
  static final int MARGIN = 48;

  private static final int ROOM = WIDTH - 2 * MARGIN;
  private static final int LINES = HEIGHT - 2 * MARGIN;
  private static final int SIZE = 9;
  private static final int LINE = 13;
  private static final int NUMBERS = 8;
  private static final int GAP = 10;
  private static final long MOST_PIXELS = 100_000_000;
  private static final Color INK = new Color(0x1F2328);
  private static final Color QUIET = new Color(0x59636E);
  private static final Color RULE = new Color(0xD1D9E0);
  private static final Color APART = new Color(0x9A3412);

  private final List<Piece> pieces = new ArrayList<>();

  private PdfLayout() {}

  /**
   * Something that is drawn as a whole.
   *
   * @param height in points
   * @param stays whether it stands on the same sheet as the next piece
   * @param paint draws it
   */
  record Piece(int height, boolean stays, Paint paint) {}

  /** How a piece is drawn. */
  @FunctionalInterface
  interface Paint {
    void with(PdfPen pen) throws IOException;
  }

  /** The pieces of each sheet. */
  static List<List<Piece>> sheets(Page page) {
    PdfLayout layout = new PdfLayout();
    layout.lines(page.title(), 18, true, INK, 24, 0);
    layout.gap(8);
    page.blocks().forEach(layout::add);
    List<List<Piece>> sheets = new ArrayList<>();
    List<Piece> sheet = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < layout.pieces.size(); i++) {
      Piece piece = layout.pieces.get(i);
      if (used > 0 && used + layout.together(i) > LINES) {
        sheets.add(sheet);
        sheet = new ArrayList<>();
        used = 0;
      }
      sheet.add(piece);
      used += piece.height();
    }
    sheets.add(sheet);
    return sheets;
  }

  /** The height of a piece and of those that it stays with. */
  private int together(int first) {
    int height = pieces.get(first).height();
    for (int i = first; pieces.get(i).stays() && i + 1 < pieces.size(); i++) {
      height += pieces.get(i + 1).height();
    }
    return Math.min(height, LINES);
  }

  private void add(Block block) {
    switch (block) {
      case Heading heading -> {
        gap(14);
        lines(heading.text(), 13, true, INK, 20, 0, true);
      }
      case Text text -> {
        lines(text.text(), SIZE, false, INK, LINE, 0);
        gap(4);
      }
      case Items items -> {
        items.texts().forEach(text -> lines("• " + text, SIZE, false, INK, LINE, 10));
        gap(4);
      }
      case Code code -> {
        code.text().lines().forEach(line -> lines(line, SIZE - 1, false, QUIET, LINE - 1, 10));
        gap(4);
      }
      case Numbers numbers -> table(numbers);
      case Picture picture -> picture(picture);
    }
  }

  private void gap(int height) {
    pieces.add(new Piece(height, true, pen -> {}));
  }

  private void lines(String text, int size, boolean bold, Color ink, int pitch, int indent) {
    lines(text, size, bold, ink, pitch, indent, false);
  }

  private void lines(
      String text, int size, boolean bold, Color ink, int pitch, int indent, boolean stays) {
    List<String> lines = PdfText.lines(text, ROOM - indent, size, bold);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      pieces.add(
          new Piece(
              pitch,
              stays || i + 1 < lines.size(),
              pen -> pen.text(line, indent, pitch - 3, size, bold, ink)));
    }
  }

  private void table(Numbers numbers) {
    lines(numbers.caption(), SIZE - 1, false, QUIET, LINE - 1, 0, true);
    int[] widths = widths(numbers);
    row(numbers.heads(), numbers.heads(), widths, true, true);
    for (List<String> row : numbers.rows()) {
      row(row, numbers.heads(), widths, false, row != numbers.rows().getLast());
    }
    gap(8);
  }

  /** As wide as their texts. */
  private static int[] widths(Numbers numbers) {
    int[] widths = new int[numbers.heads().size()];
    for (int j = 0; j < widths.length; j++) {
      double widest = PdfText.width(numbers.heads().get(j), NUMBERS, true);
      for (List<String> row : numbers.rows()) {
        widest = Math.max(widest, PdfText.width(row.get(j), NUMBERS, false));
      }
      widths[j] = (int) Math.ceil(widest) + GAP;
    }
    return widths;
  }

  private void row(
      List<String> texts, List<String> heads, int[] widths, boolean head, boolean stays) {
    pieces.add(
        new Piece(
            15,
            stays,
            pen -> {
              int left = 0;
              for (int j = 0; j < widths.length; j++) {
                String text = texts.get(j);
                boolean apart = text.endsWith("▲") || text.endsWith("▼");
                Color ink = apart ? APART : heads.get(j).equals("paper") ? QUIET : INK;
                double free = widths[j] - GAP - PdfText.width(text, NUMBERS, head);
                pen.text(text, j == 0 ? left : left + free, 10, NUMBERS, head, ink);
                left += widths[j];
              }
              pen.rule(14, left - GAP, RULE);
            }));
  }

  private void picture(Picture picture) {
    BufferedImage image = ImageFiles.read(picture.file(), MOST_PIXELS);
    double scale = Math.min(ROOM / (double) image.getWidth(), 0.7 * LINES / image.getHeight());
    int width = (int) (scale * image.getWidth());
    int height = (int) (scale * image.getHeight());
    pieces.add(new Piece(height + 4, true, pen -> pen.image(image, width, height)));
    lines(
        picture.caption()
            + " Its specification is attached: "
            + picture.specification().getFileName()
            + ".",
        SIZE - 1,
        false,
        QUIET,
        LINE - 1,
        0,
        false);
    gap(4);
  }
}
