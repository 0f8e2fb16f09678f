package org.pagexplorer.ui.attack;

import java.util.function.BooleanSupplier;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCombination;
import javafx.stage.WindowEvent;

/** An item of a context menu, gray while it can do nothing. */
public final class ActionItem extends MenuItem {
  private ActionItem(String words) {
    super(words);
  }

  /**
   * @param possible asked each time the menu is about to be shown
   */
  public static ActionItem of(
      ContextMenu menu, String id, String words, BooleanSupplier possible, Runnable action) {
    ActionItem item = new ActionItem(words);
    item.setId(id);
    item.setOnAction(event -> action.run());
    menu.addEventHandler(
        WindowEvent.WINDOW_SHOWING, event -> item.setDisable(!possible.getAsBoolean()));
    return item;
  }

  /** Shows the key that does the same. */
  public ActionItem with(KeyCombination key) {
    setAccelerator(key);
    return this;
  }
}
