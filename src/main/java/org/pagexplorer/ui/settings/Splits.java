package org.pagexplorer.ui.settings;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TabPane;

/** Where the user has drawn the dividers of panes that have an id. */
public final class Splits {
  private Splits() {}

  /**
   * The dividers below some nodes, which need not be in a scene yet.
   *
   * @param of the part's name
   */
  public static Part part(String of, List<Node> roots) {
    Part part = new Part(of);
    for (SplitPane pane : roots.stream().flatMap(root -> below(root).stream()).toList()) {
      for (int i = 0; i < pane.getDividers().size(); i++) {
        String name = pane.getId() + (i == 0 ? "" : "-" + (i + 1));
        part.number(name, pane.getDividers().get(i).positionProperty(), 0, 1);
      }
    }
    return part;
  }

  private static List<SplitPane> below(Node node) {
    List<SplitPane> found = new ArrayList<>();
    if (node instanceof SplitPane pane && pane.getId() != null) {
      found.add(pane);
    }
    // What controls hold is among their children only once they have been shown.
    List<? extends Node> inside =
        switch (node) {
          case SplitPane pane -> pane.getItems();
          case ScrollPane pane when pane.getContent() != null -> List.of(pane.getContent());
          case TabPane pane -> pane.getTabs().stream().map(tab -> tab.getContent()).toList();
          case Parent parent -> parent.getChildrenUnmodifiable();
          default -> List.of();
        };
    inside.forEach(each -> found.addAll(below(each)));
    return found;
  }
}
