package org.pagexplorer.ui.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.support.Pictures.Picture;

/** Where a grid gets its contents from; asked on the FX thread at every painting. */
public interface TileContent {
  int rows();

  /** A head a column. */
  List<String> heads();

  default int columns() {
    return heads().size();
  }

  /** What stands left of a row's tiles; nothing where it is that of the row above. */
  @Nullable Picture original(int row);

  /** Whether a row stands a little apart from the one above. */
  default boolean beginsGroup(int row) {
    return false;
  }

  /** A row's name, left of everything; empty for none. */
  default String name(int row) {
    return "";
  }

  TileState tile(int row, int column);
}
