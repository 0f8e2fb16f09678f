package org.pagexplorer.ui.control;

/** The rows and columns of tiles that are in sight, or a part of them; both ends belong to it. */
public record TileRange(int firstRow, int lastRow, int firstColumn, int lastColumn) {
  /** Before anything is laid out. */
  public static final TileRange ALL = new TileRange(0, Integer.MAX_VALUE, 0, Integer.MAX_VALUE);

  /** How far away a tile is, in tiles: 0 for one in sight. */
  public int distance(int row, int column) {
    return Math.max(
        Math.max(firstRow - row, row - lastRow),
        Math.max(0, Math.max(firstColumn - column, column - lastColumn)));
  }

  /** The same where each row stands for so many rows of the grid, one below the other. */
  public TileRange perRow(int rows) {
    return new TileRange(firstRow / rows, lastRow / rows, firstColumn, lastColumn);
  }
}
