package org.pagexplorer.ui.control;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.pagexplorer.ui.support.Pictures.Picture;
import org.pagexplorer.ui.support.Theme;

/**
 * Rows of small pictures: a head a column, an original a row, and for each tile a bar for its
 * confidence and a tick where the goal is met. Pictures are enlarged without smoothing.
 */
public final class TileGrid extends Region {
  private static final int GAP = 6;
  private static final int BAR = 4;
  private static final int FRAME = 4;
  private static final int HEAD = 24;
  private static final int SMALLEST = 32;
  private static final int LARGEST = 160;
  private static final int NAMES = 112;

  private final Canvas canvas = new Canvas();
  private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
  private final TileContent content;
  private final IntConsumer onSelect;
  private IntConsumer onHold = tile -> {};
  private int selected = -1;
  private int side = SMALLEST;
  private int laidOutRows = -1;
  private int laidOutColumns = -1;

  /**
   * @param onSelect told of the tile that was clicked or walked to, row by row
   */
  public TileGrid(TileContent content, IntConsumer onSelect) {
    this.content = content;
    this.onSelect = onSelect;
    getChildren().add(canvas);
    getStyleClass().add("tile-grid");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.TABLE_VIEW);
    setAccessibleText("Grid of attacked pictures; arrow keys walk it");
    canvas.setOnMousePressed(this::pressed);
    canvas.setOnMouseReleased(event -> onHold.accept(-1));
    setOnKeyPressed(this::walked);
    focusedProperty().addListener((property, old, now) -> paint());
    theme.addListener((property, old, now) -> paint());
  }

  public ObjectProperty<Theme> themeProperty() {
    return theme;
  }

  /** Marks a tile; −1 for none. */
  public void select(int tile) {
    selected = tile;
    paint();
  }

  /**
   * @param newOnHold told of the tile on which the pointer is held down, and of −1 when it is let
   *     go
   */
  public void setOnHold(IntConsumer newOnHold) {
    onHold = newOnHold;
  }

  /** The side of a picture on the screen, in pixels. */
  public int side() {
    return side;
  }

  /** Shows what its contents have become. */
  public void contentChanged() {
    if (!isOtherShape()) {
      paint();
    }
  }

  /** The same, where these tiles alone have changed, row by row: what lies between them stays. */
  public void tilesChanged(BitSet tiles) {
    if (!isOtherShape()) {
      paintTiles(tiles);
    }
  }

  /** Whether there are other rows or columns; then it is laid out for them and painted. */
  private boolean isOtherShape() {
    boolean other = laidOutRows != content.rows() || laidOutColumns != content.columns();
    laidOutRows = content.rows();
    laidOutColumns = content.columns();
    if (other) {
      requestLayout();
      paint();
    }
    return other;
  }

  @Override
  protected void layoutChildren() {
    int columns = content.columns() + 1;
    double width = getWidth() - 4 * GAP - names();
    int fitting = (int) (width / columns) - GAP;
    // Multiples of 8 keep the enlarged pixels of 32×32 pictures nearly alike in size.
    int snapped = Math.clamp(fitting / 8 * 8, SMALLEST, LARGEST);
    if (snapped != side) {
      side = snapped;
      requestParentLayout();
    }
    canvas.setWidth(getWidth());
    canvas.setHeight(heightOf(content.rows()));
    paint();
  }

  private double heightOf(int rows) {
    return y(rows);
  }

  @Override
  protected double computePrefHeight(double width) {
    return heightOf(content.rows());
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computePrefWidth(double height) {
    return names() + (content.columns() + 1) * (double) (64 + GAP);
  }

  /** Narrower, columns would be out of sight. */
  @Override
  protected double computeMinWidth(double height) {
    return names() + (content.columns() + 1) * (double) (SMALLEST + GAP) + 4 * GAP;
  }

  /** Where a tile is, its bar and frame included, in this node's coordinates. */
  Bounds boundsOf(int tile) {
    int columns = Math.max(1, content.columns());
    double top = tile < columns ? 0 : y(tile / columns) - GAP; // the heads come with the first row
    double left = x(tile % columns + 1) - GAP;
    return new BoundingBox(left, top, side + 2 * GAP, y(tile / columns) + side + BAR + GAP - top);
  }

  /** The width of the rows' names. */
  private double names() {
    for (int row = 0; row < content.rows(); row++) {
      if (!content.name(row).isEmpty()) {
        return NAMES;
      }
    }
    return 0;
  }

  private double x(int column) {
    // The originals stand apart.
    return names() + (column == 0 ? GAP : 3 * GAP + column * (double) (side + GAP));
  }

  private double y(int row) {
    int groups = 0;
    for (int above = 1; above <= Math.min(row, content.rows() - 1); above++) {
      groups += content.beginsGroup(above) ? 1 : 0;
    }
    return HEAD + row * (double) (side + BAR + 2 * GAP) + groups * (double) (2 * GAP);
  }

  /** Paints everything anew. */
  public void paint() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    g.setImageSmoothing(false);
    paintHeads(g);
    for (int row = 0; row < content.rows(); row++) {
      paintHead(g, row);
      for (int column = 0; column < content.columns(); column++) {
        paintTile(g, row, column);
      }
    }
  }

  private void paintTiles(BitSet tiles) {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.setImageSmoothing(false);
    int columns = content.columns();
    if (selected >= 0 && tiles.get(selected)) {
      clearTile(g, selected / columns, selected % columns);
    }
    tiles.stream().forEach(tile -> paintTile(g, tile / columns, tile % columns));
  }

  /** With its frame, whose soft edges would grow harder each time. */
  private void clearTile(GraphicsContext g, int row, int column) {
    double left = x(column + 1) - FRAME;
    g.clearRect(left, y(row) - FRAME, side + 2 * FRAME, side + BAR + 2 * FRAME);
  }

  private void paintHead(GraphicsContext g, int row) {
    Picture original = content.original(row);
    if (original != null) {
      g.drawImage(original.image(), x(0), y(row), side, side);
    }
    g.setFill(theme.get().foreground());
    g.setFont(Font.font(12));
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText(content.name(row), GAP, y(row) + side / 2.0 + 4, NAMES - 2 * GAP);
  }

  private void paintHeads(GraphicsContext g) {
    g.setFill(theme.get().muted());
    g.setFont(Font.font(12));
    g.setTextAlign(TextAlignment.CENTER);
    if (content.rows() > 0) {
      g.fillText("original", x(0) + side / 2.0, HEAD - 8, side + GAP);
    }
    for (int column = 0; column < content.columns(); column++) {
      g.fillText(content.heads().get(column), x(column + 1) + side / 2.0, HEAD - 8, side + GAP);
    }
  }

  private void paintTile(GraphicsContext g, int row, int column) {
    TileState tile = content.tile(row, column);
    double left = x(column + 1);
    double top = y(row);
    Theme colours = theme.get();
    if (tile.picture() == null) {
      g.setFill(colours.border());
      g.fillRect(left, top, side, side);
    } else {
      g.drawImage(tile.picture().image(), left, top, side, side);
    }
    g.setFill(colours.border());
    g.fillRect(left, top + side + 2, side, BAR);
    if (tile.started()) {
      g.setFill(tile.success() ? colours.success() : colours.accent());
      g.fillRect(left, top + side + 2, side * (double) tile.confidence(), BAR);
    }
    if (row * content.columns() + column == selected) {
      paintSelection(g, left, top, colours.accent());
    }
  }

  private void paintSelection(GraphicsContext g, double left, double top, Color colour) {
    g.setStroke(colour);
    g.setLineWidth(isFocused() ? 3 : 2);
    g.strokeRect(left - 2, top - 2, side + 4, side + 4);
  }

  private void pressed(MouseEvent event) {
    requestFocus();
    event.consume(); // a scroll pane around would take the focus for itself
    for (int row = 0; row < content.rows(); row++) {
      for (int column = 0; column < content.columns(); column++) {
        double left = x(column + 1);
        if (event.getX() >= left
            && event.getX() < left + side
            && event.getY() >= y(row)
            && event.getY() < y(row) + side + BAR) {
          onSelect.accept(row * content.columns() + column);
          onHold.accept(row * content.columns() + column);
        }
      }
    }
  }

  private void walked(KeyEvent event) {
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
    int next = selected < 0 ? 0 : selected + step;
    if (next >= 0 && next < tiles) {
      onSelect.accept(next);
    }
    event.consume();
  }

  /**
   * The middle of a tile in this node's coordinates, for tests and for showing where something is.
   */
  public javafx.geometry.Point2D middleOf(int row, int column) {
    return new javafx.geometry.Point2D(x(column + 1) + side / 2.0, y(row) + side / 2.0);
  }

  /** Column heads, for accessibility. */
  public List<String> heads() {
    return content.heads();
  }
}
