package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.Notice;

/** Every parameter of the attack; each change takes effect at once. */
public final class AttackPanel extends VBox {
  private static final double SMALLEST_EPSILON = 0.01;

  private static final double LARGEST_EPSILON = 1000;

  private final AttackSettings settings;
  private final Notice notice;
  private final Slider epsilon = new Slider(Math.log10(SMALLEST_EPSILON), Math.log10(60), 1);
  private final TextField epsilonText = new TextField();
  private boolean moving;

  public AttackPanel(AttackSetup setup) {
    super(8);
    settings = setup.settings();
    notice = setup.notice();
    getStyleClass().add("attack-panel");
    getChildren().addAll(mainRow(), details(setup));
    settings.epsilonProperty().addListener((property, old, now) -> showEpsilon());
    showEpsilon();
  }

  private Node mainRow() {
    epsilon.setId("epsilon");
    HBox.setHgrow(epsilon, Priority.ALWAYS);
    epsilon.setTooltip(
        new Tooltip(
            "ε, how far a picture may move from the original: the radius of the ball, in pixel"
                + " units of 0 to 1.\n"
                + "In L2 two CIFAR-10 pictures are some 20 apart; 0.5 is hardly visible."));
    epsilon.valueProperty().addListener((property, old, now) -> epsilonMoved(now.doubleValue()));
    epsilonText.setId("epsilon-text");
    epsilonText.setPrefColumnCount(5);
    epsilonText.setMinWidth(64);
    epsilonText.setOnAction(event -> epsilonTyped());
    epsilonText.focusedProperty().addListener((property, old, now) -> epsilonTyped());
    Label steps = new Label("steps");
    steps.setMinWidth(Region.USE_PREF_SIZE);
    HBox row =
        new HBox(
            8,
            norms(),
            new Label("ε"),
            epsilon,
            epsilonText,
            steps,
            spinner("steps", settings.stepsProperty(), 1, 1000));
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private Node norms() {
    ToggleGroup group = new ToggleGroup();
    HBox box = new HBox();
    for (Norm norm : Norm.values()) {
      ToggleButton button = new ToggleButton(norm.title());
      button.setId("norm-" + norm.id());
      button.setToggleGroup(group);
      button.setMinWidth(Region.USE_PREF_SIZE); // in a narrow window the slider gives way
      button.getStyleClass().add(norm == Norm.L2 ? "left-pill" : "right-pill");
      button.setSelected(settings.normProperty().get() == norm);
      button.setOnAction(
          event -> {
            button.setSelected(true);
            settings.normProperty().set(norm);
          });
      settings.normProperty().addListener((property, old, now) -> button.setSelected(now == norm));
      box.getChildren().add(button);
    }
    return box;
  }

  private void epsilonMoved(double exponent) {
    if (!moving) {
      // Three digits are what one can set with a slider.
      double value = Double.parseDouble(String.format(Locale.ROOT, "%.3g", Math.pow(10, exponent)));
      settings.epsilonProperty().set(value);
    }
  }

  private void epsilonTyped() {
    typed(epsilonText.getText(), "ε", LARGEST_EPSILON, settings.epsilonProperty());
    showEpsilon();
  }

  /** Takes what was typed; a field that still shows the old value, rounded, changes nothing. */
  private void typed(String text, String what, double largest, DoubleProperty property) {
    String number = text.strip().replace(',', '.');
    if (number.equals(short4(property.get()))) {
      return;
    }
    double value = NumberFields.parse(number);
    if (value >= 0 && value <= largest) {
      property.set(value);
    } else {
      notice.say(
          String.format(
              Locale.ROOT,
              "%s is a number from 0 to %s; the old one stays.",
              what,
              short4(largest)));
    }
  }

  private void showEpsilon() {
    moving = true;
    double value = settings.epsilonProperty().get();
    epsilon.setValue(Math.log10(Math.max(SMALLEST_EPSILON, value)));
    epsilonText.setText(short4(value));
    moving = false;
  }

  private Node details(AttackSetup setup) {
    FlowPane pane = new FlowPane(16, 8);
    pane.getChildren()
        .addAll(
            pair("goal", goal()),
            pair("targets", new TargetChoice(setup)),
            pair("step size α", stepSize()),
            pair("rule", choice("step-rule", settings.stepRuleProperty(), StepRule.values())),
            pair("loss", choice("loss", settings.lossProperty(), Loss.values())),
            pair("keep", choice("keep", settings.keepProperty(), Keep.values())),
            pair(
                "precision", choice("precision", settings.precisionProperty(), Precision.values())),
            check(
                "random-start",
                "random start",
                settings.randomStartProperty(),
                "Begin at a random point of the ball."),
            check("clip", "clip pixels", settings.clipProperty(), "Keep every pixel in 0 to 1."),
            pair("restarts", spinner("restarts", settings.restartsProperty(), 1, 50)),
            pair("seed", spinner("seed", settings.seedProperty(), 0, Integer.MAX_VALUE)));
    return pane;
  }

  private Node goal() {
    ComboBox<Boolean> box = new ComboBox<>();
    box.setId("goal");
    box.getItems().addAll(true, false);
    box.setConverter(
        Titles.of(targeted -> targeted ? "towards each class" : "away from the label"));
    // Not by asObject(): nothing would hold it, and the collector would take it.
    BooleanProperty targeted = settings.targetedProperty();
    box.setValue(targeted.get());
    box.valueProperty().addListener((property, old, now) -> targeted.set(now));
    targeted.addListener((property, old, now) -> box.setValue(now));
    return box;
  }

  private Node stepSize() {
    TextField field = new TextField();
    field.setId("step-size");
    field.setPrefColumnCount(5);
    field.disableProperty().bind(settings.automaticStepSizeProperty());
    Runnable show = () -> field.setText(short4(settings.effectiveStepSize()));
    for (var property :
        List.of(
            settings.epsilonProperty(),
            settings.stepsProperty(),
            settings.stepSizeProperty(),
            settings.automaticStepSizeProperty())) {
      property.addListener(observable -> show.run());
    }
    Runnable typed =
        () -> {
          if (!settings.automaticStepSizeProperty().get()) {
            typed(field.getText(), "α", LARGEST_EPSILON, settings.stepSizeProperty());
            show.run();
          }
        };
    field.setOnAction(event -> typed.run());
    field.focusedProperty().addListener((property, old, now) -> typed.run());
    show.run();
    CheckBox automatic =
        check("auto-step-size", "auto", settings.automaticStepSizeProperty(), "α = 2.5 ε / steps");
    HBox box = new HBox(6, field, automatic);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  /** Another screen may show the same number. */
  private static Spinner<Integer> spinner(String id, Property<Number> property, int low, int high) {
    Spinner<Integer> spinner = NumberFields.spinner(low, high, property.getValue().intValue());
    spinner.setId(id);
    spinner.setPrefWidth(90);
    spinner.setMinWidth(80);
    spinner.valueProperty().addListener((observable, old, now) -> set(property, now));
    property.addListener(
        (observable, old, now) -> spinner.getValueFactory().setValue(now.intValue()));
    return spinner;
  }

  private static void set(Property<Number> property, @Nullable Integer value) {
    if (value != null) { // an emptied field, which takes its old value back
      property.setValue(value);
    }
  }

  private static CheckBox check(String id, String text, BooleanProperty property, String tip) {
    CheckBox box = new CheckBox(text);
    box.setId(id);
    box.setTooltip(new Tooltip(tip));
    box.selectedProperty().bindBidirectional(property);
    return box;
  }

  private static <T extends Named> ComboBox<T> choice(
      String id, ObjectProperty<T> property, T[] values) {
    ComboBox<T> box = new ComboBox<>();
    box.setId(id);
    box.getItems().addAll(values);
    box.setConverter(Titles.of(Named::title));
    box.valueProperty().bindBidirectional(property);
    return box;
  }

  private static Node pair(String label, Node node) {
    Label name = new Label(label);
    name.getStyleClass().add("field-name");
    HBox box = new HBox(6, name, node);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  /** At most four digits: what fits a small field. */
  private static String short4(double value) {
    return String.format(Locale.ROOT, "%.4g", value)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }
}
