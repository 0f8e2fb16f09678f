package org.pagexplorer.ui.control;

import javafx.beans.property.BooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.MenuItem;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.support.Tips;

/** Buttons, check boxes, and items of menus that do one thing. */
public final class Buttons {
  private Buttons() {}

  /**
   * Words alone.
   *
   * @param tip what it does, for whoever rests on it
   */
  public static Button of(String id, String text, String tip, Runnable action) {
    Button button = new Button(text);
    button.setId(id);
    Tips.on(button, tip);
    button.setOnAction(event -> action.run());
    return button;
  }

  /** A box that is ticked while a property is true. */
  public static CheckBox check(String id, String text, BooleanProperty property, String tip) {
    CheckBox box = new CheckBox(text);
    box.setId(id);
    Tips.on(box, tip);
    box.selectedProperty().bindBidirectional(property);
    return box;
  }

  /** An item of a menu. */
  public static MenuItem item(String id, String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setId(id);
    item.setOnAction(event -> action.run());
    return item;
  }

  /** An icon alone, which says what it does to whoever rests on it or hears it read. */
  public static Button icon(String id, String icon, String tip, Runnable action) {
    Button button = of(id, "", tip, action);
    button.setGraphic(new FontIcon(icon));
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
