package org.pagexplorer.ui.toy;

import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.support.Theme;

/**
 * Clean and attacked accuracy over seeds: a dot a seed, in its method's color, and mean ± standard
 * deviation.
 */
final class SeedsPane extends VBox {
  private static final double ROW = 22;
  private static final double NAMES = 200;
  private static final double WORDS = 250;
  private static final double TOP = 4;
  private static final double AXIS = 18;

  private final SeedsViewModel model;
  private final ObjectProperty<Theme> theme;
  private final Canvas canvas = new Canvas(600, 80);
  private final Pane plot = new Pane();
  private final Label words = new Label();

  SeedsPane(SeedsViewModel model, ObjectProperty<Theme> theme, Runnable close) {
    super(4);
    this.model = model;
    this.theme = theme;
    setId("toy-seeds-pane");
    getStyleClass().add("seeds-pane");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label title = new Label("Seeds 1 to 10");
    title.getStyleClass().add("pane-title");
    ProgressBar progress = new ProgressBar();
    progress.progressProperty().bind(model.progressProperty());
    progress.visibleProperty().bind(model.runningProperty());
    words.setId("toy-seeds-words");
    Button cancel =
        Buttons.flat(
            "toy-seeds-cancel",
            "mdi2s-stop",
            "Stop; the networks trained so far stay",
            model::cancel);
    cancel.visibleProperty().bind(model.runningProperty());
    HBox head =
        new HBox(
            10,
            title,
            progress,
            cancel, // before the words, whose width changes under the pointer
            words,
            space,
            Buttons.flat(
                "toy-seeds-close",
                "mdi2c-close",
                "Close this pane; the seeds continue to train",
                close));
    head.setAlignment(Pos.CENTER_LEFT);
    // Unmanaged, so that the plot follows the pane's width and never widens it.
    canvas.setManaged(false);
    plot.getChildren().add(canvas);
    plot.setMinWidth(0);
    getChildren().addAll(head, plot);
    InvalidationListener again = property -> update();
    model.results().addListener(again);
    model.runningProperty().addListener(again);
    model.secondsLeftProperty().addListener(again);
    theme.addListener(again);
    plot.widthProperty().addListener(again);
    update();
  }

  private void update() {
    double left = model.secondsLeftProperty().get();
    words.setText(
        !model.runningProperty().get()
            ? model.results().size() + " networks trained"
            : left > 0
                ? String.format(
                    Locale.ROOT,
                    "%d networks trained, %.0f s left",
                    model.results().size(),
                    Math.ceil(left))
                : "training …");
    double height = TOP + AXIS + 2 * ROW * Math.max(1, model.schemes().size());
    plot.setMinHeight(height);
    canvas.setWidth(plot.getWidth());
    canvas.setHeight(height);
    paint();
  }

  private void paint() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    g.setFont(Font.font(12));
    paintAxis(g);
    for (int scheme = 0; scheme < model.schemes().size(); scheme++) {
      int number = scheme;
      List<SeedStudy.Result> own =
          model.results().stream().filter(r -> r.scheme() == number).toList();
      ToySetup.Scheme which = model.schemes().get(scheme);
      double y = TOP + 2 * ROW * scheme + ROW / 2;
      double[] clean = own.stream().mapToDouble(SeedStudy.Result::clean).toArray();
      double[] attacked = own.stream().mapToDouble(SeedStudy.Result::attacked).toArray();
      g.setFill(theme.get().color(Palette.ofMethod(which.method())));
      row(g, y, which.title() + ", clean", clean, true);
      row(g, y + ROW, "after PGD", attacked, false);
    }
  }

  private double x(double share) {
    return NAMES + share * (canvas.getWidth() - NAMES - WORDS);
  }

  private void paintAxis(GraphicsContext g) {
    double bottom = canvas.getHeight() - AXIS;
    g.setStroke(theme.get().border());
    g.setFill(theme.get().muted());
    for (int percent = 0; percent <= 100; percent += 25) {
      double x = Math.round(x(percent / 100.0)) + 0.5;
      g.strokeLine(x, TOP, x, bottom);
      g.fillText(percent + " %", x - 10, bottom + 13);
    }
  }

  /**
   * @param filled whether its dots are filled; all have the color that is set
   */
  private void row(GraphicsContext g, double y, String name, double[] values, boolean filled) {
    Paint color = g.getFill();
    g.setFill(theme.get().foreground());
    g.fillText(name, 0, y + 4, NAMES - 10);
    if (values.length == 0) {
      g.setFill(color);
      return;
    }
    SeedStudy.Spread spread = SeedStudy.Spread.of(values);
    g.setStroke(theme.get().foreground());
    g.setLineWidth(1.5);
    double low = x(Math.max(0, spread.mean() - spread.deviation()));
    double high = x(Math.min(1, spread.mean() + spread.deviation()));
    g.strokeLine(low, y, high, y);
    g.strokeLine(x(spread.mean()), y - 6, x(spread.mean()), y + 6);
    g.setFill(color);
    g.setStroke(color);
    g.setGlobalAlpha(0.7);
    for (double value : values) {
      if (filled) {
        g.fillOval(x(value) - 4, y - 4, 8, 8);
      } else {
        g.strokeOval(x(value) - 4, y - 4, 8, 8);
      }
    }
    g.setGlobalAlpha(1);
    g.setFill(theme.get().foreground());
    g.fillText(
        String.format(
            Locale.ROOT,
            "%.1f ± %.1f %%   (n = %d)",
            100 * spread.mean(),
            100 * spread.deviation(),
            values.length),
        canvas.getWidth() - WORDS + 34,
        y + 4);
    g.setFill(color);
  }
}
