package org.pagexplorer.ui.control;

import javafx.geometry.Rectangle2D;
import javafx.scene.image.WritableImage;

/** Shows what is out of sight, too. */
public final class WholeGrid {
  private WholeGrid() {}

  /** All of a small grid. */
  public static WritableImage picture(TileGrid grid) {
    grid.getScene().getRoot().layout();
    grid.getScene().getRoot().layout(); // for the height that comes with another width
    Rectangle2D before = grid.view();
    grid.show(new Rectangle2D(0, 0, grid.getWidth() - 1, grid.getHeight() - 1));
    WritableImage picture = grid.snapshot(null, null);
    grid.show(before);
    return picture;
  }
}
