package org.pagexplorer.ui.control;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/**
 * Controls in one row, or where the window is too narrow for it, in two: the middle ones are then
 * below the others.
 */
public class FoldingBar extends Region {
  private static final double ROW_GAP = 8;

  private final double gap;
  private final HBox start;
  private final HBox middle;
  private final HBox end;

  /**
   * @param gap between two controls, in pixels
   */
  protected FoldingBar(double gap) {
    this.gap = gap;
    start = part();
    middle = part();
    end = part();
    getChildren().setAll(start, middle, end);
  }

  private HBox part() {
    HBox part = new HBox(gap);
    part.setAlignment(Pos.CENTER_LEFT);
    return part;
  }

  /** What the bar holds, from left to right; the last part is at the right edge. */
  protected final void setParts(
      List<? extends Node> first, List<? extends Node> second, List<? extends Node> last) {
    start.getChildren().setAll(first);
    middle.getChildren().setAll(second);
    end.getChildren().setAll(last);
  }

  private double insetsWidth() {
    return snappedLeftInset() + snappedRightInset();
  }

  private double widthOfOneRow() {
    return start.prefWidth(-1) + gap + middle.prefWidth(-1) + gap + end.prefWidth(-1);
  }

  private double heightOfFirst() {
    return Math.max(start.prefHeight(-1), end.prefHeight(-1));
  }

  private boolean isFolded(double width) {
    return width >= 0 && width - insetsWidth() < widthOfOneRow();
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  /** It gives way by a second row, and never makes the window wider. */
  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected double computePrefWidth(double height) {
    return widthOfOneRow() + insetsWidth();
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computePrefHeight(double width) {
    double rows =
        isFolded(width)
            ? heightOfFirst() + ROW_GAP + middle.prefHeight(-1)
            : Math.max(heightOfFirst(), middle.prefHeight(-1));
    return snappedTopInset() + rows + snappedBottomInset();
  }

  @Override
  protected double computeMaxHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    double left = snappedLeftInset();
    double top = snappedTopInset();
    double width = getWidth() - insetsWidth();
    double ofStart = start.prefWidth(-1);
    double ofEnd = Math.min(width, end.prefWidth(-1));
    double first = heightOfFirst();
    if (isFolded(getWidth())) {
      ofStart = Math.clamp(width - ofEnd - gap, 0, ofStart);
      middle.resizeRelocate(
          left,
          top + first + ROW_GAP,
          Math.min(width, middle.prefWidth(-1)),
          middle.prefHeight(-1));
    } else {
      first = Math.max(first, middle.prefHeight(-1));
      middle.resizeRelocate(left + ofStart + gap, top, middle.prefWidth(-1), first);
    }
    start.resizeRelocate(left, top, ofStart, first);
    end.resizeRelocate(left + width - ofEnd, top, ofEnd, first);
  }
}
