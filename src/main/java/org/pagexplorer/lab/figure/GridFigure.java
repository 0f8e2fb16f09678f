package org.pagexplorer.lab.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.MaskOutline;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;

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

  /** The window's colors, with the window's meaning: see {@code Theme.LIGHT} and its grids. */
  private static final Color MET = new Color(0x1A7F37);

  private static final Color NOT_MET = new Color(0x0969DA);

  private final AttackedGrid grid;
  private final GridLayout layout;

  private GridFigure(AttackedGrid grid, GridLayout layout) {
    this.grid = grid;
    this.layout = layout;
  }

  /** Whether figures have text on this machine. */
  public static boolean hasLetters() {
    return Lettering.hasFonts();
  }

  /**
   * Rows named by their models.
   *
   * @param footer a line on how the pictures were made
   */
  public static GridFigure of(AttackedGrid grid, String footer) {
    return of(
        grid, grid.models().stream().map(m -> m.card().name()).toList(), Numbers.NONE, footer);
  }

  /**
   * Rows of other names, with numbers beside them.
   *
   * @param names one a model
   * @param footer a line on how the pictures were made
   */
  public static GridFigure of(
      AttackedGrid grid, List<String> names, Numbers numbers, String footer) {
    return new GridFigure(
        grid, new GridLayout(grid, names, numbers, List.of(footer + ".", legend(grid))));
  }

  /**
   * Numbers at the right of an image's rows.
   *
   * @param heads one a column
   * @param rows for each model as many texts
   */
  public record Numbers(List<String> heads, List<List<String>> rows) {
    static final Numbers NONE = new Numbers(List.of(), List.of());
  }

  /** In points of 1/72 inch. */
  public int width() {
    return layout.width();
  }

  /** In points of 1/72 inch. */
  public int height() {
    return layout.height();
  }

  /** Draws the figure; no display is needed. */
  public void draw(Graphics2D graphics) {
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, width(), height());
    new Brush(graphics, new Lettering(graphics)).drawAll();
  }

  /** One drawing of the figure. */
  private final class Brush {
    private final Graphics2D graphics;
    private final Lettering letters;

    Brush(Graphics2D graphics, Lettering letters) {
      this.graphics = graphics;
      this.letters = letters;
    }

    private void drawAll() {
      if (layout.hasTitle()) {
        drawTitle();
      }
      drawHeader();
      for (int i = 0; i < grid.subjects().size(); i++) {
        if (isSeen(layout.originalTop(i))) {
          drawOriginal(i);
        }
        for (int k = 0; k < grid.models().size(); k++) {
          if (isSeen(layout.rowTop(i, k))) {
            drawRow(i, k);
          }
        }
      }
      drawFooter();
    }

    /** Of a large figure only a strip is drawn at a time. */
    private boolean isSeen(int top) {
      return graphics.hitClip(0, top, layout.width(), layout.pitch());
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
      for (int j = 0; j < layout.numbers().heads().size(); j++) {
        drawHeading(layout.numbers().heads().get(j), layout.numberLeft(j));
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
      OriginalImage subject = grid.subjects().get(i);
      int top = layout.originalTop(i);
      drawTile(subject.image(), layout.originalLeft(), top);
      drawOutlines(subject, top);
      drawCaption(subject.caption(), layout.originalLeft(), top + layout.tileHeight());
    }

    /** Of what may change, seen on dark and on light. */
    private void drawOutlines(OriginalImage subject, int top) {
      double scale = (double) layout.tileWidth() / subject.image().shape().width();
      Graphics2D outline = (Graphics2D) graphics.create();
      outline.translate(layout.originalLeft(), top);
      for (PaintedRegion region : subject.regions()) {
        List<MaskOutline.Edge> edges = MaskOutline.of(region.mask());
        for (float width : new float[] {2, 1}) {
          outline.setColor(width == 2 ? Color.BLACK : Color.WHITE);
          outline.setStroke(new BasicStroke(width, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER));
          edges.forEach(
              edge ->
                  outline.draw(
                      new Line2D.Double(
                          scale * edge.x0(),
                          scale * edge.y0(),
                          scale * edge.x1(),
                          scale * edge.y1())));
        }
      }
      outline.dispose();
    }

    private void drawRow(int i, int k) {
      int top = layout.rowTop(i, k);
      if (!layout.hasTitle()) {
        drawName(k, top + layout.tileHeight() / 2 + GridLayout.LABEL_SIZE / 3);
      }
      for (int j = 0; j < grid.columns().size(); j++) {
        drawResult(k, grid.at(k, i, j), layout.columnLeft(j), top);
      }
      for (int j = 0; j < layout.numbers().heads().size(); j++) {
        drawNumber(layout.numbers().rows().get(k).get(j), layout.numberLeft(j), top);
      }
    }

    private void drawNumber(String text, int left, int top) {
      letters.draw(
          text,
          left,
          top + layout.tileHeight() / 2 + GridLayout.LABEL_SIZE / 3,
          layout.tileWidth(),
          0.5,
          GridLayout.LABEL_SIZE,
          false,
          INK);
    }

    private void drawName(int k, int baseline) {
      letters.draw(
          layout.names().get(k),
          layout.namesLeft(),
          baseline,
          layout.namesWidth() - 2 * GridLayout.GAP,
          0,
          GridLayout.LABEL_SIZE,
          true,
          INK);
    }

    private void drawResult(int model, AttackedImage one, int left, int top) {
      drawTile(one.result(), left, top);
      int barTop = top + layout.tileHeight() + GridLayout.BAR_GAP;
      graphics.setColor(TRACK);
      graphics.fillRect(left, barTop, layout.tileWidth(), GridLayout.BAR);
      graphics.setColor(one.success() ? MET : NOT_MET);
      int filled = Math.round(Math.clamp(one.after(), 0f, 1f) * layout.tileWidth());
      graphics.fillRect(left, barTop, filled, GridLayout.BAR);
      if (layout.hasCaptions()) {
        String named = grid.models().get(model).card().classes().get(one.predicted());
        drawCaption("→ " + named, left, barTop + GridLayout.BAR);
      }
    }

    /** Enlarged here, since what shows a PDF or an SVG would blur small pictures. */
    private void drawTile(Image image, int left, int top) {
      BufferedImage pixels = Enlarged.of(image, 2 * layout.tileWidth() / image.shape().width());
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

  private static String legend(AttackedGrid grid) {
    if (grid.of(0).anyMatch(one -> one.goal().classIndex() == Goal.NO_CLASS)) {
      return "Bars: confidence in the predicted class after the attack.";
    }
    if (!grid.of(0).allMatch(one -> one.goal().isOfClass())) {
      return "Bars: p(first class) + p(second class) after the attack, green where the model"
          + " predicts one of them, otherwise blue.";
    }
    return grid.at(0, 0, 0).goal().targeted()
        ? "Bars: p(class) after the attack, green where the model predicts the class, otherwise"
            + " blue."
        : "Bars: p(true class) after the attack, green where the model predicts another, otherwise"
            + " blue.";
  }
}
