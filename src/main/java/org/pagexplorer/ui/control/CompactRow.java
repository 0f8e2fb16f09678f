package org.pagexplorer.ui.control;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/**
 * Controls beside one another; those in a box of their own stay together. Where room is short,
 * buttons that have an icon show it alone, and what is only nice to have is left out; what still
 * has no room goes into another line.
 */
public final class CompactRow extends FlowPane {
  private static final double GAP = 8;

  /** What is shown only where there is room for everything. */
  private List<Node> nice = List.of();

  private boolean compact;

  /** What everything needs in one line, as it was when there was no room for it. */
  private double whole;

  public CompactRow(Node... children) {
    super(GAP, GAP - 2, children);
    getStyleClass().add("compact-row");
    setAlignment(Pos.CENTER_LEFT);
  }

  /** Leaves these out first. */
  public CompactRow withNice(Node... nodes) {
    nice = List.of(nodes);
    return this;
  }

  @Override
  protected double computePrefHeight(double width) {
    fold(width > 0 ? width : getWidth());
    return super.computePrefHeight(width);
  }

  /** Where nobody asks for more, everything is in one line. */
  @Override
  protected double computePrefWidth(double height) {
    return compact ? whole : needed();
  }

  /** A line that has no room is a line that is cut. */
  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    fold(getWidth());
    super.layoutChildren();
  }

  private void fold(double width) {
    if (width <= 0) {
      return;
    }
    if (!compact) {
      whole = needed();
    }
    if (compact != whole > width) {
      compact = !compact;
      getManagedChildren().forEach(this::fold);
      nice.forEach(node -> show(node, !compact));
    }
  }

  private void fold(Node child) {
    if (child instanceof HBox together) {
      together.getChildren().forEach(this::fold);
    } else if (child instanceof ButtonBase button && button.getGraphic() != null) {
      button.setContentDisplay(compact ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
    }
  }

  private static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  private double needed() {
    List<Node> children = getManagedChildren();
    return snappedLeftInset()
        + snappedRightInset()
        + children.stream().mapToDouble(child -> Math.ceil(child.prefWidth(-1))).sum()
        + GAP * Math.max(0, children.size() - 1);
  }
}
