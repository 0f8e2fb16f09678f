package org.pagexplorer.ui.attack;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.AimText;
import org.pagexplorer.ui.settings.Part;

/**
 * The attack's parameters as the user sets them.
 *
 * @param targetedProperty whether it leads toward each target, else away from labels, where there
 *     is no aim
 * @param aimProperty what else images are turned into; empty for classes
 */
public record AttackSettings(
    BooleanProperty targetedProperty,
    ObjectProperty<Norm> normProperty,
    DoubleProperty epsilonProperty,
    IntegerProperty stepsProperty,
    BooleanProperty automaticStepSizeProperty,
    DoubleProperty stepSizeProperty,
    ObjectProperty<StepRule> stepRuleProperty,
    ObjectProperty<Loss> lossProperty,
    BooleanProperty randomStartProperty,
    IntegerProperty restartsProperty,
    ObjectProperty<Keep> keepProperty,
    BooleanProperty clipProperty,
    LongProperty seedProperty,
    ObjectProperty<Precision> precisionProperty,
    ObjectProperty<Optional<Aim>> aimProperty) {
  public static final int DEFAULT_STEPS = 50;

  /** Of raw steps, and of ε and α in L2. */
  static final double LARGEST = 1000;

  static final int MOST_STEPS = 1000;
  static final int MOST_RESTARTS = 50;

  /** As they are before anybody has set them. */
  public AttackSettings() {
    this(
        new SimpleBooleanProperty(true),
        new SimpleObjectProperty<>(Norm.L2),
        new SimpleDoubleProperty(epsilon(Norm.L2)),
        new SimpleIntegerProperty(DEFAULT_STEPS),
        new SimpleBooleanProperty(true),
        new SimpleDoubleProperty(
            AttackSpecification.pictureStepSize(epsilon(Norm.L2), DEFAULT_STEPS)),
        new SimpleObjectProperty<>(StepRule.NORMALIZED),
        new SimpleObjectProperty<>(Loss.CROSS_ENTROPY),
        new SimpleBooleanProperty(false),
        new SimpleIntegerProperty(1),
        new SimpleObjectProperty<>(Keep.LAST),
        new SimpleBooleanProperty(true),
        new SimpleLongProperty(0),
        new SimpleObjectProperty<>(Precision.FAST),
        new SimpleObjectProperty<>(Optional.empty()));
    // Another norm has other sizes: it comes with its own ε.
    normProperty.addListener(
        (property, old, now) -> {
          epsilonProperty.set(epsilon(now));
          stepSizeProperty.set(Math.min(stepSizeProperty.get(), largestStep(now)));
        });
  }

  /** Of ε: in L∞ no image is farther away than 1, and L1 radii grow with the number of values. */
  static double largest(Norm norm) {
    return switch (norm) {
      case L1 -> 100_000;
      case L2 -> LARGEST;
      case LINF -> 1;
    };
  }

  /** Of α, by either rule: a raw one stays where the rule changes. */
  private static double largestStep(Norm norm) {
    return Math.max(LARGEST, largest(norm));
  }

  private static double epsilon(Norm norm) {
    return Presets.pictureEpsilon(norm, InputShape.CIFAR);
  }

  /** The attack as it is set now. */
  public AttackSpecification specification() {
    return new AttackSpecification(
        new ThreatModel(normProperty.get(), epsilonProperty.get()),
        stepsProperty.get(),
        effectiveStepSize(),
        stepRuleProperty.get(),
        lossProperty.get(),
        randomStartProperty.get(),
        restartsProperty.get(),
        keepProperty.get(),
        clipProperty.get(),
        seedProperty.get());
  }

  /** All of it by name. The norm comes before ε, which it brings along. */
  public Part part() {
    return new Part("attack")
        .truth("targeted", targetedProperty)
        .value(
            "aim",
            () -> aimProperty.get().map(AimText::json).orElseGet(JsonObject::new),
            (from, key) -> aimProperty.set(AimText.parse(from.fields(key))),
            aimProperty)
        .choice("norm", normProperty, Norm.values())
        .value(
            "epsilon",
            () -> new JsonPrimitive(epsilonProperty.get()),
            (from, key) -> epsilonProperty.set(from.number(key, 0, largest(normProperty.get()))),
            epsilonProperty)
        .whole("steps", stepsProperty, 1, MOST_STEPS)
        .truth("automaticStepSize", automaticStepSizeProperty)
        .value(
            "stepSize",
            () -> new JsonPrimitive(stepSizeProperty.get()),
            (from, key) ->
                stepSizeProperty.set(from.number(key, 0, largestStep(normProperty.get()))),
            stepSizeProperty)
        .choice("stepRule", stepRuleProperty, StepRule.values())
        .choice("loss", lossProperty, Loss.values())
        .truth("randomStart", randomStartProperty)
        .whole("restarts", restartsProperty, 1, MOST_RESTARTS)
        .choice("keep", keepProperty, Keep.values())
        .truth("clip", clipProperty)
        .whole("seed", seedProperty, 0, Integer.MAX_VALUE)
        .choice("precision", precisionProperty, Precision.values());
  }

  /** How many of those that are folded away are not as at first. */
  int changedDetails() {
    AttackSettings first = new AttackSettings();
    boolean ownStep = !automaticStepSizeProperty.get();
    return (ownStep ? 1 : 0)
        + changed(stepRuleProperty, first.stepRuleProperty)
        + changed(lossProperty, first.lossProperty)
        + changed(keepProperty, first.keepProperty)
        + changed(precisionProperty, first.precisionProperty)
        + changed(randomStartProperty, first.randomStartProperty)
        + changed(clipProperty, first.clipProperty)
        + changed(restartsProperty, first.restartsProperty)
        + changed(seedProperty, first.seedProperty);
  }

  private static int changed(ObservableValue<?> now, ObservableValue<?> first) {
    return now.getValue().equals(first.getValue()) ? 0 : 1;
  }

  /** As they were before anybody had set them. */
  public void reset() {
    part().take(new AttackSettings().part().give());
  }

  /** α: 2.5ε/T where it is automatic. */
  public double effectiveStepSize() {
    return automaticStepSizeProperty.get()
        ? AttackSpecification.pictureStepSize(epsilonProperty.get(), stepsProperty.get())
        : stepSizeProperty.get();
  }

  /** Everything whose change starts the attack again. */
  public List<Observable> all() {
    return List.of(
        targetedProperty,
        normProperty,
        epsilonProperty,
        stepsProperty,
        automaticStepSizeProperty,
        stepSizeProperty,
        stepRuleProperty,
        lossProperty,
        randomStartProperty,
        restartsProperty,
        keepProperty,
        clipProperty,
        seedProperty,
        precisionProperty,
        aimProperty);
  }
}
