package org.pagexplorer.ui.control;

import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * What there is to know of a grid at the moment, lying over it so that nothing moves when it comes
 * and goes. It goes when its cause does, or when it is closed; pointers reach what is below.
 */
public final class HintCard extends StackPane {
  private final StringProperty closed = new SimpleStringProperty("");

  /**
   * @param id of the words
   * @param text empty while there is nothing to say
   */
  public HintCard(String id, ObservableStringValue text) {
    Label words = Labels.styled("hint", "");
    words.setId(id);
    words.setWrapText(true);
    words.setMinHeight(Region.USE_PREF_SIZE);
    words.textProperty().bind(text);
    words.setMouseTransparent(true);
    Button close =
        Buttons.flat(id + "-close", "mdi2c-close", "Close", () -> closed.set(text.get()));
    close.getStyleClass().add("small");
    setAlignment(close, Pos.CENTER_RIGHT);
    getChildren().addAll(words, close);
    setPickOnBounds(false);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    visibleProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> !text.get().isEmpty() && !text.get().equals(closed.get()), text, closed));
    managedProperty().bind(visibleProperty());
    text.addListener((property, old, now) -> closed.set("")); // another cause
  }
}
