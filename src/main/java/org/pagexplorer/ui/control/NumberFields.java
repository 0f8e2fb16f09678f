package org.pagexplorer.ui.control;

import javafx.application.Platform;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.util.StringConverter;

/** Fields that numbers are typed into. */
public final class NumberFields {
  private NumberFields() {}

  /** A number with a point, or a comma, as people type it; NaN for what is none. */
  public static double parse(String text) {
    try {
      return Double.parseDouble(text.strip().replace(',', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** A spinner that takes its old value back where what was typed is no number. */
  public static Spinner<Integer> spinner(int low, int high, int value) {
    Spinner<Integer> spinner = new Spinner<>(low, high, value);
    spinner.setEditable(true);
    SpinnerValueFactory<Integer> factory = spinner.getValueFactory();
    factory.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Integer number) {
            return number == null ? "" : number.toString();
          }

          @Override
          public Integer fromString(String text) {
            double typed = parse(text);
            return Double.isNaN(typed)
                ? factory.getValue()
                : (int) Math.clamp(Math.rint(typed), low, high);
          }
        });
    // What was left is taken by JavaFX; where it was no number, the old one has to be put back.
    spinner
        .focusedProperty()
        .addListener((property, old, now) -> Platform.runLater(() -> showValue(spinner)));
    return spinner;
  }

  private static void showValue(Spinner<Integer> spinner) {
    if (!spinner.isFocused() && spinner.getValue() != null) {
      spinner.getEditor().setText(spinner.getValue().toString());
    }
  }
}
