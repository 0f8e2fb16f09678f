package org.pagexplorer.ui.control;

import javafx.geometry.Bounds;
import javafx.scene.control.ScrollPane;

/** A grid's window: as wide as there is room, scrolled where there is too little. */
public final class GridScroll extends ScrollPane {
  private final TileGrid grid;

  public GridScroll(TileGrid grid) {
    super(grid);
    this.grid = grid;
    setFitToWidth(true);
    getStyleClass().add("grid-scroll");
  }

  /** Scrolls as little as brings a tile into sight; nothing for −1. */
  public void reveal(int tile) {
    if (tile < 0) {
      return;
    }
    Bounds wanted = grid.boundsOf(tile);
    Bounds seen = getViewportBounds();
    setVvalue(
        value(getVvalue(), wanted.getMinY(), wanted.getMaxY(), seen.getHeight(), grid.getHeight()));
    setHvalue(
        value(getHvalue(), wanted.getMinX(), wanted.getMaxX(), seen.getWidth(), grid.getWidth()));
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
