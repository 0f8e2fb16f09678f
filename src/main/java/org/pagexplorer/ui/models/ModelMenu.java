package org.pagexplorer.ui.models;

import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Window;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.models.ModelActions.Place;
import org.pagexplorer.ui.support.Keys;

/** What a right click on a model offers, whichever is chosen. */
final class ModelMenu extends ContextMenu {
  static final KeyCombination RENAME = new KeyCodeCombination(KeyCode.F2);
  static final KeyCombination REMOVE = new KeyCodeCombination(KeyCode.DELETE);
  static final KeyCombination CARD = Keys.shortcut(KeyCode.I);

  private final Place place;

  /**
   * @param beside where its card is shown
   */
  ModelMenu(ModelActions actions, ModelFile model, Node beside) {
    place = Place.of(model);
    Window window = beside.getScene().getWindow();
    boolean isShipped = place == Place.SHIPPED;
    add("model-card", "Card", CARD, () -> actions.showCard(model, beside));
    add("model-copy-command", "Copy command", () -> ModelActions.copyCommand(model))
        .setDisable(ModelActions.command(model).isEmpty());
    add("model-reveal", "Show in folder", () -> actions.reveal(model));
    getItems().add(new SeparatorMenuItem());
    add("model-rename", "Rename…", RENAME, () -> actions.rename(model, window))
        .setDisable(isShipped);
    add("model-notes", "Notes…", () -> actions.editNotes(model, window));
    getItems().add(new SeparatorMenuItem());
    if (isShipped) {
      boolean hidden = actions.isHidden(model);
      add("model-hide", hidden ? "Show again" : "Hide", () -> actions.hide(model, !hidden));
    } else if (place == Place.ELSEWHERE) {
      add("model-close", "Remove from list", () -> actions.close(model));
    }
    add("model-remove", removing(), REMOVE, () -> actions.remove(model, window))
        .setDisable(isShipped || place == Place.RUN);
  }

  private String removing() {
    return place == Place.RUN ? "Remove its run on Train" : "Move to trash…";
  }

  private MenuItem add(String id, String words, KeyCombination key, Runnable action) {
    MenuItem item = add(id, words, action);
    item.setAccelerator(key); // is only written there: the list listens to it
    return item;
  }

  private MenuItem add(String id, String words, Runnable action) {
    MenuItem item = Buttons.item(id, words, action);
    getItems().add(item);
    return item;
  }
}
