package org.pagexplorer.ui.control;

import javafx.beans.InvalidationListener;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.ScrollPane;

/** A grid's window: as wide as there is room, scrolled where there is too little. */
public final class GridScroll extends ScrollPane {
  private final TileGrid grid;

  public GridScroll(TileGrid grid) {
    super(grid);
    this.grid = grid;
    setFitToWidth(true);
    getStyleClass().add("grid-scroll");
    InvalidationListener show = property -> show();
    hvalueProperty().addListener(show);
    vvalueProperty().addListener(show);
    viewportBoundsProperty().addListener(show);
    grid.layoutBoundsProperty().addListener(show);
    show();
  }

  private void show() {
    Bounds seen = getViewportBounds();
    double width = Math.min(seen.getWidth(), grid.getWidth());
    double height = Math.min(seen.getHeight(), grid.getHeight());
    grid.show(
        new Rectangle2D(
            Math.max(0, getHvalue() * (grid.getWidth() - seen.getWidth())),
            Math.max(0, getVvalue() * (grid.getHeight() - seen.getHeight())),
            Math.max(0, width),
            Math.max(0, height)));
  }

  /** Scrolls as little as brings a tile into sight; nothing for −1. */
  public void reveal(int tile) {
    if (tile < 0) {
      return;
    }
    layout(); // it may have other rows by now
    Bounds wanted = grid.boundsOf(tile);
    TileGeometry geometry = grid.geometry();
    Bounds seen = getViewportBounds();
    double left = wanted.getMinX() - geometry.leftStrip();
    double top = wanted.getMinY() - geometry.topStrip();
    setVvalue(value(getVvalue(), top, wanted.getMaxY(), seen.getHeight(), grid.getHeight()));
    setHvalue(value(getHvalue(), left, wanted.getMaxX(), seen.getWidth(), grid.getWidth()));
  }

  /** Of a scroll bar, in [0, 1]. */
  private static double value(double now, double from, double to, double seen, double all) {
    double hidden = all - seen;
    if (hidden <= 0) {
      return now;
    }
    double first = now * hidden;
    double moved = Math.min(from, Math.max(to - seen, first));
    return Math.clamp(moved / hidden, 0, 1);
  }
}
