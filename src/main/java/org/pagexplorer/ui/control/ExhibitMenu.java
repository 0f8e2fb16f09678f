package org.pagexplorer.ui.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Keys;

/** What a right click on a chart or a table offers, and Ctrl+C where it has the focus. */
public final class ExhibitMenu {
  private static final KeyCombination COPY = Keys.shortcut(KeyCode.C);

  private final ExportChoice choice;
  private final FileDialogs dialogs;
  private final ContextMenu menu = new ContextMenu();

  private ExhibitMenu(ExportChoice choice, FileDialogs dialogs) {
    this.choice = choice;
    this.dialogs = dialogs;
  }

  /**
   * Gives a node its menu.
   *
   * @param choice what it shows; nothing while there is nothing to copy
   */
  public static void of(Node node, ExportChoice choice, FileDialogs dialogs) {
    ExhibitMenu own = new ExhibitMenu(choice, dialogs);
    node.getStyleClass().add("exhibit");
    node.setFocusTraversable(true);
    node.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> node.requestFocus());
    node.addEventHandler(
        ContextMenuEvent.CONTEXT_MENU_REQUESTED,
        event -> {
          own.open(node, event.getScreenX(), event.getScreenY());
          event.consume();
        });
    node.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          Optional<Exhibit> now = COPY.match(event) ? choice.whole().get() : Optional.empty();
          if (now.isPresent()) {
            now.get().copy();
            event.consume();
          }
        });
  }

  private void open(Node node, double x, double y) {
    menu.getItems().setAll(choice.whole().get().map(this::items).orElseGet(ExhibitMenu::nothing));
    menu.show(node, x, y);
  }

  private static List<MenuItem> nothing() {
    MenuItem nothing = Buttons.item("exhibit-nothing", "Nothing to copy yet", () -> {});
    nothing.setDisable(true);
    return List.of(nothing);
  }

  private List<MenuItem> items(Exhibit now) {
    List<MenuItem> items = new ArrayList<>();
    if (now.drawing().isPresent() && now.numbers().isPresent()) {
      MenuItem both = Buttons.item("exhibit-copy", "Copy picture and numbers", now::copy);
      both.setAccelerator(COPY);
      items.add(both);
    }
    if (now.drawing().isPresent()) {
      items.add(Buttons.item("exhibit-copy-picture", "Copy picture", now::copyPicture));
    }
    if (now.numbers().isPresent()) {
      items.add(Buttons.item("exhibit-copy-numbers", "Copy numbers", now::copyNumbers));
    }
    items.add(new SeparatorMenuItem());
    items.add(Buttons.item("exhibit-export", "Export…", () -> dialogs.export(List.of(choice))));
    return items;
  }
}
