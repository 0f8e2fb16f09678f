package org.pagexplorer.ui.control;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.support.Theme;

/**
 * Rows of small pictures: a head a column, an original a row, and for each tile a bar for its
 * confidence and a tick where the goal is met. Pictures are enlarged without smoothing. However
 * many there are, only what {@link GridScroll} shows of them is painted.
 */
public final class TileGrid extends Region {
  /** The largest side that a user can choose, in pixels. */
  public static final int LARGEST = 512;

  private final Canvas canvas = new Canvas();
  private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
  private final ReadOnlyObjectWrapper<TileRange> shownTiles =
      new ReadOnlyObjectWrapper<>(TileRange.ALL);
  private final TileContent content;
  private final TilePainter painter;
  private final IntConsumer onSelect;
  private final RowHeads heads;
  private final GridPointer pointer;
  private final IntegerProperty zoomedSide = new SimpleIntegerProperty();
  private IntConsumer onHold = tile -> {};
  private IntConsumer onOpen = tile -> {};
  private Consumer<Point2D> onMenu = place -> {};
  private @Nullable Rectangle2D view;
  private int selected = -1;
  private int side;
  private int laidOutRows = -1;
  private int laidOutColumns = -1;
  private int laidOutLeast = -1;

  /**
   * @param onSelect told of the tile that was clicked or walked to, row by row
   */
  public TileGrid(TileContent content, IntConsumer onSelect) {
    this.content = content;
    this.onSelect = onSelect;
    heads = new RowHeads(content);
    side = content.leastSide();
    painter = new TilePainter(content, canvas.getGraphicsContext2D());
    canvas.setManaged(false); // it follows what is in sight, and nothing is laid out for it
    getChildren().add(canvas);
    getStyleClass().add("tile-grid");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.TABLE_VIEW);
    setAccessibleText("Grid of attacked pictures; arrow keys move in it");
    pointer = new GridPointer(this, content, heads, canvas);
    setOnKeyPressed(new GridKeys(this, content, heads)::pressed);
    focusedProperty().addListener((property, old, now) -> paint());
    theme.addListener((property, old, now) -> paint());
    zoomedSide.addListener((property, old, now) -> zoomed());
  }

  private void zoomed() {
    requestLayout();
    if (getParent() != null) {
      getParent().requestLayout(); // it is of another size
    }
  }

  /** The side of pictures that the user has chosen, in pixels; 0 for as large as fits. */
  public IntegerProperty zoomedSideProperty() {
    return zoomedSide;
  }

  private int sideFor(double width) {
    return zoomedSide.get() > 0 ? zoomedSide.get() : TileGeometry.side(content, width);
  }

  public ObjectProperty<Theme> themeProperty() {
    return theme;
  }

  /** The tiles that are in sight. */
  public ReadOnlyObjectProperty<TileRange> shownTilesProperty() {
    return shownTiles.getReadOnlyProperty();
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

  /**
   * @param newOnOpen told of the tile that is double-clicked, or selected when Enter is pressed
   */
  public void setOnOpen(IntConsumer newOnOpen) {
    onOpen = newOnOpen;
  }

  /**
   * @param newOnMenu told where on the screen the selected tile's menu is to be
   */
  public void setOnMenu(Consumer<Point2D> newOnMenu) {
    onMenu = newOnMenu;
  }

  /** The tile that is marked; −1 for none. */
  int selected() {
    return selected;
  }

  void walkTo(int tile) {
    onSelect.accept(tile);
  }

  void hold(int tile) {
    onHold.accept(tile);
  }

  void open(int tile) {
    onOpen.accept(tile);
  }

  void showMenu(Point2D place) {
    onMenu.accept(place);
  }

  /**
   * @param rows does what is asked for of the images left of the tiles
   */
  public void setOnRows(RowHandler rows) {
    heads.setHandler(rows);
  }

  /** The image that is selected itself, not one of its tiles; −1 where none is. */
  public int selectedImage() {
    return heads.selected();
  }

  /** Marks an image, and no tile; −1 for none. */
  public void selectImage(int image) {
    heads.select(image);
    paint();
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
    pointer.describe();
  }

  /** The same, where nothing but tiles may have changed: what lies between them stays. */
  public void tilesChanged() {
    if (!isOtherShape()) {
      painter.paintChanges();
    }
    pointer.describe();
  }

  /** Whether there are other rows or columns; then it is laid out for them and painted. */
  private boolean isOtherShape() {
    boolean other =
        laidOutRows != content.rows()
            || laidOutColumns != content.columns()
            || laidOutLeast != content.leastSide();
    laidOutRows = content.rows();
    laidOutColumns = content.columns();
    laidOutLeast = content.leastSide();
    if (other) {
      requestLayout();
      paint();
    }
    return other;
  }

  /** Shows this part of it, in this node's coordinates. */
  void show(Rectangle2D part) {
    // On whole pixels, so that nothing is blurred.
    double x = Math.floor(part.getMinX());
    double y = Math.floor(part.getMinY());
    view =
        new Rectangle2D(x, y, Math.ceil(part.getMaxX()) - x + 1, Math.ceil(part.getMaxY()) - y + 1);
    paint();
  }

  /** The part that is shown, in this node's coordinates. */
  Rectangle2D view() {
    Rectangle2D known = view;
    return known == null ? new Rectangle2D(0, 0, getWidth(), getHeight()) : known;
  }

  @Override
  protected void layoutChildren() {
    side = sideFor(getWidth());
    paint();
  }

  TileGeometry geometry() {
    return TileGeometry.of(content, side);
  }

  /** Rows are as high as columns are wide. */
  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefHeight(double width) {
    double known = width < 0 ? getWidth() : width;
    return TileGeometry.of(content, sideFor(known)).height();
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computePrefWidth(double height) {
    return TileGeometry.width(
        content, sideFor(TileGeometry.width(content, Math.max(64, content.leastSide()))));
  }

  /** Narrower, columns would be out of sight. */
  @Override
  protected double computeMinWidth(double height) {
    int least = zoomedSide.get() > 0 ? zoomedSide.get() : content.leastSide();
    return TileGeometry.width(content, least);
  }

  /** Repaints everything that is in sight. */
  public void paint() {
    Rectangle2D shown = view();
    canvas.relocate(shown.getMinX(), shown.getMinY());
    canvas.setWidth(shown.getWidth());
    canvas.setHeight(shown.getHeight());
    painter.mark(heads.selected() >= 0 ? -1 : selected, isFocused());
    painter.markHeads(heads.selected(), heads.gapRow());
    painter.paint(geometry(), shown, theme.get(), (int) Math.ceil(side * scale()));
    shownTiles.set(painter.range());
  }

  /** Pixels of the screen for one of this node's. */
  private double scale() {
    return getScene() == null || getScene().getWindow() == null
        ? 1
        : Math.max(1, getScene().getWindow().getOutputScaleX());
  }

  /** What is said of the tile below the pointer, or of the last one that was. */
  public String described() {
    return pointer.described();
  }

  /** Where a tile is, its bar and frame included, in this node's coordinates. */
  public Bounds boundsOf(int tile) {
    return geometry().boundsOf(tile);
  }

  /**
   * The middle of a tile in this node's coordinates, for tests and for showing where something is.
   */
  public Point2D middleOf(int row, int column) {
    TileGeometry geometry = geometry();
    return new Point2D(geometry.tileLeft(column) + side / 2.0, geometry.top(row) + side / 2.0);
  }

  /** The middle of the original of a row, as of {@link #middleOf(int, int)}. */
  public Point2D middleOf(int row) {
    TileGeometry geometry = geometry();
    double left = view().getMinX() + geometry.originalLeft();
    return new Point2D(left + side / 2.0, geometry.top(row) + side / 2.0);
  }

  /** The heads that are not painted as a whole. */
  public List<String> cutHeads() {
    TileGeometry places = geometry();
    List<String> all = content.heads();
    return IntStream.range(0, all.size())
        .filter(c -> Ellipsis.width(all.get(c), TileGeometry.FONT) > places.headWidth(c))
        .mapToObj(all::get)
        .toList();
  }

  /** Column heads, for accessibility. */
  public List<String> heads() {
    return content.heads();
  }
}
