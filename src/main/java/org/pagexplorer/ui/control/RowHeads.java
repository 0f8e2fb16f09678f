package org.pagexplorer.ui.control;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** The originals left of a grid's rows: selected, dragged to another place, walked by keys. */
final class RowHeads {
  private final TileContent content;
  private RowHandler handler = RowHandler.NONE;
  private int selected = -1;
  private int dragged = -1;
  private int gap = -1;

  RowHeads(TileContent content) {
    this.content = content;
  }

  void setHandler(RowHandler newHandler) {
    handler = newHandler;
  }

  RowHandler handler() {
    return handler;
  }

  int images() {
    int rows = content.rows();
    return rows == 0 ? 0 : content.imageOf(rows - 1) + 1;
  }

  /** The first row of an image; that after the last for the number of images. */
  int firstRow(int image) {
    int row = 0;
    while (row < content.rows() && content.imageOf(row) < image) {
      row++;
    }
    return row;
  }

  void select(int image) {
    selected = image;
  }

  /** The selected image; −1 where none is. */
  int selected() {
    return selected < images() ? selected : -1;
  }

  void press(int image) {
    selected = image;
    dragged = image;
    gap = -1;
  }

  /**
   * The pointer is held at this height; on an image's own place it stays there.
   *
   * @return whether something else is to be painted
   */
  boolean drag(TileGeometry geometry, double y) {
    if (dragged < 0) {
      return false;
    }
    int before = gap;
    int now = 0;
    while (now < images() && middle(geometry, now) < y) {
      now++;
    }
    gap = now == dragged || now == dragged + 1 ? -1 : now;
    return gap != before;
  }

  private double middle(TileGeometry geometry, int image) {
    return (geometry.top(firstRow(image)) + geometry.top(firstRow(image + 1))) / 2;
  }

  /** The row before which a dragged image is to be put; −1 while none is dragged elsewhere. */
  int gapRow() {
    return gap < 0 ? -1 : firstRow(gap);
  }

  /** The pointer is let go. */
  void drop() {
    int from = dragged;
    int to = gap > from ? gap - 1 : gap;
    dragged = -1;
    gap = -1;
    if (from >= 0 && to >= 0) {
      move(from, to);
    }
  }

  private void move(int from, int to) {
    boolean own = selected == from;
    handler.move(from, to);
    if (own) {
      selected = to;
    }
  }

  /** Where a key moves an image: up or down; 0 for nowhere. */
  static int shift(KeyEvent event) {
    return switch (event.isAltDown() ? event.getCode() : KeyCode.UNDEFINED) {
      case UP -> -1;
      case DOWN -> 1;
      default -> 0;
    };
  }

  /**
   * Moves an image up or down.
   *
   * @return where it is now
   */
  int shift(int image, int by) {
    int to = image + by;
    if (to < 0 || to >= images()) {
      return image;
    }
    move(image, to);
    return to;
  }
}
