package org.pagexplorer.ui.support;

import javafx.scene.Node;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Popup;

/** Panels over the window, which go away when they are no longer needed. */
public final class Popups {
  private Popups() {}

  /** One that a press outside of it closes, and Esc, whatever in it has the focus. */
  public static Popup of(Node content) {
    Popup popup = new Popup();
    popup.getContent().add(content);
    popup.setAutoHide(true);
    popup.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          boolean closesList = event.getTarget() instanceof ComboBoxBase<?> box && box.isShowing();
          if (event.getCode() == KeyCode.ESCAPE && !closesList) { // which a box keeps to itself
            popup.hide();
            event.consume();
          }
        });
    return popup;
  }
}
