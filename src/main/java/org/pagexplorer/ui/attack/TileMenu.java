package org.pagexplorer.ui.attack;

import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import org.pagexplorer.ui.support.Keys;

/** What a right click on a tile offers. */
public final class TileMenu extends ContextMenu {

  /**
   * @param look opens the large view, where there is one
   * @param elsewhere shows the same tile on another screen, by this name
   */
  public TileMenu(
      TileActions actions, Optional<Runnable> look, String elsewhere, Runnable showElsewhere) {
    look.ifPresent(
        open -> {
          ActionItem closer = item("tile-look", "Enlarge", actions, open);
          closer.setAccelerator(new KeyCodeCombination(KeyCode.ENTER));
          getItems().add(closer);
        });
    getItems()
        .addAll(
            ActionItem.of(
                this, "tile-compare", "Show in " + elsewhere, actions::isPossible, showElsewhere),
            new SeparatorMenuItem());
    getItems().addAll(items(actions));
  }

  private MenuItem[] items(TileActions actions) {
    return new MenuItem[] {
      item("tile-copy", "Copy picture and numbers", actions, actions::copy)
          .with(Keys.shortcut(KeyCode.C)),
      item("tile-copy-picture", "Copy picture", actions, actions::copyPicture),
      item("tile-copy-numbers", "Copy numbers", actions, actions::copyNumbers),
      item("tile-copy-command", "Copy as pag command", actions, actions::copyCommand),
      new SeparatorMenuItem(),
      item("tile-save", "Save picture…", actions, actions::save),
      item("tile-animation", "Save attack as animation…", actions, actions::saveAnimation),
      item("tile-use", "Use as original", actions, actions::useAsOriginal)
    };
  }

  private ActionItem item(String id, String words, TileActions actions, Runnable action) {
    return ActionItem.of(this, id, words, actions::isPossible, action);
  }
}
