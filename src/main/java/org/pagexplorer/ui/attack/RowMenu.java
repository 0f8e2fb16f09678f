package org.pagexplorer.ui.attack;

import javafx.geometry.Point2D;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.pagexplorer.ui.control.RowHandler;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.settings.Undo;
import org.pagexplorer.ui.support.Keys;

/** What a right click on a row's original offers; rows are moved and removed by keys, too. */
public final class RowMenu extends ContextMenu implements RowHandler {
  private final ImageRows rows;
  private final Undo undo;
  private final TileGrid grid;

  public RowMenu(RowActions actions, AttackSetup setup, TileGrid grid) {
    this.rows = setup.rows();
    this.undo = setup.undo();
    this.grid = grid;
    getItems()
        .addAll(
            ActionItem.of(
                    this, "row-copy", "Copy picture and name", actions::isPossible, actions::copy)
                .with(Keys.shortcut(KeyCode.C)),
            ActionItem.of(
                this,
                "row-copy-picture",
                "Copy picture",
                actions::isPossible,
                actions::copyPicture),
            ActionItem.of(
                this,
                "row-copy-command",
                "Copy as pag command",
                actions::isAttacked,
                actions::copyCommand),
            new SeparatorMenuItem(),
            ActionItem.of(this, "row-save", "Save picture…", actions::isPossible, actions::save),
            ActionItem.of(
                this,
                "row-animation",
                "Save row's attack as animation…",
                actions::isAttacked,
                actions::saveAnimation),
            ActionItem.of(
                this,
                "grid-animation",
                "Save grid's attack as animation…",
                actions::isAttacked,
                actions::saveGridAnimation),
            ActionItem.of(
                this, "row-alone", "Use only this row", actions::isPossible, actions::useAlone),
            new SeparatorMenuItem(),
            ActionItem.of(this, "row-up", "Move up", () -> actions.canMove(-1), () -> move(-1))
                .with(new KeyCodeCombination(KeyCode.UP, KeyCombination.ALT_DOWN)),
            ActionItem.of(this, "row-down", "Move down", () -> actions.canMove(1), () -> move(1))
                .with(new KeyCodeCombination(KeyCode.DOWN, KeyCombination.ALT_DOWN)),
            ActionItem.of(
                    this,
                    "row-remove",
                    "Remove row",
                    actions::isPossible,
                    () -> remove(grid.selectedImage()))
                .with(new KeyCodeCombination(KeyCode.DELETE)));
  }

  private void move(int by) {
    int image = grid.selectedImage();
    move(image, image + by);
    grid.selectImage(image + by);
  }

  @Override
  public void move(int from, int to) {
    undo.keep(); // each is taken back on its own
    rows.choice().move(from, to);
  }

  @Override
  public void remove(int image) {
    undo.keep();
    rows.choice().remove(image);
  }

  @Override
  public void menu(Point2D place) {
    show(grid, place.getX(), place.getY());
  }
}
