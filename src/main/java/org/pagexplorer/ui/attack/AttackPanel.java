package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.Keys;
import org.pagexplorer.ui.support.Tips;

/**
 * Every parameter of the attack; each change takes effect at once. What is rarely changed is folded
 * under <em>More</em>.
 */
public final class AttackPanel extends VBox {
  private final AttackSettings settings;
  private final TypedRadius typed;

  public AttackPanel(AttackSetup setup) {
    super(8);
    settings = setup.settings();
    typed = new TypedRadius(settings, setup.notice());
    getStyleClass().add("attack-panel");
    Node details = details();
    details.visibleProperty().bindBidirectional(setup.detailsProperty());
    details.managedProperty().bind(details.visibleProperty());
    getChildren()
        .addAll(mainRow(), secondRow(setup), new BetweenRow(setup), new FeatureRow(setup), details);
  }

  /** What is asked of a typed number; the panel has no room for it, and would move. */
  public Node question() {
    return typed;
  }

  private static Node secondRow(AttackSetup setup) {
    HBox end = new HBox(6, history(setup), more(setup));
    end.setAlignment(Pos.CENTER_LEFT);
    FlowPane row = new FlowPane(16, 8);
    row.setMinHeight(Region.USE_PREF_SIZE); // else one line's
    row.getChildren()
        .addAll(pair("goal", goal(setup)), pair("targets", new TargetChoice(setup)), end);
    return row;
  }

  /** Says, while they are folded, how many parameters are not at their defaults. */
  private static Node more(AttackSetup setup) {
    Button button = new Button();
    button.setId("attack-more");
    Tips.on(
        button,
        "Step size, step rule, loss, which step is kept, precision, random start, clipping,"
            + " restarts, and seed");
    button.getStyleClass().add("flat");
    button.setOnAction(event -> setup.detailsProperty().set(!setup.detailsProperty().get()));
    Runnable show =
        () -> {
          boolean open = setup.detailsProperty().get();
          int changed = open ? 0 : setup.settings().changedDetails();
          button.setText(changed == 0 ? "More" : "More (%d changed)".formatted(changed));
          button.setGraphic(new FontIcon(open ? "mdi2c-chevron-up" : "mdi2c-chevron-down"));
        };
    setup.settings().all().forEach(setting -> setting.addListener(observable -> show.run()));
    setup.detailsProperty().addListener((property, old, now) -> show.run());
    show.run();
    return button;
  }

  private Node mainRow() {
    Label steps = new Label("steps");
    steps.setMinWidth(Region.USE_PREF_SIZE);
    HBox row =
        new HBox(
            8,
            norms(),
            new EpsilonRow(settings, typed),
            steps,
            spinner(
                "steps",
                settings.stepsProperty(),
                1,
                AttackSettings.MOST_STEPS,
                "How many steps PGD takes, each along one gradient; the paper measures accuracies"
                    + " with 20."));
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
      Tips.on(button, tip(norm));
      button
          .getStyleClass()
          .addAll(
              "norm",
              switch (norm) {
                case L1 -> "left-pill";
                case L2 -> "center-pill";
                case LINF -> "right-pill";
              });
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

  private static String tip(Norm norm) {
    return switch (norm) {
      case L1 ->
          "All changes are added up, in pixel units of 0 to 1, so that few pixels change much. The"
              + " paper has no L1; Croce and Hein (2021) measure accuracies at ε = 12 on CIFAR-10.";
      case L2 ->
          "The change is measured by its length, in pixel units of 0 to 1; the paper measures"
              + " accuracies at ε = 0.5 on CIFAR-10 and 1.5 on STL-10.";
      case LINF ->
          "The change is measured at the pixel value that changes most, in pixel units of 0 to 1;"
              + " the paper measures accuracies at ε = 0.031, about 8/255.";
    };
  }

  private Node details() {
    FlowPane pane = new FlowPane(16, 8);
    pane.setMinHeight(Region.USE_PREF_SIZE);
    pane.setId("attack-details");
    pane.getChildren().add(pair("step size α", stepSize()));
    pane.getChildren().addAll(choices());
    pane.getChildren().addAll(starts());
    return pane;
  }

  /** How it steps, and what of it is kept. */
  private List<Node> choices() {
    return List.of(
        pair(
            "rule",
            choice(
                "step-rule",
                settings.stepRuleProperty(),
                StepRule.values(),
                "Normalized: every step is α long (L2), α in each pixel value (L∞), or α in total"
                    + " (L1, shared by 1 % of the values or more, those with the largest"
                    + " gradients), as usual for PGD. Raw: α times the gradient, as in the paper's"
                    + " Algorithm 1.")),
        pair(
            "loss",
            choice(
                "loss",
                settings.lossProperty(),
                Loss.values(),
                "What each step changes: the cross-entropy to the class (the paper's Eq. 4), or"
                    + " the class's logit alone; the same between two classes and away from all."
                    + " Toward a feature, the unit itself: the choice has no effect.")),
        pair(
            "keep",
            choice(
                "keep",
                settings.keepProperty(),
                Keep.values(),
                "Which step's picture is the result: the last one, as in the paper's Algorithm"
                    + " 1, or the one with the best loss.")),
        pair(
            "precision",
            choice(
                "precision",
                settings.precisionProperty(),
                Precision.values(),
                "Exact: float32, for numbers that are reported, as in the paper. Fast: bfloat16"
                    + " where the device has it, for pictures.")));
  }

  /** Where and how often it begins, and within what it stays. */
  private List<Node> starts() {
    return List.of(
        Buttons.check(
            "random-start",
            "random start",
            settings.randomStartProperty(),
            "Start at a random point within ε instead of at the original; the paper measures"
                + " accuracies with a random start."),
        Buttons.check(
            "clip",
            "clip pixels",
            settings.clipProperty(),
            "Keep every pixel value within 0 to 1, so that the result is a picture."),
        pair(
            "restarts",
            spinner(
                "restarts",
                settings.restartsProperty(),
                1,
                AttackSettings.MOST_RESTARTS,
                "How often the attack is run from another random start; the best result per"
                    + " image is kept. The paper runs it once.")),
        pair(
            "seed",
            spinner(
                "seed",
                settings.seedProperty(),
                0,
                Integer.MAX_VALUE,
                "Fixes the random starts: the same seed gives the same pictures.")));
  }

  /** Back, forth, and to the beginning. */
  private static Node history(AttackSetup setup) {
    Button undo =
        Buttons.flat(
            "attack-undo",
            "mdi2u-undo",
            "Undo the latest change of a parameter or of the rows ("
                + Keys.words(Keys.shortcut(KeyCode.Z))
                + ")",
            setup.undo()::undo);
    undo.disableProperty().bind(setup.undo().canUndoProperty().not());
    Button redo =
        Buttons.flat(
            "attack-redo",
            "mdi2r-redo",
            "Redo (" + Keys.words(Keys.shiftShortcut(KeyCode.Z)) + ")",
            setup.undo()::redo);
    redo.disableProperty().bind(setup.undo().canRedoProperty().not());
    Button reset =
        Buttons.flat(
            "attack-reset",
            "mdi2b-backup-restore",
            "Reset every parameter and the targets to the defaults",
            setup::reset);
    return new HBox(2, undo, redo, reset);
  }

  private static Node goal(AttackSetup setup) {
    AttackSettings settings = setup.settings();
    ComboBox<GoalKind> box = new ComboBox<>();
    box.setId("goal");
    box.getItems().addAll(GoalKind.values());
    Tips.on(
        box,
        "Toward each class: raises that class's probability, as in the paper's figures. Between two"
            + " classes, with a slider. Toward a feature: raises a unit of a layer. Away from the"
            + " label: lowers the probability of the image's own class, as accuracies are measured."
            + " Away from all classes: makes them equally likely.");
    box.setConverter(Titles.of(GoalKind::title));
    box.setValue(GoalKind.of(settings));
    box.valueProperty()
        .addListener(
            (property, old, now) -> {
              if (!choose(setup, now)) {
                Platform.runLater(() -> box.setValue(GoalKind.of(settings)));
              }
            });
    Runnable show = () -> box.setValue(GoalKind.of(settings));
    settings.targetedProperty().addListener((property, old, now) -> show.run());
    settings.aimProperty().addListener((property, old, now) -> show.run());
    return box;
  }

  /** The first choice of another kind; whether there is one. */
  private static boolean choose(AttackSetup setup, GoalKind kind) {
    AttackSettings settings = setup.settings();
    if (kind == GoalKind.of(settings)) {
      return true;
    }
    Optional<Aim> aim = AimChoice.first(kind, setup.classes().get(), setup.aims().layers());
    boolean ofClass = kind == GoalKind.EACH_CLASS || kind == GoalKind.FROM_LABEL;
    if (aim.isEmpty() && !ofClass) {
      setup
          .notice()
          .say(
              kind != GoalKind.FEATURE
                  ? "Choose a model of two classes or more first."
                  : setup.aims().architecture().isEmpty()
                      ? "Choose a model first."
                      : "This model shows no layers, so that there are no features of it: choose"
                          + " another model.");
      return false;
    }
    if (ofClass) {
      settings.targetedProperty().set(kind == GoalKind.EACH_CLASS);
    }
    settings.aimProperty().set(aim);
    return true;
  }

  private Node stepSize() {
    TextField field = new TextField();
    field.setId("step-size");
    field.setPrefColumnCount(5);
    Tips.on(
        field,
        "α, how far one step moves, in pixel units of 0 to 1: a number or a fraction, such as 0.1"
            + " or 2/255. The paper measures accuracies with 2 ε / steps.");
    field.disableProperty().bind(settings.automaticStepSizeProperty());
    Runnable show = () -> field.setText(TypedRadius.shown(settings.effectiveStepSize()));
    for (var property :
        List.of(
            settings.epsilonProperty(),
            settings.stepsProperty(),
            settings.stepSizeProperty(),
            settings.automaticStepSizeProperty())) {
      property.addListener(observable -> show.run());
    }
    Runnable take =
        () -> {
          if (!settings.automaticStepSizeProperty().get()) {
            typed.take(field.getText(), "α", settings.stepSizeProperty());
            show.run();
          }
        };
    field.setOnAction(event -> take.run());
    field.focusedProperty().addListener((property, old, now) -> take.run());
    show.run();
    CheckBox automatic =
        Buttons.check(
            "auto-step-size",
            "auto",
            settings.automaticStepSizeProperty(),
            "Let α follow ε and the steps: α = 2.5 ε / steps");
    HBox box = new HBox(6, field, automatic);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  /** Another screen may show the same number. */
  private static Spinner<Integer> spinner(
      String id, Property<Number> property, int low, int high, String tip) {
    Spinner<Integer> spinner = NumberFields.spinner(low, high, property.getValue().intValue());
    spinner.setId(id);
    Tips.on(spinner, tip);
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

  private static <T extends Named> ComboBox<T> choice(
      String id, ObjectProperty<T> property, T[] values, String tip) {
    ComboBox<T> box = new ComboBox<>();
    box.setId(id);
    Tips.on(box, tip);
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
}
