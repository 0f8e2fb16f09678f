package org.pagexplorer.ui.control;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.skin.LabelSkin;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Every label's skin: JavaFX's own, which draws texts in complex scripts itself where they have to
 * be broken into lines (see {@link LineBreaks}) or hold names from right to left (see {@link
 * Directions}). Of such labels none has a graphic.
 */
public final class WrappingLabelSkin extends LabelSkin {
  private static final double ROUNDING = 0.5;

  private final Text lines = new Text();
  private final Text measured = new Text();

  private @Nullable Broken last;
  private List<String> lastLines = List.of();

  private record Broken(String text, Font font, double width) {}

  /** Named in the style sheet. */
  public WrappingLabelSkin(Label label) {
    super(label);
    lines.setManaged(false);
    lines.fillProperty().bind(label.textFillProperty());
    lines.underlineProperty().bind(label.underlineProperty());
    lines.textAlignmentProperty().bind(label.textAlignmentProperty());
    for (Text each : List.of(lines, measured)) {
      each.fontProperty().bind(label.fontProperty());
      each.lineSpacingProperty().bind(label.lineSpacingProperty());
    }
  }

  private boolean isOurs() {
    Label label = getSkinnable();
    return label.getGraphic() == null
        && (label.isWrapText() ? LineBreaks.areNeeded(text()) : Directions.areNeeded(text()));
  }

  private String text() {
    String text = getSkinnable().getText();
    return text == null ? "" : text;
  }

  /** The lines for a width, of texts styled as JavaFX's own is by now. */
  private List<String> broken(double width) {
    getChildren().stream()
        .filter(each -> each instanceof Text && each != lines)
        .forEach(own -> style((Text) own));
    Broken wanted =
        new Broken(
            text(),
            getSkinnable().getFont(),
            getSkinnable().isWrapText() ? width + ROUNDING : Double.MAX_VALUE);
    if (!wanted.equals(last)) {
      last = wanted;
      lastLines = LineBreaks.of(wanted.text(), wanted.font(), wanted.width());
    }
    return lastLines;
  }

  private void style(Text own) {
    lines.setFontSmoothingType(own.getFontSmoothingType());
    lines.setBoundsType(own.getBoundsType());
    measured.setBoundsType(own.getBoundsType());
  }

  private double height(List<String> of) {
    measured.setText(String.join("\n", of));
    return measured.getLayoutBounds().getHeight();
  }

  @Override
  protected double computePrefHeight(
      double width, double top, double right, double bottom, double left) {
    if (!isOurs()) {
      return super.computePrefHeight(width, top, right, bottom, left);
    }
    Insets padding = getSkinnable().getLabelPadding();
    double within = width - left - right - padding.getLeft() - padding.getRight();
    List<String> broken = broken(width < 0 ? Double.MAX_VALUE : within);
    return top + padding.getTop() + height(broken) + padding.getBottom() + bottom;
  }

  @Override
  protected void layoutChildren(double x, double y, double width, double height) {
    boolean ours = isOurs();
    for (Node each : getChildren()) {
      each.setVisible(each == lines == ours);
    }
    if (!ours) {
      getChildren().remove(lines);
      super.layoutChildren(x, y, width, height);
      return;
    }
    if (!getChildren().contains(lines)) {
      getChildren().add(lines);
    }
    Insets padding = getSkinnable().getLabelPadding();
    double right = width - padding.getLeft() - padding.getRight();
    double bottom = height - padding.getTop() - padding.getBottom();
    lines.setText(String.join("\n", shown(right, bottom)));
    positionInArea(
        lines,
        x + padding.getLeft(),
        y + padding.getTop(),
        right,
        bottom,
        0,
        getSkinnable().getAlignment().getHpos(),
        getSkinnable().getAlignment().getVpos());
  }

  /**
   * As many lines as there is room for, one at least; the last one says where some are left out.
   */
  private List<String> shown(double width, double height) {
    List<String> broken = broken(width);
    int room = (int) ((height + ROUNDING) * broken.size() / height(broken));
    List<String> shown = new ArrayList<>(broken.subList(0, Math.clamp(room + 1, 1, broken.size())));
    while (shown.size() > 1 && height(shown) > height + ROUNDING) {
      shown.removeLast();
    }
    if (shown.size() < broken.size()) {
      String next = broken.get(shown.size());
      shown.add(fitted(shown.removeLast() + " " + next + "…", width));
    }
    if (!getSkinnable().isWrapText()) {
      shown.replaceAll(line -> fitted(line, width));
    }
    return shown;
  }

  private String fitted(String line, double width) {
    return Ellipsis.fitted(line, getSkinnable().getFont(), width + ROUNDING);
  }
}
