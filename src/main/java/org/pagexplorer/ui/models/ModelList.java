package org.pagexplorer.ui.models;

import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Tips;

/** The models at hand, searched and sorted; the chosen one is attacked. */
public final class ModelList extends VBox {
  private final ModelShelf shelf;
  private final ModelNotes notes;
  private final ModelActions actions;
  private final ObjectProperty<ModelFilter> filter = new SimpleObjectProperty<>(ModelFilter.NONE);
  private final TextField search = new TextField();
  private final ListView<ModelFile> list = new ListView<>();
  private final Label nothing = new Label();
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("Models");
  private boolean filling;

  public ModelList(ModelShelf shelf, Notice notice) {
    super(8);
    this.shelf = shelf;
    notes = new ModelNotes(shelf);
    actions = new ModelActions(shelf, notes, notice);
    search.setId("model-search");
    search.setPromptText("Search");
    Tips.on(search, "Search in names, networks, methods, datasets, files, and notes");
    search
        .textProperty()
        .addListener((property, old, now) -> filter.set(filter.get().withWords(now)));
    search.addEventHandler(KeyEvent.KEY_PRESSED, this::typed);
    list.setId("models");
    list.setCellFactory(view -> new ModelCell(actions));
    nothing.setWrapText(true);
    list.setPlaceholder(nothing);
    list.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    list.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::openMenu);
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().addAll(search, list);
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((property, old, now) -> choose(now));
    shelf.chosenProperty().addListener((property, old, now) -> select());
    InvalidationListener again = property -> fill();
    shelf.models().addListener(again);
    shelf.arrangement().orderProperty().addListener(again);
    shelf.arrangement().hidden().addListener(again);
    shelf.arrangement().showsHiddenProperty().addListener(again);
    filter.addListener(again);
    notes.all().addListener(again);
    fill();
  }

  private void choose(@Nullable ModelFile now) {
    if (!filling && now != null) {
      shelf.chosenProperty().set(now);
    }
  }

  /** What is selected in between, as JavaFX selects a neighbor, chooses nothing. */
  private void fill() {
    List<ModelFile> arranged = shelf.arrangement().of(shelf.models());
    List<ModelFile> shown = filter.get().of(arranged, notes);
    filling = true;
    list.getItems().setAll(shown);
    list.refresh(); // notes are not of the model itself
    filling = false;
    select();
    nothing.setText(
        shelf.models().isEmpty()
            ? "No models yet"
            : "No model matches: clear the search, or choose All models above.");
    title.set(
        shown.size() == shelf.models().size()
            ? "Models"
            : String.format(Locale.ROOT, "Models (%d/%d)", shown.size(), shelf.models().size()));
  }

  private void select() {
    filling = true;
    int place = shelf.chosen().map(list.getItems()::indexOf).orElse(-1);
    if (place >= 0) {
      list.getSelectionModel().select(place);
    } else {
      list.getSelectionModel().clearSelection();
    }
    filling = false;
  }

  /** Of the search: Esc goes back to all, and Enter or an arrow to the list. */
  private void typed(KeyEvent event) {
    switch (event.getCode()) {
      case ESCAPE -> {
        search.clear();
        list.requestFocus();
      }
      case ENTER, DOWN -> list.requestFocus();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void pressed(KeyEvent event) {
    ModelFile model = list.getSelectionModel().getSelectedItem();
    if (model == null) {
      return;
    }
    if (ModelMenu.RENAME.match(event)) {
      actions.rename(model, getScene().getWindow());
    } else if (ModelMenu.REMOVE.match(event) || event.getCode() == KeyCode.BACK_SPACE) {
      actions.remove(model, getScene().getWindow());
    } else if (ModelMenu.CARD.match(event)) {
      actions.showCard(model, cell(model));
    } else {
      return;
    }
    event.consume();
  }

  /** By the keyboard: of the selected model. */
  private void openMenu(ContextMenuEvent event) {
    ModelFile model = list.getSelectionModel().getSelectedItem();
    if (event.isKeyboardTrigger() && model != null && cell(model) instanceof ModelCell cell) {
      var place = cell.localToScreen(cell.getWidth() / 2, cell.getHeight() / 2);
      cell.openMenu(place.getX(), place.getY());
      event.consume();
    }
  }

  /** The list itself where the model is out of sight. */
  private Node cell(ModelFile model) {
    return list.lookupAll(".list-cell").stream()
        .filter(node -> node instanceof ModelCell cell && model.equals(cell.getItem()))
        .findFirst()
        .orElse(list);
  }

  /** What a model's card shows, for pictures of it. */
  public Region card(ModelFile model) {
    return actions.card(model).content();
  }

  /** Where one types what to search for. */
  public void search() {
    search.requestFocus();
    search.selectAll();
  }

  /** What is shown of them, in a few words. */
  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  ObjectProperty<ModelFilter> filterProperty() {
    return filter;
  }

  ModelShelf shelf() {
    return shelf;
  }
}
