package org.pagexplorer.ui.attack;

import java.util.Locale;
import javafx.beans.property.DoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.WrittenNumber;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;

/**
 * Takes ε and α as they are typed. Pixels are in [0, 1], so that 8 in L∞ is asked back, as long as
 * it is not answered: 8/255 may be meant.
 */
final class TypedRadius extends HBox {
  private static final double LEVELS = 255;

  private final AttackSettings settings;
  private final Complaint complaint;
  private final Label question = new Label();
  private final Button yes =
      Buttons.of(
          "radius-levels",
          "",
          "Read it as 255ths, the levels in which images are stored",
          () -> answer(true));
  private Runnable meant = () -> {};

  TypedRadius(AttackSettings settings, Notice notice) {
    super(8);
    this.settings = settings;
    complaint = new Complaint(notice);
    setId("radius-question");
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("notice");
    setMaxWidth(Region.USE_PREF_SIZE);
    question.setMinWidth(Region.USE_PREF_SIZE);
    getChildren()
        .addAll(
            question,
            yes,
            Buttons.of("radius-keep", "No", "Keep the value as it was", () -> answer(false)));
    managedProperty().bind(visibleProperty());
    setVisible(false);
    // What was asked of another attack is of no use.
    settings.all().forEach(each -> each.addListener(changed -> setVisible(false)));
  }

  /** Takes what was typed; a field that still shows the old value, rounded, changes nothing. */
  void take(String text, String what, DoubleProperty property) {
    if (text.strip().replace(',', '.').equals(shown(property.get()))) {
      return;
    }
    setVisible(false);
    double value = NumberFields.parsePixels(text);
    boolean isOfPixels = property == settings.epsilonProperty() || isOfPixels();
    double largest =
        isOfPixels ? AttackSettings.largest(settings.normProperty().get()) : AttackSettings.LARGEST;
    if (value >= 0 && value <= largest) {
      complaint.settle();
      property.set(value);
    } else if (largest == 1 && value > 1 && value <= LEVELS) {
      ask(value, what, property);
    } else {
      complaint.say(
          String.format(
              Locale.ROOT,
              "%s is a number from 0 to %s%s; kept %s.",
              what,
              shown(largest),
              largest == 1 ? " in L∞, as 8/255" : "",
              shown(property.get())));
    }
  }

  /** Raw steps are as long as the gradient makes them. */
  private boolean isOfPixels() {
    return settings.stepRuleProperty().get() == StepRule.NORMALIZED;
  }

  private void ask(double value, String what, DoubleProperty property) {
    String levels = shown(value) + "/255";
    question.setText(
        "Pixels are in [0, 1]: does " + what + " = " + shown(value) + " mean " + levels + "?");
    yes.setText("Yes, " + levels);
    meant = () -> property.set(value / LEVELS);
    setVisible(true);
  }

  private void answer(boolean levels) {
    setVisible(false);
    if (levels) {
      meant.run();
    }
  }

  /** The radius in 255ths where the norm is L∞, for a label beside the decimal; else nothing. */
  static String levels(Norm norm, double value) {
    return norm == Norm.LINF && value > 0 ? WrittenNumber.levels(value) : "";
  }

  /** What fits a small field. */
  static String shown(double value) {
    return WrittenNumber.fourDigits(value);
  }
}
