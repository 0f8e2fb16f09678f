package org.pagexplorer.ui.control;

import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.support.Pictures.Picture;

/**
 * What a tile shows.
 *
 * @param confidence the length of its bar, in [0, 1]
 * @param success whether its goal is met
 */
public record TileState(
    @Nullable Picture picture, float confidence, boolean success, boolean started) {
  /** A tile that has not begun. */
  public static final TileState EMPTY = new TileState(null, 0, false, false);
}
