package org.pagexplorer.lab.figure;

import java.util.List;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.AttackedGrid;

/** Where everything of a figure goes, in pixels. */
final class GridLayout {
  static final int MARGIN = 28;
  static final int GAP = 8;
  static final int BAR = 5;
  static final int BAR_GAP = 4;
  static final int LABEL_SIZE = 13;
  static final int SMALL_SIZE = 11;
  static final int TITLE_SIZE = 16;

  private static final int TILE = 96;
  private static final int ORIGINAL_GAP = 22;
  private static final int ROW_GAP = 16;
  private static final int GROUP_GAP = 30;
  private static final int CAPTION = 15;
  private static final int TITLE = 34;
  private static final int HEADER = 24;
  private static final int FOOTER = 34;
  private static final int FOOTER_LINE = 17;
  private static final int WIDEST_NAME = 180;

  private final AttackedGrid grid;
  private final int factor;
  private final InputShape shape;
  private final int namesWidth;
  private final boolean captions;
  private final List<String> names;
  private final GridFigure.Numbers numbers;
  private final List<String> footer;

  GridLayout(
      AttackedGrid grid, List<String> names, GridFigure.Numbers numbers, List<String> footer) {
    this.grid = grid;
    this.names = names;
    this.numbers = numbers;
    this.footer = footer;
    shape = grid.subjects().getFirst().image().shape();
    factor = factor(shape);
    Goal first = grid.at(0, 0, 0).goal();
    captions = !first.targeted() || first.classIndex() == Goal.NO_CLASS;
    namesWidth = hasTitle() ? 0 : widest(names);
  }

  /** Of a figure, about: so many tiles one after the other, {@code side} of each. */
  static long points(long tiles, int side, InputShape shape) {
    int tile = factor(shape) * side;
    return tiles * (tile + BAR_GAP + BAR + ROW_GAP);
  }

  private static int factor(InputShape shape) {
    return Math.max(1, TILE / Math.max(shape.width(), shape.height()));
  }

  private static int widest(List<String> names) {
    return names.stream()
        .mapToInt(name -> Lettering.width(name, LABEL_SIZE, true))
        .map(width -> Math.min(width, WIDEST_NAME) + 2 * GAP)
        .max()
        .orElse(0);
  }

  /** Whether the model's name is a title; several have theirs at their rows. */
  boolean hasTitle() {
    return grid.models().size() == 1;
  }

  int titleBaseline() {
    return MARGIN + TITLE_SIZE;
  }

  private int top() {
    return MARGIN + (hasTitle() ? TITLE : 0);
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
    return namesWidth;
  }

  /** One a model. */
  List<String> names() {
    return names;
  }

  GridFigure.Numbers numbers() {
    return numbers;
  }

  int numberLeft(int column) {
    return columnLeft(grid.columns().size()) + ORIGINAL_GAP - GAP + column * (tileWidth() + GAP);
  }

  int originalLeft() {
    return MARGIN + namesWidth;
  }

  int columnLeft(int column) {
    return originalLeft() + tileWidth() + ORIGINAL_GAP + column * (tileWidth() + GAP);
  }

  int headerBaseline() {
    return top() + LABEL_SIZE;
  }

  /** From a row to the next. */
  int pitch() {
    return tileHeight() + BAR_GAP + BAR + ROW_GAP + (captions ? CAPTION : 0);
  }

  private int groupHeight() {
    return grid.models().size() * pitch() + (grid.models().size() > 1 ? GROUP_GAP - ROW_GAP : 0);
  }

  /** Top of model {@code k}'s row of image {@code i}. */
  int rowTop(int i, int k) {
    return top() + HEADER + i * groupHeight() + k * pitch();
  }

  /** The original stands in the middle of its models' rows. */
  int originalTop(int i) {
    return (rowTop(i, 0) + rowTop(i, grid.models().size() - 1)) / 2;
  }

  int width() {
    int last =
        numbers.heads().isEmpty()
            ? columnLeft(grid.columns().size() - 1) + tileWidth()
            : numberLeft(numbers.heads().size() - 1) + tileWidth();
    int text =
        footer.stream().mapToInt(line -> Lettering.width(line, SMALL_SIZE, false)).max().orElse(0);
    return Math.max(last, MARGIN + text) + MARGIN;
  }

  List<String> footer() {
    return footer;
  }

  int footerBaseline(int line) {
    int last = rowTop(grid.subjects().size() - 1, grid.models().size() - 1) + pitch();
    return last + FOOTER - SMALL_SIZE + line * FOOTER_LINE;
  }

  int height() {
    return footerBaseline(footer.size() - 1) + MARGIN;
  }
}
