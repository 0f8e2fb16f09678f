package org.pagexplorer.ui.explore;

import java.util.function.BooleanSupplier;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.stage.WindowEvent;
import org.pagexplorer.ui.support.Keys;

/** What a right click on a tile offers. */
final class TileMenu extends ContextMenu {

  /**
   * @param look opens the large view
   * @param compare shows the same images on Compare
   */
  TileMenu(TileActions actions, Runnable look, Runnable compare) {
    MenuItem closer = item("tile-look", "Look closer", actions::isPossible, look);
    closer.setAccelerator(new KeyCodeCombination(KeyCode.ENTER));
    MenuItem copy =
        item("tile-copy", "Copy picture and numbers", actions::isPossible, actions::copy);
    copy.setAccelerator(Keys.shortcut(KeyCode.C));
    getItems()
        .addAll(
            closer,
            item("tile-compare", "Show in Compare", () -> true, compare),
            new SeparatorMenuItem(),
            copy,
            item("tile-copy-picture", "Copy picture", actions::isPossible, actions::copyPicture),
            item("tile-copy-numbers", "Copy numbers", actions::isPossible, actions::copyNumbers),
            item(
                "tile-copy-command",
                "Copy as pag command",
                actions::isPossible,
                actions::copyCommand),
            new SeparatorMenuItem(),
            item("tile-save", "Save picture…", actions::isPossible, actions::save),
            item("tile-use", "Use as original", actions::isPossible, actions::useAsOriginal));
  }

  private MenuItem item(String id, String words, BooleanSupplier possible, Runnable action) {
    MenuItem item = new MenuItem(words);
    item.setId(id);
    item.setOnAction(event -> action.run());
    addEventHandler(WindowEvent.WINDOW_SHOWING, event -> item.setDisable(!possible.getAsBoolean()));
    return item;
  }
}
