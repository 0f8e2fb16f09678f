package org.pagexplorer.ui.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.control.HintCard;

/** What of a window's texts ends in dots, and which of its controls stand outside of it. */
public final class CutTexts {
  /** What lies over the screen on purpose. */
  private static final Set<String> OVER_IT = Set.of("notice", "tour");

  /** Of a control, that may be covered: its border. */
  private static final double EDGE = 4;

  private CutTexts() {}

  /** One line each; none where everything fits. Call it on the FX thread, after a layout. */
  public static List<String> in(Parent root) {
    List<String> found = new ArrayList<>();
    search(root, root.localToScene(root.getLayoutBounds()), found);
    return found;
  }

  /** Controls that lie over one another, a line a pair. */
  public static List<String> overlaps(Parent root) {
    List<Node> leaves = new ArrayList<>();
    leaves(root, leaves);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      for (int j = i + 1; j < leaves.size(); j++) {
        if (overlap(bounds(leaves.get(i)), bounds(leaves.get(j))) > 1) {
          found.add("overlap: " + words(leaves.get(i)) + " and " + words(leaves.get(j)));
        }
      }
    }
    return found;
  }

  /** Controls that something lies over, by more than a few pixels of their edge; a line each. */
  public static List<String> covered(Parent root, Node by) {
    List<Node> leaves = new ArrayList<>();
    leaves(root, leaves);
    return leaves.stream()
        .filter(leaf -> overlap(bounds(leaf), bounds(by)) > EDGE)
        .map(leaf -> "covered: " + words(leaf))
        .toList();
  }

  /** The same of two nodes. */
  public static double overlap(Node one, Node other) {
    return overlap(bounds(one), bounds(other));
  }

  /** The smaller side of what two have in common; negative where they lie apart. */
  private static double overlap(Bounds one, Bounds other) {
    return Math.min(
        Math.min(one.getMaxX(), other.getMaxX()) - Math.max(one.getMinX(), other.getMinX()),
        Math.min(one.getMaxY(), other.getMaxY()) - Math.max(one.getMinY(), other.getMinY()));
  }

  /** Controls without those that they are made of; what scrolls is one. */
  private static void leaves(Node node, List<Node> found) {
    boolean empty = node instanceof Labeled l && l.getText().isEmpty() && l.getGraphic() == null;
    if (!node.isVisible() || liesOver(node) || empty) {
      return;
    }
    if (node instanceof Control && !(node instanceof SplitPane)) {
      found.add(node);
    } else if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> leaves(child, found));
    }
  }

  private static boolean liesOver(Node node) {
    return node instanceof HintCard || OVER_IT.contains(String.valueOf(node.getId()));
  }

  private static void search(Node node, Bounds room, List<String> found) {
    if (!node.isVisible() || node instanceof VirtualFlow<?>) {
      return; // a list scrolls, and its cells are its own business
    }
    if (node instanceof Labeled labeled) {
      checkText(labeled, found);
    }
    if (node instanceof FontIcon icon && !icon.getFont().getName().contains("Icons")) {
      found.add("an empty box: " + icon.getIconLiteral() + " in " + icon.getFont().getName());
    }
    if (node instanceof Control && !isInside(node, room)) {
      found.add("outside: " + words(node) + " at " + bounds(node) + " of " + room);
    }
    if (node instanceof Parent parent) {
      Bounds inner = node instanceof ScrollPane scroll ? scrolled(scroll, room) : room;
      parent.getChildrenUnmodifiable().forEach(child -> search(child, inner, found));
    }
  }

  /** Downwards one may scroll; sideways everything has to fit. */
  private static Bounds scrolled(ScrollPane scroll, Bounds room) {
    Bounds own = bounds(scroll);
    return new javafx.geometry.BoundingBox(
        Math.max(own.getMinX(), room.getMinX()), -1e6, own.getWidth(), 2e6);
  }

  private static Bounds bounds(Node node) {
    return node.localToScene(node.getLayoutBounds());
  }

  private static boolean isInside(Node node, Bounds room) {
    Bounds own = bounds(node);
    boolean empty = own.getWidth() <= 1 || own.getHeight() <= 1;
    return empty
        || own.getMinX() >= room.getMinX() - 1
            && own.getMaxX() <= room.getMaxX() + 1
            && own.getMinY() >= room.getMinY() - 1
            && own.getMaxY() <= room.getMaxY() + 1;
  }

  private static void checkText(Labeled labeled, List<String> found) {
    boolean named =
        labeled instanceof Label label && label.getStyleClass().contains("dataset-name");
    if (named || labeled.getContentDisplay() == ContentDisplay.GRAPHIC_ONLY) {
      return; // its tooltip has the whole
    }
    for (Node child : labeled.getChildrenUnmodifiable()) {
      if (child instanceof Text text
          && child != labeled.getGraphic()
          && !text.getText().equals(labeled.getText())) {
        found.add("cut: " + words(labeled) + " to \"" + text.getText() + "\"");
      }
    }
  }

  private static String words(Node node) {
    String text = node instanceof Labeled labeled ? " \"" + labeled.getText() + "\"" : "";
    return node.getClass().getSimpleName() + " #" + node.getId() + text;
  }
}
