package org.pagexplorer.ui.control;

import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

/** A grid's window: as wide as there is room, scrolled where there is too little. */
public final class GridScroll extends ScrollPane {
  /** Multiples of 8, mostly, which keep the enlarged pixels of 32×32 pictures alike in size. */
  private static final List<Integer> SIDES =
      List.of(16, 24, 32, 40, 48, 56, 64, 80, 96, 128, 160, 192, 256, 320, 384, TileGrid.LARGEST);

  private static final double PINCH = 1.15;

  private final TileGrid grid;
  private double pinched = 1;

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
    addEventFilter(ScrollEvent.SCROLL, this::wheeled);
    addEventFilter(ZoomEvent.ZOOM, this::pinched);
    show();
  }

  private void wheeled(ScrollEvent event) {
    if (event.isShortcutDown()) {
      if (event.getDeltaY() != 0) {
        Point2D place = grid.screenToLocal(event.getScreenX(), event.getScreenY());
        zoom(event.getDeltaY() > 0 ? 1 : -1, place);
      }
      event.consume();
    }
  }

  private void pinched(ZoomEvent event) {
    pinched *= event.getZoomFactor();
    if (pinched > PINCH || pinched < 1 / PINCH) {
      zoom(pinched > 1 ? 1 : -1, grid.screenToLocal(event.getScreenX(), event.getScreenY()));
      pinched = 1;
    }
    event.consume();
  }

  /** Makes tiles larger, smaller, or for 0 as large as fits; in the middle of what is in sight. */
  public void zoom(int by) {
    Rectangle2D seen = grid.view();
    zoom(
        by,
        new Point2D(seen.getMinX() + seen.getWidth() / 2, seen.getMinY() + seen.getHeight() / 2));
  }

  /** The same, where a place of the grid stays where it is on the screen. */
  private void zoom(int by, Point2D place) {
    TileGeometry before = grid.geometry();
    Rectangle2D seen = grid.view();
    grid.zoomedSideProperty().set(by == 0 ? 0 : next(grid.side(), by));
    layout();
    grid.layout();
    TileGeometry now = grid.geometry();
    Bounds port = getViewportBounds();
    double x = now.tileLeft(0) + (place.getX() - before.tileLeft(0)) * scale(now, before);
    double high = (now.height() - now.head()) / (before.height() - before.head());
    double y = now.head() + (place.getY() - before.head()) * high;
    setHvalue(share(x - (place.getX() - seen.getMinX()), grid.getWidth() - port.getWidth()));
    setVvalue(share(y - (place.getY() - seen.getMinY()), grid.getHeight() - port.getHeight()));
  }

  private static double scale(TileGeometry now, TileGeometry before) {
    return (double) (now.side() + TileGeometry.GAP) / (before.side() + TileGeometry.GAP);
  }

  private static double share(double from, double hidden) {
    return hidden <= 0 ? 0 : Math.clamp(from / hidden, 0, 1);
  }

  /** The next larger or smaller side. */
  private static int next(int side, int by) {
    List<Integer> further =
        SIDES.stream().filter(other -> by > 0 ? other > side : other < side).toList();
    return further.isEmpty() ? side : by > 0 ? further.getFirst() : further.getLast();
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
    layOut();
    Bounds wanted = grid.boundsOf(tile);
    TileGeometry geometry = grid.geometry();
    Bounds seen = getViewportBounds();
    double left = wanted.getMinX() - geometry.leftStrip();
    double top = wanted.getMinY() - geometry.topStrip();
    setVvalue(value(getVvalue(), top, wanted.getMaxY(), seen.getHeight(), grid.getHeight()));
    setHvalue(value(getHvalue(), left, wanted.getMaxX(), seen.getWidth(), grid.getWidth()));
  }

  /** It may have other rows by now, or not have been shown yet. */
  private void layOut() {
    if (getViewportBounds().getWidth() <= 0 && getScene() != null) {
      getScene().getRoot().applyCss();
      getScene().getRoot().layout();
    }
    layout();
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
