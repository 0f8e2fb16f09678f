package org.pagexplorer.ui.shell;

import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The window's foot: its status line, and sentences for the user, which lie over the left of it and
 * grow upwards. There they hide neither tiles nor what stops the work that runs.
 */
final class Messages extends Region {
  /** For what runs, and its stop. */
  private static final double RIGHT = 320;

  /** Device and speed stay in sight where there is room. */
  private static final double LEFT = 290;

  private static final double NARROW = 640;
  private static final double WIDE = 900;
  private static final double BELOW = 1;

  private final StatusLine status;
  private final VBox list = new VBox(6);

  Messages(StatusLine status) {
    this.status = status;
    list.setPickOnBounds(false);
    getChildren().addAll(status, list);
  }

  /** Shows a bar above those that are there. */
  void add(Node bar) {
    list.getChildren().addFirst(bar);
  }

  /** Sentences take no room from the screen. */
  @Override
  protected double computePrefHeight(double width) {
    return status.prefHeight(width);
  }

  @Override
  protected double computeMinHeight(double width) {
    return status.minHeight(width);
  }

  @Override
  protected double computePrefWidth(double height) {
    return status.prefWidth(height);
  }

  @Override
  protected double computeMinWidth(double height) {
    return status.minWidth(height);
  }

  @Override
  protected void layoutChildren() {
    status.resizeRelocate(0, 0, getWidth(), getHeight());
    double right = getWidth() - RIGHT;
    double left = Math.max(0, Math.min(LEFT, right - NARROW));
    double width = Math.min(WIDE, right - left);
    double height = list.prefHeight(width);
    list.resizeRelocate(left, getHeight() - BELOW - height, width, height);
  }
}
