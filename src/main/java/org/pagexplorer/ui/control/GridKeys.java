package org.pagexplorer.ui.control;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** What keys do on a grid: they walk from tile to tile, and move and remove rows. */
record GridKeys(TileGrid grid, TileContent content, RowHeads heads) {

  void pressed(KeyEvent event) {
    int columns = content.columns();
    int image = heads.selected();
    boolean tile = image < 0 && grid.selected() >= 0 && grid.selected() < content.rows() * columns;
    int own = tile ? content.imageOf(grid.selected() / columns) : image;
    if (own >= 0 && RowHeads.shift(event) != 0) {
      shift(own, RowHeads.shift(event), tile);
      event.consume();
    } else if (own >= 0 && event.getCode() == KeyCode.DELETE) {
      heads.handler().remove(own);
      event.consume();
    } else if (image >= 0 && walkedImages(event.getCode(), image)) {
      grid.paint();
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && tile) {
      grid.open(grid.selected());
      event.consume();
    } else if (event.getCode() == KeyCode.LEFT && tile && grid.selected() % columns == 0) {
      grid.selectImage(own);
      event.consume();
    } else {
      walkedTiles(event);
    }
  }

  /** The selected tile, if it is one, goes with its image. */
  private void shift(int image, int by, boolean tile) {
    int within = grid.selected() - heads.firstRow(image) * content.columns();
    int now = heads.shift(image, by);
    if (tile && now != image) {
      grid.walkTo(heads.firstRow(now) * content.columns() + within);
    }
    grid.paint();
  }

  private boolean walkedImages(KeyCode key, int image) {
    switch (key) {
      case UP -> heads.select(Math.max(0, image - 1));
      case DOWN -> heads.select(Math.min(heads.images() - 1, image + 1));
      case RIGHT -> {
        heads.select(-1);
        grid.walkTo(heads.firstRow(image) * content.columns());
      }
      case LEFT -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private void walkedTiles(KeyEvent event) {
    int columns = content.columns();
    int tiles = content.rows() * columns;
    int step =
        switch (event.getCode()) {
          case LEFT -> -1;
          case RIGHT -> 1;
          case UP -> -columns;
          case DOWN -> columns;
          default -> 0;
        };
    if (step == 0 || tiles == 0) {
      return;
    }
    int next = grid.selected() < 0 ? 0 : grid.selected() + step;
    if (next >= 0 && next < tiles) {
      grid.walkTo(next);
    }
    event.consume();
  }
}
