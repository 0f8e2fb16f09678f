package org.pagexplorer.ui.control;

import static org.pagexplorer.ui.control.TileGeometry.BAR;
import static org.pagexplorer.ui.control.TileGeometry.FEW;
import static org.pagexplorer.ui.control.TileGeometry.FONT;
import static org.pagexplorer.ui.control.TileGeometry.FRAME;
import static org.pagexplorer.ui.control.TileGeometry.GAP;
import static org.pagexplorer.ui.control.TileGeometry.NAMES;

import java.util.HashMap;
import java.util.Map;
import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.support.Pictures.Picture;
import org.pagexplorer.ui.support.Theme;

/** Paints the part of a grid that is in sight; heads and originals stay there. */
final class TilePainter {

  private final TileContent content;
  private final GraphicsContext g;
  private final Map<Integer, TileState> painted = new HashMap<>();
  private TileGeometry geometry;
  private TileRange range = TileRange.ALL;
  private Rectangle2D view = Rectangle2D.EMPTY;
  private Theme theme = Theme.LIGHT;
  private int pixels;
  private int selected = -1;
  private int selectedImage = -1;
  private int gapRow = -1;
  private boolean focused;

  TilePainter(TileContent content, GraphicsContext g) {
    this.content = content;
    this.g = g;
    geometry = TileGeometry.of(content, 1);
  }

  /**
   * Paints everything that is in sight.
   *
   * @param pixels a picture's side on the screen, in its own pixels
   */
  void paint(TileGeometry now, Rectangle2D shown, Theme dressed, int pixels) {
    geometry = now;
    view = shown;
    theme = dressed;
    this.pixels = pixels;
    range = geometry.within(view.getMinX(), view.getMinY(), view.getWidth(), view.getHeight());
    painted.clear();
    begin();
    g.clearRect(view.getMinX(), view.getMinY(), view.getWidth(), view.getHeight());
    for (int row = range.firstRow(); row <= range.lastRow(); row++) {
      for (int column = range.firstColumn(); column <= range.lastColumn(); column++) {
        int tile = row * geometry.columns() + column;
        paintTile(row, column, state(tile, row, column));
      }
    }
    paintStrips();
    g.restore();
  }

  /** Paints those tiles in sight that have changed since. */
  void paintChanges() {
    begin();
    boolean any = false;
    for (int row = range.firstRow(); row <= range.lastRow(); row++) {
      for (int column = range.firstColumn(); column <= range.lastColumn(); column++) {
        int tile = row * geometry.columns() + column;
        TileState before = painted.get(tile);
        TileState now = state(tile, row, column);
        if (now != before) {
          any = true;
          clearSelected(tile, row, column);
          paintTile(row, column, now);
        }
      }
    }
    if (any && (view.getMinX() > 0 || view.getMinY() > 0)) {
      paintStrips();
    }
    g.restore();
  }

  /** Which tile is marked, and whether the grid has the focus. */
  void mark(int tile, boolean hasFocus) {
    selected = tile;
    focused = hasFocus;
  }

  /**
   * @param image whose original is marked; −1 for none
   * @param gap the row before which something is about to be put; −1 for none
   */
  void markHeads(int image, int gap) {
    selectedImage = image;
    gapRow = gap;
  }

  /** The tiles that were painted last. */
  TileRange range() {
    return range;
  }

  private void begin() {
    g.save();
    g.translate(-view.getMinX(), -view.getMinY());
    g.setImageSmoothing(false);
  }

  private TileState state(int tile, int row, int column) {
    TileState state = content.tile(row, column, pixels);
    painted.put(tile, state);
    return state;
  }

  /** With its frame, whose soft edges would grow harder each time. */
  private void clearSelected(int tile, int row, int column) {
    if (tile == selected) {
      double side = geometry.side() + 2 * FRAME;
      g.clearRect(geometry.tileLeft(column) - FRAME, geometry.top(row) - FRAME, side, side + BAR);
    }
  }

  /** Heads and originals, over whatever tiles have been scrolled to below them. */
  private void paintStrips() {
    double x = view.getMinX();
    double y = view.getMinY();
    if (x > 0) {
      g.clearRect(x, y, geometry.leftStrip(), view.getHeight());
    }
    for (int row = range.firstRow(); row <= range.lastRow(); row++) {
      paintHead(x, row);
    }
    if (y > 0) {
      g.clearRect(x, y, view.getWidth(), geometry.topStrip());
    }
    g.setFill(theme.muted());
    g.setFont(FONT);
    g.setTextAlign(TextAlignment.CENTER);
    for (int column = range.firstColumn(); column <= range.lastColumn(); column++) {
      head(content.heads().get(column), column, y);
    }
    if (x > 0) {
      g.clearRect(x, y, geometry.leftStrip(), geometry.topStrip());
    }
    if (geometry.rows() > 0) {
      double middle = x + geometry.originalLeft() + geometry.side() / 2.0;
      double width = geometry.side() + 2 * GAP; // as much as on its left
      g.fillText("original", middle, y + geometry.headLine(-1), width);
    }
  }

  private void head(String text, int column, double y) {
    double width = geometry.headWidth(column);
    // Squeezed texts take long to paint: of many columns, heads are cut.
    double longest = geometry.columns() > FEW ? width : 1.3 * width;
    String shown = Ellipsis.fitted(text, FONT, longest);
    double middle = geometry.headMiddle(column, Math.min(width, Ellipsis.width(shown, FONT)));
    g.fillText(shown, middle, y + geometry.headLine(column), width);
  }

  private void paintHead(double x, int row) {
    double top = geometry.top(row);
    Picture original = content.original(row, pixels);
    if (original != null) {
      double side = geometry.side();
      g.drawImage(original.image(), x + geometry.originalLeft(), top, side, side);
    }
    if (original != null && content.imageOf(row) == selectedImage) {
      paintSelection(x + geometry.originalLeft(), top, theme.accent());
    }
    if (row == gapRow || row + 1 == gapRow && gapRow == geometry.rows()) {
      g.setFill(theme.accent());
      double y = row == gapRow ? top - GAP : geometry.top(gapRow) - GAP;
      g.fillRect(x + 2, y - 1, view.getWidth() - 4, 3);
    }
    g.setFill(theme.foreground());
    g.setFont(FONT);
    g.setTextAlign(TextAlignment.LEFT);
    String name = Ellipsis.fitted(content.name(row), FONT, NAMES - 2 * GAP);
    g.fillText(name, x + GAP, top + geometry.side() / 2.0 + 4);
  }

  private void paintTile(int row, int column, TileState tile) {
    double left = geometry.tileLeft(column);
    double top = geometry.top(row);
    double side = geometry.side();
    paintPicture(tile.picture(), left, top, side);
    g.setFill(theme.border());
    g.fillRect(left, top + side + 2, side, BAR);
    if (tile.started()) {
      g.setFill(tile.success() ? theme.success() : theme.accent());
      g.fillRect(left, top + side + 2, side * tile.confidence(), BAR);
    }
    if (row * geometry.columns() + column == selected) {
      paintSelection(left, top, theme.accent());
    }
  }

  private void paintPicture(@Nullable Picture picture, double left, double top, double side) {
    if (picture == null) {
      g.setFill(theme.border());
      g.fillRect(left, top, side, side);
    } else {
      g.drawImage(picture.image(), left, top, side, side);
    }
  }

  private void paintSelection(double left, double top, Color color) {
    g.setStroke(color);
    g.setLineWidth(focused ? 3 : 2);
    g.strokeRect(left - 2, top - 2, geometry.side() + 4, geometry.side() + 4);
  }
}
