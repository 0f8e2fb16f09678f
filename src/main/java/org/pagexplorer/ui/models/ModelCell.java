package org.pagexplorer.ui.models;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.support.Tips;

/** A model of the list: a click chooses it, a right click only opens its menu. */
final class ModelCell extends ListCell<ModelFile> {
  private final ModelActions actions;
  private final Label name = new Label();
  private final FontIcon noted = new FontIcon("mdi2n-note-text-outline");
  private final ModelLines lines;
  private @Nullable ModelMenu menu;

  ModelCell(ModelActions actions) {
    this.actions = actions;
    name.getStyleClass().add("model-name");
    Button card =
        Buttons.flat(
            "model-info",
            "mdi2i-information-outline",
            "Card: how the model was trained, its accuracies, its file",
            this::showCard);
    card.getStyleClass().add("model-info");
    card.setFocusTraversable(false); // the list has a key for it
    card.setMinWidth(Region.USE_PREF_SIZE);
    HBox beside = new HBox(4, noted, card);
    beside.setAlignment(Pos.CENTER_RIGHT);
    lines = new ModelLines(name, beside);
    noted.managedProperty().bind(noted.visibleProperty());
    setPrefWidth(0); // as wide as the list: a long name is cut
    addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
    addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::openMenu);
  }

  /** Where JavaFX would select what is clicked on, with any button. */
  private void pressed(MouseEvent event) {
    if (event.getButton() != MouseButton.PRIMARY || event.isPopupTrigger()) {
      event.consume();
    }
  }

  private void openMenu(ContextMenuEvent event) {
    if (getItem() != null) {
      openMenu(event.getScreenX(), event.getScreenY());
      event.consume();
    }
  }

  /** At a place of the screen. */
  void openMenu(double x, double y) {
    if (menu != null) {
      menu.hide();
    }
    menu = new ModelMenu(actions, getItem(), this);
    menu.show(this, x, y);
  }

  private void showCard() {
    actions.showCard(getItem(), this);
  }

  @Override
  protected void updateItem(@Nullable ModelFile model, boolean empty) {
    super.updateItem(model, empty);
    if (empty || model == null) {
      setGraphic(null);
      Tips.none(this);
      return;
    }
    String notes = actions.notes(model);
    name.setText(model.card().name());
    noted.setVisible(!notes.isEmpty());
    lines.show(model.card());
    lines.setOpacity(actions.isHidden(model) ? 0.5 : 1);
    Tips.on(this, tip(model, notes));
    setGraphic(lines);
  }

  private static String tip(ModelFile model, String notes) {
    return model.card().name()
        + "\n"
        + model.card().architecture().title()
        + "\n"
        + model.file().getFileName()
        + (notes.isEmpty() ? "" : "\n" + notes);
  }
}
