package org.pagexplorer.ui.control;

import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.pagexplorer.ui.support.Tips;

/** What the pointer does on a grid: tiles are selected and described, rows dragged. */
final class GridPointer {
  private final TileGrid grid;
  private final TileContent content;
  private final RowHeads heads;
  private final Canvas canvas;
  private final Tooltip tooltip = Tips.of("");
  private int hovered = -1;

  GridPointer(TileGrid grid, TileContent content, RowHeads heads, Canvas canvas) {
    this.grid = grid;
    this.content = content;
    this.heads = heads;
    this.canvas = canvas;
    canvas.setOnMousePressed(this::pressed);
    canvas.setOnMouseDragged(this::dragged);
    canvas.setOnMouseReleased(event -> released());
    canvas.setOnMouseMoved(this::moved);
    grid.setOnContextMenuRequested(this::menuRequested);
  }

  private void dragged(MouseEvent event) {
    if (heads.drag(grid.geometry(), event.getY() + grid.view().getMinY())) {
      grid.paint();
    }
  }

  private void released() {
    grid.hold(-1);
    heads.drop();
    grid.paint();
  }

  private void pressed(MouseEvent event) {
    grid.requestFocus();
    event.consume(); // a scroll pane around would take the focus for itself
    int image = imageAt(event.getX(), event.getY());
    if (image >= 0) {
      if (event.getButton() == MouseButton.PRIMARY) {
        heads.press(image);
      } else {
        heads.select(image);
      }
      grid.paint();
      return;
    }
    int tile = tileAt(event);
    if (tile >= 0) {
      heads.select(-1);
      grid.walkTo(tile);
      grid.paint();
      if (event.getButton() != MouseButton.PRIMARY) {
        return;
      }
      grid.hold(tile);
      if (event.getClickCount() == 2) {
        grid.hold(-1); // whatever opens may take the release
        grid.open(tile);
      }
    }
  }

  /** Of what is below the pointer, or by its key of what is selected. */
  private void menuRequested(ContextMenuEvent event) {
    double x = event.getX() - canvas.getLayoutX();
    double y = event.getY() - canvas.getLayoutY();
    if (event.isKeyboardTrigger() && heads.selected() >= 0) {
      heads.handler().menu(grid.localToScreen(grid.middleOf(heads.firstRow(heads.selected()))));
    } else if (!event.isKeyboardTrigger() && imageAt(x, y) >= 0) {
      heads.handler().menu(new Point2D(event.getScreenX(), event.getScreenY()));
    } else if (event.isKeyboardTrigger() && grid.selected() >= 0) {
      int columns = content.columns();
      grid.showMenu(
          grid.localToScreen(grid.middleOf(grid.selected() / columns, grid.selected() % columns)));
    } else if (tileAt(x, y) >= 0) {
      grid.showMenu(new Point2D(event.getScreenX(), event.getScreenY()));
    }
    event.consume();
  }

  private void moved(MouseEvent event) {
    hovered = tileAt(event);
    if (hovered < 0) {
      Tooltip.uninstall(canvas, tooltip);
    } else {
      describe();
      Tooltip.install(canvas, tooltip);
    }
  }

  /** What is said of a tile stays true while the attack goes on below the pointer. */
  void describe() {
    if (hovered >= 0 && hovered < content.rows() * content.columns()) {
      int columns = content.columns();
      String words = content.words(hovered / columns, hovered % columns);
      if (!words.equals(tooltip.getText())) {
        tooltip.setText(words);
      }
    }
  }

  /** The tile below the pointer; −1 where there is none, or it is below what stays in sight. */
  private int tileAt(MouseEvent event) {
    return tileAt(event.getX(), event.getY());
  }

  /** The same, in the canvas's coordinates. */
  private int tileAt(double x, double y) {
    Rectangle2D shown = grid.view();
    TileGeometry geometry = grid.geometry();
    boolean covered =
        shown.getMinX() > 0 && x < geometry.leftStrip()
            || shown.getMinY() > 0 && y < geometry.topStrip();
    return covered ? -1 : geometry.tileAt(x + shown.getMinX(), y + shown.getMinY());
  }

  /** The image whose original or name is at a place, in the canvas's coordinates; −1 for none. */
  private int imageAt(double x, double y) {
    TileGeometry geometry = grid.geometry();
    boolean below = y >= geometry.topStrip() && x < geometry.leftStrip();
    int row = below ? geometry.rowOf(y + grid.view().getMinY()) : -1;
    return row < 0 ? -1 : content.imageOf(row);
  }

  /** What is said of the tile below the pointer, or of the last one that was. */
  String described() {
    return tooltip.getText();
  }
}
