package org.pagexplorer.ui.support;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;

/** What the controls of a window say of themselves, those that are folded away included. */
public final class ControlTips {
  private final Map<String, String> said = new TreeMap<>();
  private final Set<String> silent = new TreeSet<>();

  /**
   * Looks through what is below a node; on the FX thread.
   *
   * @param where it is, for the names of those that say nothing
   */
  public void look(String where, Node node) {
    switch (node) {
      case Button button when isOfDialog(button) -> {}
      case Control control when isOperated(control) -> ask(where, control);
      case ScrollPane scroll -> look(where, scroll.getContent());
      case SplitPane split -> split.getItems().forEach(item -> look(where, item));
      case TabPane tabs ->
          tabs.getTabs().stream().map(Tab::getContent).forEach(t -> look(where, t));
      case Parent parent -> parent.getChildrenUnmodifiable().forEach(child -> look(where, child));
      default -> {}
    }
  }

  /** JavaFX's own Cancel and Close. */
  private static boolean isOfDialog(Button button) {
    boolean own = button.getId() != null;
    for (Node each = button; each != null && !own; each = each.getParent()) {
      if (each instanceof ButtonBar) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOperated(Control control) {
    return switch (control) {
      case ButtonBase button -> true; // of any kind: toggles, ticks, menus
      case ComboBoxBase<?> box -> true;
      case ChoiceBox<?> box -> true;
      case Slider slider -> true;
      case Spinner<?> spinner -> true;
      case TextField field -> true;
      default -> false;
    };
  }

  private void ask(String where, Control control) {
    String name = EveryControl.nameOf(control);
    String words = Tips.said(control);
    said.put(name, words);
    if (words.isBlank()) {
      silent.add(where + ": " + control.getClass().getSimpleName() + " " + name);
    }
  }

  /** What each control said, by its name. */
  public Map<String, String> said() {
    return said;
  }

  /** Those that said nothing, and where they are. */
  public String silent() {
    return String.join("\n", silent);
  }
}
