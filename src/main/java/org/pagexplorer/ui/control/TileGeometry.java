package org.pagexplorer.ui.control;

import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.text.Font;

/** Where the heads, originals and tiles of a grid are, in pixels from its upper left corner. */
final class TileGeometry {
  static final int GAP = 6;
  static final int BAR = 4;
  static final int FRAME = 4;
  static final Font FONT = Font.font(12);
  private static final int HEAD = 24;

  /** Between the two lines of heads that have no room beside one another. */
  private static final int LINE = 14;

  /** Of more columns, heads are cut. */
  static final int FEW = 20;

  static final int NAMES = 112;

  private static final int LARGEST = 160;

  private final int side;
  private final int columns;
  private final double names;
  private final double[] tops;
  private final boolean twoLines;

  private TileGeometry(int side, int columns, double names, double[] tops, boolean twoLines) {
    this.side = side;
    this.columns = columns;
    this.names = names;
    this.tops = tops;
    this.twoLines = twoLines;
  }

  /**
   * @param side of a picture on the screen
   */
  static TileGeometry of(TileContent content, int side) {
    double[] tops = new double[content.rows() + 1];
    boolean twoLines = needsTwoLines(content.heads(), side);
    tops[0] = HEAD + (twoLines ? LINE : 0);
    for (int row = 1; row < tops.length; row++) {
      boolean apart = row < tops.length - 1 && content.beginsGroup(row);
      tops[row] = tops[row - 1] + side + BAR + 2 * GAP + (apart ? 2 * GAP : 0);
    }
    return new TileGeometry(side, content.columns(), names(content), tops, twoLines);
  }

  private static boolean needsTwoLines(List<String> heads, int side) {
    return heads.size() <= FEW
        && heads.stream().anyMatch(head -> Ellipsis.width(head, FONT) > headWidth(side, false));
  }

  private static double headWidth(int side, boolean twoLines) {
    return (twoLines ? 2 : 1) * (side + GAP) - GAP;
  }

  /** The room of a column's head; the last one's ends with its pictures. */
  double headWidth(int column) {
    boolean last = twoLines && column == columns - 1;
    return headWidth(side, twoLines) - (last ? side / 2.0 : 0);
  }

  /** The middle of a head of some width: its column's, as far as it ends where the pictures do. */
  double headMiddle(int column, double width) {
    double end = tileLeft(columns - 1) + side + GAP;
    return Math.min(tileLeft(column) + side / 2.0, end - width / 2);
  }

  /** The height of the heads. */
  double head() {
    return tops[0];
  }

  /** The line on which a column's head stands; the originals' is column −1. */
  double headLine(int column) {
    return head() - 8 - (twoLines && column % 2 == 0 ? LINE : 0);
  }

  /** The side of pictures that fill a width, or the least where that has to be scrolled. */
  static int side(TileContent content, double width) {
    double forTiles = width - 4 * GAP - names(content);
    int fitting = (int) (forTiles / (content.columns() + 1)) - GAP;
    // Multiples of 8 keep the enlarged pixels of 32×32 pictures nearly alike in size.
    return Math.clamp(fitting / 8 * 8, content.leastSide(), LARGEST);
  }

  /** The width that all columns take at this side. */
  static double width(TileContent content, int side) {
    return names(content) + (content.columns() + 1) * (double) (side + GAP) + 4 * GAP;
  }

  /** The width of the rows' names. */
  private static double names(TileContent content) {
    for (int row = 0; row < content.rows(); row++) {
      if (!content.name(row).isEmpty()) {
        return NAMES;
      }
    }
    return 0;
  }

  int side() {
    return side;
  }

  int rows() {
    return tops.length - 1;
  }

  int columns() {
    return columns;
  }

  double height() {
    return tops[tops.length - 1];
  }

  /** Of a tile, by its column from 0. */
  double tileLeft(int column) {
    // The originals stand apart.
    return names + 3 * GAP + (column + 1) * (double) (side + GAP);
  }

  double originalLeft() {
    return names + GAP;
  }

  double top(int row) {
    return tops[row];
  }

  /** What stays in sight on the left where tiles are scrolled: names and originals. */
  double leftStrip() {
    return tileLeft(0) - GAP;
  }

  /** What stays in sight above where tiles are scrolled: the heads. */
  double topStrip() {
    return head() - FRAME;
  }

  /** Where a tile is, with its bar and frame. */
  Bounds boundsOf(int tile) {
    int row = tile / Math.max(1, columns);
    double left = tileLeft(tile % Math.max(1, columns)) - GAP;
    double top = tops[Math.min(row, rows())] - GAP;
    return new BoundingBox(left, top, side + 2 * GAP, side + BAR + 2 * GAP);
  }

  /** The tiles of which any pixel is within a rectangle that the strips cover partly. */
  TileRange within(double x, double y, double width, double height) {
    double pitch = side + GAP;
    double hidden = x + leftStrip() - tileLeft(0);
    int firstColumn = (int) Math.floor((hidden + GAP) / pitch);
    int lastColumn = (int) Math.floor((x + width - tileLeft(0)) / pitch);
    return new TileRange(
        rowAt(y + topStrip()),
        Math.min(rows() - 1, rowAt(y + height)),
        Math.clamp(firstColumn, 0, Math.max(0, columns - 1)),
        Math.min(columns - 1, lastColumn));
  }

  /** The row at a height, with the gap below it; −1 for none. */
  int rowOf(double y) {
    return rows() == 0 || y < tops[0] || y >= height() ? -1 : rowAt(y);
  }

  /** The last row that begins above a place; the first where none does. */
  private int rowAt(double y) {
    int row = 0;
    while (row + 1 < rows() && tops[row + 1] <= y) {
      row++;
    }
    return row;
  }

  /** The tile at a place, its bar included, row by row; −1 for none. */
  int tileAt(double x, double y) {
    int row = rowAt(y);
    int column = (int) Math.floor((x - tileLeft(0)) / (side + GAP));
    boolean hit =
        rows() > 0
            && column >= 0
            && column < columns
            && x < tileLeft(column) + side
            && y >= tops[row]
            && y < tops[row] + side + BAR;
    return hit ? row * columns + column : -1;
  }
}
