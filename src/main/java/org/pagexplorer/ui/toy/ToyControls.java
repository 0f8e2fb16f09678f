package org.pagexplorer.ui.toy;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.dataset.toy.PointShape;
import org.pagexplorer.domain.Family;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Tips;

/** The points, the networks, the attack and what is shown: every parameter but λ, a panel's own. */
final class ToyControls extends VBox {
  private static final String OWN = "Your own points";

  private final ToyViewModel model;
  private final GridPane fields = new GridPane(8, 6);

  /**
   * @param open told of a CSV file that the user chose
   */
  ToyControls(ToyViewModel model, FileDialogs dialogs, Consumer<Path> open) {
    super(7);
    this.model = model;
    getStyleClass().add("toy-controls");
    getChildren().addAll(head(), data(), files(dialogs, open), title("Networks"), fields);
    number(
        "toy-seed",
        "seed",
        s -> (double) s.seed(),
        (s, v) -> s.withSeed(whole(v)),
        "Fixes points, first weights and order, the same for all panels (the paper trains with one"
            + " seed, too); restarts the training");
    number(
        "toy-hidden",
        "hidden units",
        s -> (double) s.hidden(),
        (s, v) -> s.withHidden((int) whole(v)),
        "Width of the hidden layer; the paper: 32; restarts the training");
    activation();
    number(
        "toy-lr",
        "learning rate",
        ToySetup::learningRate,
        ToySetup::withLearningRate,
        "Adam's; the paper: 0.01; takes effect with the next step");
    number(
        "toy-batch",
        "batch",
        s -> (double) s.batch(),
        (s, v) -> s.withBatch((int) whole(v)),
        "Points per training step; the paper: 128; takes effect with the next step");
    number(
        "toy-max-epochs",
        "epochs",
        s -> (double) s.epochs(),
        (s, v) -> s.withEpochs((int) whole(v)),
        "Passes over the training points; the paper: 100; takes effect at once");
    number(
        "toy-neighbors",
        "neighbors",
        s -> (double) s.neighbors(),
        (s, v) -> s.withNeighbors((int) whole(v)),
        "Points per class among which Nearest Neighbor searches (D_y of section 4.2); restarts the"
            + " training");
    getChildren().addAll(title("Attack"), epsilon(), title("Show"), shown());
  }

  private HBox head() {
    Label data = title("Data");
    data.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(data, Priority.ALWAYS);
    return new HBox(
        data,
        Buttons.flat(
            "toy-defaults",
            "mdi2b-backup-restore",
            "Reset everything to the paper's values; undo brings painted points back",
            model::reset));
  }

  private static Label title(String text) {
    Label title = new Label(text);
    title.getStyleClass().add("pane-title");
    return title;
  }

  private ComboBox<String> data() {
    ComboBox<String> box = new ComboBox<>();
    box.setId("toy-data");
    box.setMaxWidth(Double.MAX_VALUE);
    Tips.on(
        box,
        "Where the points lie; the paper: a line with three modes per class. Your own points are"
            + " painted, or opened from a CSV file.");
    for (PointShape shape : PointShape.values()) {
      box.getItems().add(shape.title());
    }
    box.getItems().add(OWN);
    Runnable show =
        () -> {
          Points points = model.setupProperty().get().points();
          box.setValue(points instanceof Points.Drawn(PointShape shape) ? shape.title() : OWN);
        };
    model.setupProperty().addListener((property, old, now) -> show.run());
    show.run();
    box.setOnAction(event -> dataChosen(box.getSelectionModel().getSelectedIndex()));
    return box;
  }

  private void dataChosen(int index) {
    Points now = model.setupProperty().get().points();
    if (index < 0 || index >= PointShape.values().length) {
      if (now instanceof Points.Drawn) {
        // One's own points begin with what is there.
        model.points().use(new Points.Own(model.problemProperty().get().train()));
      }
      return;
    }
    Points chosen = new Points.Drawn(PointShape.values()[index]);
    if (!chosen.equals(now)) {
      model.points().use(chosen);
    }
  }

  private HBox files(FileDialogs dialogs, Consumer<Path> open) {
    Button openFile = new Button("Open CSV…");
    openFile.setId("toy-open-points");
    Tips.on(openFile, "Open a file of points, one per line: x1, x2, label; or drop it here");
    openFile.setOnAction(event -> dialogs.open().stream().findFirst().ifPresent(open));
    Button clear = new Button("Clear");
    clear.setId("toy-clear");
    Tips.on(clear, "Clear the plane to paint on it; can be undone");
    clear.setOnAction(event -> model.points().use(new Points.Own(PointSet.EMPTY)));
    HBox box = new HBox(6, openFile, clear);
    HBox.setHgrow(openFile, Priority.ALWAYS);
    openFile.setMaxWidth(Double.MAX_VALUE);
    return box;
  }

  /** Sets one number of a setup. */
  private interface Setter {
    ToySetup with(ToySetup setup, double value);
  }

  private static long whole(double value) {
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("it must be a whole number below 2,147,483,648");
    }
    return (long) value;
  }

  private void number(
      String id, String name, Function<ToySetup, Double> getter, Setter setter, String tip) {
    fields.addRow(fields.getRowCount(), fieldName(name), field(id, getter, setter, tip));
  }

  private static Label fieldName(String name) {
    Label label = new Label(name);
    label.getStyleClass().add("field-name");
    label.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
    return label;
  }

  private TextField field(String id, Function<ToySetup, Double> getter, Setter setter, String tip) {
    TextField field = new TextField();
    field.setId(id);
    field.setPrefColumnCount(5);
    Tips.on(field, tip);
    Runnable show = () -> field.setText(ToySetup.number(getter.apply(model.setupProperty().get())));
    Runnable typed =
        () -> {
          if (field.getText().equals(ToySetup.number(getter.apply(model.setupProperty().get())))) {
            return; // only looked at
          }
          double value = NumberFields.parse(field.getText());
          if (Double.isNaN(value)) {
            String old = ToySetup.number(getter.apply(model.setupProperty().get()));
            model.complain(
                "\"%s\" is not a number; kept %s.".formatted(field.getText().strip(), old));
          } else {
            model.change(now -> setter.with(now, value));
          }
          show.run();
        };
    field.setOnAction(event -> typed.run());
    field
        .focusedProperty()
        .addListener(
            (property, old, now) -> {
              if (!now) {
                typed.run();
              }
            });
    model.setupProperty().addListener((property, old, now) -> show.run());
    show.run();
    return field;
  }

  private void activation() {
    ComboBox<Family> box = new ComboBox<>();
    box.setId("toy-activation");
    box.setMaxWidth(Double.MAX_VALUE);
    box.getItems().setAll(Family.MLP, Family.MLP_TANH, Family.MLP_SIGMOID, Family.MLP_SOFTPLUS);
    box.setConverter(Titles.of(value -> value.title().replaceAll(".*\\((.*)\\)", "$1")));
    Tips.on(box, "Activation function of the hidden layer; the paper: ReLU; restarts the training");
    box.setValue(model.setupProperty().get().activation());
    model.setupProperty().addListener((property, old, now) -> box.setValue(now.activation()));
    box.setOnAction(event -> model.change(now -> now.withActivation(box.getValue())));
    fields.addRow(fields.getRowCount(), fieldName("activation"), box);
  }

  private Node epsilon() {
    TextField field =
        field(
            "toy-epsilon",
            ToySetup::epsilon,
            ToySetup::withEpsilon,
            "ε, how far the attack may move a point, in the plane's units; the paper: 15; takes"
                + " effect at once");
    field.disableProperty().bind(model.points().automaticEpsilonProperty());
    CheckBox automatic =
        Buttons.check(
            "toy-auto-epsilon",
            "auto",
            model.points().automaticEpsilonProperty(),
            "The paper's 15 on its line, elsewhere 0.4 of the median distance to the other class:"
                + " too little to change a point's true class");
    HBox box = new HBox(8, fieldName("ε"), field, automatic);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private Node shown() {
    PlaneView view = model.view();
    ComboBox<PlaneView.Shown> points = new ComboBox<>();
    points.setId("toy-shown-points");
    points.setMaxWidth(Double.MAX_VALUE);
    Tips.on(
        points, "Which points are drawn over the predicted classes; the paper: the test points");
    points.getItems().setAll(PlaneView.Shown.values());
    points.valueProperty().bindBidirectional(view.pointsProperty());
    return new VBox(
        6,
        points,
        Buttons.check(
            "toy-confidence",
            "confidence",
            view.confidenceProperty(),
            "Paint the background by the predicted probability instead of the class alone, which"
                + " the paper shows"),
        Buttons.check(
            "toy-gradients",
            "input-gradients",
            view.gradientsProperty(),
            "Arrows along the gradient of f₁ − f₀ by the input: aligned ones run along the data"),
        Buttons.check(
            "toy-margins",
            "margin of each test point",
            view.marginsProperty(),
            "A line from each test point to the nearest place of the decision boundary"),
        Buttons.check(
            "toy-ball",
            "ε ball of the attack",
            view.ballProperty(),
            "A circle of radius ε around the attacked point: the attack stays within it"));
  }
}
