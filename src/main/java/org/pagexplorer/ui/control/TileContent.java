package org.pagexplorer.ui.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.support.Pictures.Picture;

/**
 * Where a grid gets its contents from; asked on the FX thread at every painting, and only for what
 * is in sight.
 */
public interface TileContent {
  int rows();

  /** A head a column. */
  List<String> heads();

  default int columns() {
    return heads().size();
  }

  /** The least side of a picture on the screen: where it would be less, the grid is scrolled. */
  default int leastSide() {
    return 32;
  }

  /**
   * What stands left of a row's tiles; nothing where it is that of the row above.
   *
   * @param pixels its side on the screen: more pixels of its own would be in vain
   */
  @Nullable Picture original(int row, int pixels);

  /** The image that a row is of; several rows may be of one. */
  default int imageOf(int row) {
    return row;
  }

  /** Whether a row stands a little apart from the one above. */
  default boolean beginsGroup(int row) {
    return false;
  }

  /** A row's name, left of everything; empty for none. */
  default String name(int row) {
    return "";
  }

  /**
   * A tile as it is now: the same object as long as nothing about it changes.
   *
   * @param pixels its side on the screen, as of {@link #original}
   */
  TileState tile(int row, int column, int pixels);

  /** What is said of a tile below the pointer; at least its head, which may be cut. */
  default String words(int row, int column) {
    return heads().get(column);
  }
}
