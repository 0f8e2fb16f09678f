package org.pagexplorer.ui.control;

import javafx.beans.value.ObservableStringValue;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/** Words in the window's styles. */
public final class Labels {
  private Labels() {}

  public static Label styled(String style, String text) {
    Label label = new Label(text);
    label.getStyleClass().add(style);
    return label;
  }

  /** A few sentences, broken into lines of this width at most. */
  public static Label explanation(String text, double width) {
    Label label = styled("explanation", text);
    label.setWrapText(true);
    label.setMaxWidth(width);
    return label;
  }

  /** What there is to know of a screen at the moment, whole; no room is taken while it is empty. */
  public static Label hint(String id, ObservableStringValue text) {
    Label hint = styled("hint", "");
    hint.setId(id);
    hint.setWrapText(true);
    hint.setMinHeight(Region.USE_PREF_SIZE);
    hint.textProperty().bind(text);
    hint.managedProperty().bind(hint.textProperty().isNotEmpty());
    hint.visibleProperty().bind(hint.managedProperty());
    return hint;
  }
}
