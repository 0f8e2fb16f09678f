package org.pagexplorer.ui.attack;

import java.util.List;
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
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;

/** The attack's parameters as the user sets them. */
public final class AttackSettings {
  public static final int DEFAULT_STEPS = 50;

  private final BooleanProperty targeted = new SimpleBooleanProperty(true);
  private final ObjectProperty<Norm> norm = new SimpleObjectProperty<>(Norm.L2);
  private final DoubleProperty epsilon = new SimpleDoubleProperty(epsilon(Norm.L2));
  private final IntegerProperty steps = new SimpleIntegerProperty(DEFAULT_STEPS);
  private final BooleanProperty automaticStepSize = new SimpleBooleanProperty(true);
  private final DoubleProperty stepSize =
      new SimpleDoubleProperty(
          AttackSpecification.pictureStepSize(epsilon(Norm.L2), DEFAULT_STEPS));
  private final ObjectProperty<StepRule> stepRule = new SimpleObjectProperty<>(StepRule.NORMALIZED);
  private final ObjectProperty<Loss> loss = new SimpleObjectProperty<>(Loss.CROSS_ENTROPY);
  private final BooleanProperty randomStart = new SimpleBooleanProperty(false);
  private final IntegerProperty restarts = new SimpleIntegerProperty(1);
  private final ObjectProperty<Keep> keep = new SimpleObjectProperty<>(Keep.LAST);
  private final BooleanProperty clip = new SimpleBooleanProperty(true);
  private final LongProperty seed = new SimpleLongProperty(0);
  private final ObjectProperty<Precision> precision = new SimpleObjectProperty<>(Precision.FAST);

  /** Another norm has other sizes: it comes with its own ε. */
  public AttackSettings() {
    norm.addListener((property, old, now) -> epsilon.set(epsilon(now)));
  }

  private static double epsilon(Norm norm) {
    return Presets.pictureEpsilon(norm, InputShape.CIFAR);
  }

  /** The attack as it is set now. */
  public AttackSpecification specification() {
    return new AttackSpecification(
        new ThreatModel(norm.get(), epsilon.get()),
        steps.get(),
        effectiveStepSize(),
        stepRule.get(),
        loss.get(),
        randomStart.get(),
        restarts.get(),
        keep.get(),
        clip.get(),
        seed.get());
  }

  /** α: 2.5ε/T where it is automatic. */
  public double effectiveStepSize() {
    return automaticStepSize.get()
        ? AttackSpecification.pictureStepSize(epsilon.get(), steps.get())
        : stepSize.get();
  }

  /** Everything whose change starts the attack anew. */
  public List<Observable> all() {
    return List.of(
        targeted,
        norm,
        epsilon,
        steps,
        automaticStepSize,
        stepSize,
        stepRule,
        loss,
        randomStart,
        restarts,
        keep,
        clip,
        seed,
        precision);
  }

  public BooleanProperty targetedProperty() {
    return targeted;
  }

  public ObjectProperty<Norm> normProperty() {
    return norm;
  }

  public DoubleProperty epsilonProperty() {
    return epsilon;
  }

  public IntegerProperty stepsProperty() {
    return steps;
  }

  public BooleanProperty automaticStepSizeProperty() {
    return automaticStepSize;
  }

  public DoubleProperty stepSizeProperty() {
    return stepSize;
  }

  public ObjectProperty<StepRule> stepRuleProperty() {
    return stepRule;
  }

  public ObjectProperty<Loss> lossProperty() {
    return loss;
  }

  public BooleanProperty randomStartProperty() {
    return randomStart;
  }

  public IntegerProperty restartsProperty() {
    return restarts;
  }

  public ObjectProperty<Keep> keepProperty() {
    return keep;
  }

  public BooleanProperty clipProperty() {
    return clip;
  }

  public LongProperty seedProperty() {
    return seed;
  }

  public ObjectProperty<Precision> precisionProperty() {
    return precision;
  }
}
