package org.pagexplorer.lab;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;

/**
 * A grid as a figure, as the paper's Figures 1 and 4: a row an image and model, interleaved by
 * image; the original, then a column a class. Pixels are enlarged by a whole factor; the bar below
 * a picture is p(class) as the model sees it.
 */
public final class GridFigure {
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x1F2328);
  private static final Color QUIET = new Color(0x667080);
  private static final Color TRACK = new Color(0xE4E7EB);
  private static final Color REACHED = new Color(0x0B6BCB);
  private static final Color MISSED = new Color(0x9AA4B2);

  private final AttackedGrid grid;
  private final GridLayout layout;
  private final Graphics2D graphics;
  private final Lettering letters;

  private GridFigure(AttackedGrid grid, GridLayout layout, Graphics2D graphics) {
    this.grid = grid;
    this.layout = layout;
    this.graphics = graphics;
    letters = new Lettering(graphics);
  }

  /** Whether figures have text on this machine. */
  public static boolean hasLetters() {
    return Lettering.hasFonts();
  }

  /**
   * Draws the figure; no display is needed.
   *
   * @param footer a line on how the pictures were made
   */
  public static BufferedImage draw(AttackedGrid grid, String footer) {
    GridLayout layout = new GridLayout(grid, List.of(footer + ".", legend(grid)));
    BufferedImage picture =
        new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      graphics.setColor(PAPER);
      graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
      new GridFigure(grid, layout, graphics).drawAll();
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  private void drawAll() {
    if (layout.hasTitle()) {
      drawTitle();
    }
    drawHeader();
    for (int i = 0; i < grid.subjects().size(); i++) {
      drawOriginal(i);
      for (int k = 0; k < grid.models().size(); k++) {
        drawRow(i, k);
      }
    }
    drawFooter();
  }

  private void drawTitle() {
    letters.draw(
        grid.models().getFirst().card().name(),
        GridLayout.MARGIN,
        layout.titleBaseline(),
        layout.width() - 2 * GridLayout.MARGIN,
        0,
        GridLayout.TITLE_SIZE,
        true,
        INK);
  }

  private void drawHeader() {
    drawHeading("original", layout.originalLeft());
    for (int j = 0; j < grid.columns().size(); j++) {
      drawHeading(grid.columns().get(j), layout.columnLeft(j));
    }
  }

  private void drawHeading(String text, int left) {
    letters.draw(
        text,
        left,
        layout.headerBaseline(),
        layout.tileWidth(),
        0.5,
        GridLayout.LABEL_SIZE,
        false,
        INK);
  }

  private void drawOriginal(int i) {
    GridSubject subject = grid.subjects().get(i);
    int top = layout.originalTop(i);
    drawTile(subject.image(), layout.originalLeft(), top);
    drawCaption(subject.caption(), layout.originalLeft(), top + layout.tileHeight());
  }

  private void drawRow(int i, int k) {
    int top = layout.rowTop(i, k);
    if (!layout.hasTitle()) {
      drawName(k, top + layout.tileHeight() / 2 + GridLayout.LABEL_SIZE / 3);
    }
    for (int j = 0; j < grid.columns().size(); j++) {
      drawResult(grid.at(k, i, j), layout.columnLeft(j), top);
    }
  }

  private void drawName(int k, int baseline) {
    letters.draw(
        grid.models().get(k).card().name(),
        layout.namesLeft(),
        baseline,
        layout.namesWidth() - 2 * GridLayout.GAP,
        0,
        GridLayout.LABEL_SIZE,
        true,
        INK);
  }

  private void drawResult(AttackedImage one, int left, int top) {
    drawTile(one.result(), left, top);
    int barTop = top + layout.tileHeight() + GridLayout.BAR_GAP;
    graphics.setColor(TRACK);
    graphics.fillRect(left, barTop, layout.tileWidth(), GridLayout.BAR);
    graphics.setColor(one.success() ? REACHED : MISSED);
    int filled = Math.round(Math.clamp(one.after(), 0f, 1f) * layout.tileWidth());
    graphics.fillRect(left, barTop, filled, GridLayout.BAR);
    if (layout.hasCaptions()) {
      String named = grid.models().getFirst().card().classes().get(one.predicted());
      drawCaption("→ " + named, left, barTop + GridLayout.BAR);
    }
  }

  private void drawTile(Image image, int left, int top) {
    BufferedImage pixels = ImageFiles.toBuffered(image);
    graphics.drawImage(pixels, left, top, layout.tileWidth(), layout.tileHeight(), null);
  }

  private void drawCaption(String text, int left, int above) {
    letters.draw(
        text,
        left,
        above + GridLayout.BAR_GAP + GridLayout.SMALL_SIZE,
        layout.tileWidth(),
        0.5,
        GridLayout.SMALL_SIZE,
        false,
        QUIET);
  }

  private static String legend(AttackedGrid grid) {
    return grid.at(0, 0, 0).goal().targeted()
        ? "Bars: p(class) after the attack, blue where the model names the class."
        : "Bars: p(true class) after the attack, blue where the model names another.";
  }

  private void drawFooter() {
    for (int line = 0; line < layout.footer().size(); line++) {
      letters.draw(
          layout.footer().get(line),
          GridLayout.MARGIN,
          layout.footerBaseline(line),
          layout.width() - 2 * GridLayout.MARGIN,
          0,
          GridLayout.SMALL_SIZE,
          false,
          QUIET);
    }
  }
}
