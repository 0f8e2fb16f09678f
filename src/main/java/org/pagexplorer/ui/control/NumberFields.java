package org.pagexplorer.ui.control;

import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.util.StringConverter;
import org.pagexplorer.domain.WrittenNumber;

/** Fields that numbers are typed into. */
public final class NumberFields {
  private NumberFields() {}

  private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(,\\d{3})+");

  /** A finite number or fraction with a point, or a comma, as typed; NaN for what is none. */
  public static double parse(String text) {
    return WrittenNumber.parse(plain(text));
  }

  /** The same of a size in pixel units of [0, 1], which may be typed as {@code 8px}. */
  public static double parsePixels(String text) {
    return WrittenNumber.parsePixels(plain(text));
  }

  private static String plain(String text) {
    return text.replace(',', '.').replace('−', '-');
  }

  /** No fraction, and a comma before three digits is between thousands. */
  private static double parseWhole(String text) {
    String typed = text.strip();
    if (typed.contains("/")) {
      return Double.NaN;
    }
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
