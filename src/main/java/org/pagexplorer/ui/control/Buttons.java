package org.pagexplorer.ui.control;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;

/** Buttons that do one thing. */
public final class Buttons {
  private Buttons() {}

  /** Words alone. */
  public static Button of(String id, String text, Runnable action) {
    Button button = new Button(text);
    button.setId(id);
    button.setOnAction(event -> action.run());
    return button;
  }

  /** An icon alone, which says what it does to whoever rests on it or hears it read. */
  public static Button icon(String id, String icon, String tip, Runnable action) {
    Button button = of(id, "", action);
    button.setGraphic(new FontIcon(icon));
    button.setTooltip(new Tooltip(tip));
    button.setAccessibleText(tip);
    return button;
  }

  /** An icon that takes little room and has no frame. */
  public static Button flat(String id, String icon, String tip, Runnable action) {
    Button button = icon(id, icon, tip, action);
    button.getStyleClass().addAll("flat", "small");
    return button;
  }
}
