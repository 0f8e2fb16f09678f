package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.lab.measure.ResultTable;

/** A table as a picture, with three rules as in papers, and its notes below. */
public final class TableFigure {
  private static final int MARGIN = 20;
  private static final int GAP = 26;
  private static final int LINE = 22;
  private static final int SIZE = 13;
  private static final int NOTE_SIZE = 11;
  private static final int NOTE_LINE = 16;
  private static final int WIDEST = 320;
  private static final int NARROWEST = 420;
  private static final Color INK = new Color(0x1F2328);
  private static final Color QUIET = new Color(0x667080);

  private final ResultTable table;
  private final List<Integer> lefts = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final int right;

  private TableFigure(ResultTable table) {
    this.table = table;
    int left = MARGIN;
    for (int j = 0; j < table.heads().size(); j++) {
      int width = widest(j);
      lefts.add(left);
      widths.add(width);
      left += width + GAP;
    }
    right = left - GAP;
    int room = Math.max(NARROWEST, right - MARGIN);
    table.notes().forEach(note -> notes.addAll(Lettering.lines(note, room, NOTE_SIZE)));
  }

  private int widest(int column) {
    int widest = Lettering.width(table.heads().get(column), SIZE, true);
    for (List<String> row : table.rows()) {
      widest = Math.max(widest, Lettering.width(row.get(column), SIZE, false));
    }
    return Math.min(widest + 1, WIDEST);
  }

  /** Of any table. */
  public static Drawing of(ResultTable table) {
    TableFigure figure = new TableFigure(table);
    int noted =
        figure.notes.stream()
            .mapToInt(line -> MARGIN + Lettering.width(line, NOTE_SIZE, false))
            .max()
            .orElse(0);
    return new Drawing(Math.max(figure.right, noted) + MARGIN, figure.height(), figure::draw);
  }

  private int height() {
    return bottom() + notes.size() * NOTE_LINE + MARGIN;
  }

  /** Of the last rule. */
  private int bottom() {
    return MARGIN + (table.rows().size() + 1) * LINE + 8;
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, right + MARGIN, height());
    Lettering letters = new Lettering(graphics);
    graphics.setColor(INK);
    graphics.fillRect(MARGIN, MARGIN - 4, right - MARGIN, 2);
    graphics.fillRect(MARGIN, MARGIN + LINE, right - MARGIN, 1);
    graphics.fillRect(MARGIN, bottom() - 2, right - MARGIN, 2);
    row(letters, table.heads(), MARGIN, true);
    for (int i = 0; i < table.rows().size(); i++) {
      row(letters, table.rows().get(i), MARGIN + 4 + (i + 1) * LINE, false);
    }
    for (int i = 0; i < notes.size(); i++) {
      letters.draw(
          notes.get(i),
          MARGIN,
          bottom() + (i + 1) * NOTE_LINE,
          Integer.MAX_VALUE,
          0,
          NOTE_SIZE,
          false,
          QUIET);
    }
  }

  /** Names at the left, numbers at the right. */
  private void row(Lettering letters, List<String> texts, int top, boolean bold) {
    for (int j = 0; j < texts.size(); j++) {
      letters.draw(
          texts.get(j),
          lefts.get(j),
          top + LINE - 7,
          widths.get(j),
          j == 0 ? 0 : 1,
          SIZE,
          bold,
          INK);
    }
  }
}
