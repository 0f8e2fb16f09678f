package org.pagexplorer.ui.control;

import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.util.StringConverter;

/** Fields that numbers are typed into. */
public final class NumberFields {
  private NumberFields() {}

  /** Java would take {@code 5d}, {@code 0x1p3} and {@code NaN} for numbers too. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(,\\d{3})+");

  /** A finite number with a point, or a comma, as people type it; NaN for what is none. */
  public static double parse(String text) {
    String typed = text.strip().replace(',', '.').replace('−', '-');
    double value = NUMBER.matcher(typed).matches() ? Double.parseDouble(typed) : Double.NaN;
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  /** As {@link #parse}, but a comma before three digits is between thousands. */
  private static double parseWhole(String text) {
    String typed = text.strip();
    return parse(THOUSANDS.matcher(typed).matches() ? typed.replace(",", "") : typed);
  }

  /** A spinner by ones. */
  public static Spinner<Integer> spinner(int low, int high, int value) {
    return spinner(low, high, value, 1);
  }

  /** A spinner that takes its old value back where what was typed is no number. */
  public static Spinner<Integer> spinner(int low, int high, int value, int step) {
    Spinner<Integer> spinner = new Spinner<>(low, high, value, step);
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
            double typed = parseWhole(text);
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
