package org.pagexplorer.ui.attack;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.ui.support.Tips;

/** ε: a slider by its logarithm, a field, and in L∞ how many 255ths that is. */
final class EpsilonRow extends HBox {
  private final AttackSettings settings;
  private final TypedRadius typed;
  private final Slider slider = new Slider(Math.log10(smallest(Norm.L2)), largest(Norm.L2), 1);
  private final TextField text = new TextField();
  private final Label levels = new Label();
  private boolean moving;

  EpsilonRow(AttackSettings settings, TypedRadius typed) {
    super(8);
    this.settings = settings;
    this.typed = typed;
    setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(slider, Priority.ALWAYS);
    HBox.setHgrow(this, Priority.ALWAYS);
    slider.setId("epsilon");
    Tips.on(
        slider,
        "ε, how far a picture may move from the original: the radius of the ball, in pixel units of"
            + " 0 to 1. The paper measures accuracies at 0.5 (L2, CIFAR-10; 1.5 on STL-10) and"
            + " 0.031 (L∞), which is hardly visible, Croce and Hein (2021) at 12 (L1). Two CIFAR-10"
            + " pictures are some 20 apart in L2.");
    slider.valueProperty().addListener((property, old, now) -> moved(now.doubleValue()));
    text.setId("epsilon-text");
    text.setPrefColumnCount(5);
    text.setMinWidth(64);
    Tips.on(
        text,
        "ε as a number or a fraction, in pixel units of 0 to 1: 0.5, 2e-3, 8/255. The paper: 0.5"
            + " (L2) and 0.031 (L∞) on CIFAR-10; Croce and Hein (2021): 12 (L1).");
    text.setOnAction(event -> take());
    text.focusedProperty().addListener((property, old, now) -> take());
    levels.setId("epsilon-levels");
    levels.setMinWidth(Region.USE_PREF_SIZE);
    levels.managedProperty().bind(levels.visibleProperty());
    levels.visibleProperty().bind(levels.textProperty().isNotEmpty());
    getChildren().addAll(new Label("ε"), slider, text, levels);
    settings.epsilonProperty().addListener((property, old, now) -> show());
    settings.normProperty().addListener((property, old, now) -> show());
    show();
  }

  private static double smallest(Norm norm) {
    return switch (norm) {
      case L1 -> 0.1;
      case L2 -> 0.01;
      case LINF -> 0.001;
    };
  }

  /** Its logarithm. In L∞ all images are within 1 of each other, in L1 32×32 ones within 3072. */
  private static double largest(Norm norm) {
    return switch (norm) {
      case L1 -> Math.log10(3000);
      case L2 -> Math.log10(60);
      case LINF -> 0;
    };
  }

  private void moved(double exponent) {
    if (!moving) {
      // Three digits are what one can set with a slider.
      double value = Double.parseDouble(String.format(Locale.ROOT, "%.3g", Math.pow(10, exponent)));
      settings.epsilonProperty().set(value);
    }
  }

  private void take() {
    typed.take(text.getText(), "ε", settings.epsilonProperty());
    show();
  }

  private void show() {
    moving = true;
    Norm norm = settings.normProperty().get();
    double value = settings.epsilonProperty().get();
    double least = smallest(norm);
    slider.setMin(Math.log10(least));
    slider.setMax(largest(norm));
    slider.setValue(Math.log10(Math.max(least, value)));
    text.setText(TypedRadius.shown(value));
    levels.setText(TypedRadius.levels(norm, value));
    moving = false;
  }
}
