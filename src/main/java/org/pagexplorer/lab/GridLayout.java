package org.pagexplorer.lab;

import org.pagexplorer.domain.InputShape;

/** Where everything of a figure goes, in pixels. */
final class GridLayout {
  static final int MARGIN = 28;
  static final int GAP = 8;
  static final int BAR = 5;
  static final int BAR_GAP = 4;
  static final int LABEL_SIZE = 13;
  static final int SMALL_SIZE = 11;

  private static final int TILE = 96;
  private static final int ORIGINAL_GAP = 22;
  private static final int ROW_GAP = 12;
  private static final int GROUP_GAP = 24;
  private static final int CAPTION = 15;
  private static final int HEADER = 24;
  private static final int FOOTER = 34;
  private static final int WIDEST_NAME = 180;

  private final AttackedGrid grid;
  private final int factor;
  private final InputShape shape;
  private final int names;
  private final boolean captions;

  GridLayout(AttackedGrid grid) {
    this.grid = grid;
    shape = grid.subjects().getFirst().image().shape();
    factor = Math.max(1, TILE / Math.max(shape.width(), shape.height()));
    captions = !grid.at(0, 0, 0).goal().targeted();
    names =
        grid.models().stream()
            .mapToInt(model -> Lettering.width(model.card().name(), LABEL_SIZE, true))
            .map(width -> Math.min(width, WIDEST_NAME) + 2 * GAP)
            .max()
            .orElse(0);
  }

  int tileWidth() {
    return factor * shape.width();
  }

  int tileHeight() {
    return factor * shape.height();
  }

  /** Whether a picture's class is written below it, as it is not above its column. */
  boolean hasCaptions() {
    return captions;
  }

  int namesLeft() {
    return MARGIN;
  }

  int namesWidth() {
    return names;
  }

  int originalLeft() {
    return MARGIN + names;
  }

  int columnLeft(int column) {
    return originalLeft() + tileWidth() + ORIGINAL_GAP + column * (tileWidth() + GAP);
  }

  int headerBaseline() {
    return MARGIN + LABEL_SIZE;
  }

  private int pitch() {
    return tileHeight() + BAR_GAP + BAR + ROW_GAP + (captions ? CAPTION : 0);
  }

  private int groupHeight() {
    return grid.models().size() * pitch() + (grid.models().size() > 1 ? GROUP_GAP - ROW_GAP : 0);
  }

  /** Top of model {@code k}'s row of image {@code i}. */
  int rowTop(int i, int k) {
    return MARGIN + HEADER + i * groupHeight() + k * pitch();
  }

  /** The original stands in the middle of its models' rows. */
  int originalTop(int i) {
    return (rowTop(i, 0) + rowTop(i, grid.models().size() - 1)) / 2;
  }

  int width() {
    int last = columnLeft(grid.columns().size() - 1) + tileWidth();
    return last + MARGIN;
  }

  int footerBaseline() {
    int last = rowTop(grid.subjects().size() - 1, grid.models().size() - 1) + pitch();
    return last + FOOTER - SMALL_SIZE;
  }

  int height() {
    return footerBaseline() + MARGIN;
  }
}
