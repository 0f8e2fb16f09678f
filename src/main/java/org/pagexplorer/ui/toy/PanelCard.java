package org.pagexplorer.ui.toy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.WrittenNumber;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.toy.AttackPath;
import org.pagexplorer.lab.toy.ToyNumbers;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Scheme;
import org.pagexplorer.ui.control.CurveChart;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Tips;

/** One network: how it is trained, its part of the plane, and its numbers. */
final class PanelCard extends VBox {
  private static final double CHART_HEIGHT = 96;

  private final ToyViewModel model;
  private final PanelViewModel panel;
  private final PlaneCanvas canvas;
  private final TextField lambda = new TextField();
  private final Label lambdaName = new Label("λ");
  private final ComboBox<Method> method = new ComboBox<>();
  private final Button remove = new Button("", new FontIcon("mdi2c-close"));
  private final GridPane numbers = new GridPane(10, 2);
  private final List<Label> values = new ArrayList<>();
  private final Label hover = new Label();
  private final Label path = new Label();
  private final Subscription subscription;
  private float[] losses = {};
  private boolean showsPath;
  private final CurveChart loss =
      new CurveChart("loss", Double.NaN, "Attack a point to see the loss over the steps here.");

  PanelCard(ToyViewModel model, PanelViewModel panel) {
    super(6);
    this.model = model;
    this.panel = panel;
    canvas = new PlaneCanvas(model, panel);
    getStyleClass().add("panel-card");
    VBox.setVgrow(canvas, Priority.ALWAYS);
    numbers.getStyleClass().add("panel-numbers");
    layNumbers();
    for (int i = 0; i < 4; i++) {
      ColumnConstraints column = new ColumnConstraints();
      column.setHgrow(i % 2 == 1 ? Priority.ALWAYS : Priority.NEVER);
      numbers.getColumnConstraints().add(column);
    }
    hover.getStyleClass().add("panel-hover");
    path.getStyleClass().add("panel-hover");
    path.setWrapText(true);
    path.setMinHeight(32);
    loss.setMinHeight(CHART_HEIGHT);
    loss.setPrefHeight(CHART_HEIGHT);
    loss.setMaxHeight(CHART_HEIGHT);
    loss.managedProperty().bind(loss.visibleProperty());
    getChildren().addAll(head(), canvas, hover, numbers, path, loss);
    subscription =
        Subscription.combine(
            panel.schemeProperty().subscribe((old, now) -> showScheme()),
            panel.numbersProperty().subscribe((old, now) -> showNumbers()),
            panel.crossEntropyProperty().subscribe((old, now) -> showLosses()),
            panel.frameProperty().subscribe((old, now) -> showPath(now)),
            canvas.answerProperty().subscribe((old, now) -> showHover(now)),
            model.view().themeProperty().subscribe((old, now) -> loss.dress(now)),
            canvas::dispose);
    loss.dress(model.view().themeProperty().get());
    showScheme();
    showNumbers();
    showHover(null);
    showNoPath();
  }

  /** Lets its curve be copied and saved. */
  PanelCard offering(FileDialogs dialogs) {
    loss.offer(loss.choice("Cross-entropy", "Press play first."), dialogs);
    return this;
  }

  /** Stops following a playground that no longer has this panel. */
  void dispose() {
    subscription.unsubscribe();
  }

  PlaneCanvas canvas() {
    return canvas;
  }

  private int place() {
    return model.panels().indexOf(panel);
  }

  private HBox head() {
    method.getItems().setAll(Method.ofPoints());
    method.getStyleClass().add("panel-method");
    method.setConverter(Titles.of(Method::title));
    Tips.on(
        method,
        "How this network is trained (the paper compares Vanilla with Nearest Neighbor);"
            + " changing it restarts the training");
    method.setOnAction(event -> schemeChosen());
    lambda.setPrefColumnCount(4);
    lambda.getStyleClass().add("panel-lambda");
    Tips.on(
        lambda,
        "λ, the weight of the alignment loss of Eq. 1 (the paper gives none for this"
            + " experiment); takes effect with the next step");
    lambda.setOnAction(event -> lambdaTyped());
    lambda.focusedProperty().addListener((property, old, now) -> lambdaTyped());
    remove.getStyleClass().addAll("flat", "small", "panel-remove");
    Tips.on(remove, "Remove this panel; the others restart");
    remove.setAccessibleText("Remove this panel");
    remove.setOnAction(event -> model.removePanel(place()));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(8, method, lambdaName, lambda, space, remove);
    head.setAlignment(Pos.CENTER_LEFT);
    return head;
  }

  private void schemeChosen() {
    Scheme now = panel.schemeProperty().get();
    if (method.getValue() != null && method.getValue() != now.method()) {
      model.changeScheme(place(), new Scheme(method.getValue(), now.lambda()));
    }
  }

  private void lambdaTyped() {
    Scheme now = panel.schemeProperty().get();
    try {
      double value = NumberFields.parse(lambda.getText());
      if (value != now.lambda() && place() >= 0) {
        model.changeScheme(place(), new Scheme(now.method(), value));
      }
    } catch (IllegalArgumentException e) {
      model.complain(
          "λ is a number of 0 or more; kept "
              + ToySetup.number(panel.schemeProperty().get().lambda())
              + ".");
    }
    lambda.setText(ToySetup.number(panel.schemeProperty().get().lambda()));
  }

  private void showScheme() {
    Scheme now = panel.schemeProperty().get();
    method.setValue(now.method());
    if (!lambda.isFocused() || lambda.getText().isBlank()) {
      lambda.setText(ToySetup.number(now.lambda()));
    }
    lambda.setVisible(now.method().aligns());
    lambdaName.setVisible(now.method().aligns());
    remove.setVisible(model.panels().size() > 1);
    showLosses();
  }

  /** Two rows of panels leave no room for curves. */
  void panelsChanged() {
    remove.setVisible(model.panels().size() > 1);
    loss.setVisible(model.panels().size() < ToySetup.MOST_SCHEMES);
  }

  /** Creates the labels once: they change with every frame. */
  private void layNumbers() {
    addNumbers(
        "cross-entropy",
        "alignment loss",
        "Σ over both classes of 1 − cos(∇ₓf, g), each between 0 and 2 (Eq. 2)");
    addNumbers(
        "clean",
        "after PGD",
        "Accuracy on the test points; what L2 PGD with 10 steps within ε leaves (section C.1) is at"
            + " least the true robust accuracy, the share of points whose margin exceeds ε");
    addNumbers(
        "mean margin",
        "margin > ε",
        "Mean distance of the test points to the decision boundary, in the plane's units; the share"
            + " of points that are farther from it than ε, which is the true robust accuracy");
    addNumbers(
        "gradient angle",
        "zero gradient",
        "Mean angle between the input-gradient and the direction along which the data lie: 0° is"
            + " perfectly aligned; the share of test points whose gradient is zero");
    addNumbers(
        "robust along",
        "robust across",
        "Test points classified correctly wherever they are moved by up to ε along the data's"
            + " direction, or across it (after Srinivas et al. 2023)");
  }

  private void addNumbers(String first, String second, String tip) {
    int row = numbers.getRowCount();
    for (String text : new String[] {first, second}) {
      Label name = new Label(text);
      name.getStyleClass().add("number-name");
      Tips.on(name, tip);
      name.setMinWidth(0);
      Label value = new Label("…");
      value.getStyleClass().add("number-value");
      Tips.on(value, tip);
      value.setMinWidth(58);
      values.add(value);
      int column = text.equals(first) ? 0 : 2;
      numbers.add(name, column, row);
      numbers.add(value, column + 1, row);
    }
  }

  private void showLosses() {
    boolean aligns = panel.schemeProperty().get().method().aligns();
    values.get(0).setText(number(panel.crossEntropyProperty().get(), "%.4f"));
    values.get(1).setText(aligns ? number(panel.alignmentProperty().get(), "%.3f") : "–");
  }

  private void showNumbers() {
    ToyNumbers found = panel.numbersProperty().get();
    if (found == null) {
      values.subList(2, values.size()).forEach(value -> value.setText("…"));
      return;
    }
    values.get(2).setText(percent(found.clean()));
    values.get(3).setText(percent(found.attacked()));
    boolean endless = Double.isInfinite(found.meanMargin());
    values.get(4).setText(endless ? "no border" : number(found.meanMargin(), "%.2f"));
    values.get(5).setText(percent(found.robust(model.setupProperty().get().epsilon())));
    values.get(6).setText(Double.isNaN(found.angle()) ? "–" : number(found.angle(), "%.1f°"));
    values.get(7).setText(percent(found.zeroGradients()));
    values.get(8).setText(percent(found.onManifold()));
    values.get(9).setText(percent(found.offManifold()));
  }

  private static String number(double value, String format) {
    return Double.isNaN(value)
        ? "…"
        : WrittenNumber.typeset(String.format(Locale.ROOT, format, value));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private void showHover(PanelViewModel.@Nullable Answer answer) {
    hover.setText(
        answer == null
            ? "Point at the plane to see what the network predicts there."
            : WrittenNumber.typeset(
                String.format(
                    Locale.ROOT,
                    "(%.1f, %.1f)   p(blue) %.3f   p(orange) %.3f   ∇(f₁ − f₀) = (%.3g, %.3g)",
                    answer.x1(),
                    answer.x2(),
                    1 - answer.probability(),
                    answer.probability(),
                    answer.g1(),
                    answer.g2())));
  }

  private void showNoPath() {
    showsPath = false;
    losses = new float[0];
    path.setText(
        model.problemProperty().get().train().isLearnable()
            ? "No attack yet: click anywhere in the plane to see where PGD goes from there."
            : "Nothing to learn yet: paint at least two points of each class.");
    loss.show(new float[0], 1, 0);
  }

  private void showPath(@Nullable PanelFrame frame) {
    if (frame == null || frame.paths().isEmpty()) {
      if (showsPath || frame == null) {
        showNoPath();
      }
      return;
    }
    showsPath = true;
    AttackPath untargeted = frame.paths().getFirst();
    int label = untargeted.goal().classIndex();
    path.setText(
        String.format(
            Locale.ROOT,
            "PGD away from %s: %s, loss %.3g → %.3g in %d steps%s.",
            ToyPalette.nameOf(label),
            untargeted.success() ? "succeeds" : "fails",
            untargeted.losses()[0] + 0f, // no minus before a zero
            untargeted.losses()[untargeted.size() - 1] + 0f,
            untargeted.size() - 1,
            isSame(untargeted, frame.paths().get(2 - label))
                ? "; the path toward " + ToyPalette.nameOf(1 - label) + " is the same"
                : ""));
    boolean moving = frame.request().coarse() && !frame.request().numbers();
    if (!moving && !Arrays.equals(losses, untargeted.losses())) {
      losses = untargeted.losses();
      loss.show(
          losses, untargeted.size() - 1, Palette.ofMethod(panel.schemeProperty().get().method()));
    }
  }

  /** As it must be with two classes, unless rounding has eaten a probability. */
  private static boolean isSame(AttackPath a, AttackPath b) {
    double farthest = 0;
    for (int i = 0; i < a.iterates().length; i++) {
      farthest = Math.max(farthest, Math.abs(a.iterates()[i] - b.iterates()[i]));
    }
    return farthest < 0.01;
  }
}
