package org.pagexplorer.ui.control;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.WrittenNumber;
import org.pagexplorer.lab.figure.CurveFigure;
import org.pagexplorer.lab.figure.CurveFigure.Curve;

/** What is below the pointer on a chart: an upright line, a dot a curve, and their values. */
final class ChartHover extends Group {
  private static final double GAP = 10;

  private final ChartRegion chart;
  private final Line line = new Line();
  private final Label words = new Label();

  ChartHover(ChartRegion chart) {
    this.chart = chart;
    setManaged(false);
    setMouseTransparent(true);
    setVisible(false);
    line.getStyleClass().add("curve-cursor");
    words.getStyleClass().add("chart-hover");
    chart.addEventHandler(MouseEvent.MOUSE_MOVED, event -> at(event.getX(), event.getY()));
    chart.addEventHandler(MouseEvent.MOUSE_EXITED, event -> hide());
  }

  void hide() {
    setVisible(false);
  }

  private void at(double x, double y) {
    Rectangle2D area = chart.area().orElse(null);
    OptionalDouble found = nearest(x);
    if (area == null || found.isEmpty() || !area.contains(x, y)) {
      hide();
      return;
    }
    double value = found.getAsDouble();
    double place = chart.toX(value, area);
    line.setStroke(chart.theme().muted());
    line.setStartX(place);
    line.setEndX(place);
    line.setStartY(area.getMinY());
    line.setEndY(area.getMaxY());
    getChildren().setAll(line);
    dots(value, place, area);
    words.setText(words(value));
    getChildren().add(words);
    setVisible(true);
    words.applyCss();
    words.autosize();
    boolean left = place + GAP + words.getWidth() > chart.getWidth();
    words.relocate(
        left ? Math.max(0, place - GAP - words.getWidth()) : place + GAP,
        Math.clamp(y - words.getHeight() - GAP, 0, Math.max(0, area.getMaxY())));
  }

  private void dots(double value, double place, Rectangle2D area) {
    for (Curve curve : chart.figure().curves()) {
      double y = at(curve, value);
      if (!curve.faint() && isDrawn(y)) {
        Circle dot = new Circle(place, chart.toY(y, area), 4);
        dot.setFill(chart.theme().background());
        dot.setStroke(chart.theme().foreground());
        getChildren().add(dot);
      }
    }
  }

  private boolean isDrawn(double y) {
    return Double.isFinite(y) && (!chart.figure().y().log() || y > 0);
  }

  /** The x of a value that is nearest to a place; nothing where there is none. */
  private OptionalDouble nearest(double x) {
    Rectangle2D area = chart.area().orElse(null);
    if (area == null) {
      return OptionalDouble.empty();
    }
    return chart.figure().curves().stream()
        .flatMapToDouble(curve -> DoubleStream.of(curve.x()))
        .boxed()
        .min(java.util.Comparator.comparingDouble(v -> Math.abs(chart.toX(v, area) - x)))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  @Nullable String wordsAt(double x) {
    OptionalDouble found = nearest(x);
    return found.isPresent() ? words(found.getAsDouble()) : null;
  }

  private String words(double value) {
    CurveFigure figure = chart.figure();
    List<String> lines = new ArrayList<>();
    String x = figure.x().title().isEmpty() ? "" : figure.x().title() + " ";
    lines.add(x + number(value));
    for (Curve curve : figure.curves()) {
      double y = at(curve, value);
      if (!Double.isFinite(y)) {
        continue;
      }
      String name = curve.name().isEmpty() ? figure.y().title() : curve.name();
      lines.add(name + "  " + number(y) + band(curve, value));
    }
    return String.join("\n", lines);
  }

  private static String band(Curve curve, double value) {
    int i = indexOf(curve, value);
    return curve.low().length > 0
        ? "  [%s, %s]".formatted(number(curve.low()[i]), number(curve.high()[i]))
        : "";
  }

  private static double at(Curve curve, double value) {
    int i = indexOf(curve, value);
    return i < 0 ? Double.NaN : curve.y()[i];
  }

  private static int indexOf(Curve curve, double value) {
    for (int i = 0; i < curve.x().length; i++) {
      if (curve.x()[i] == value) {
        return i;
      }
    }
    return -1;
  }

  /** Four digits, as people compare them. */
  static String number(double value) {
    return WrittenNumber.typeset(plain(value));
  }

  private static String plain(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e6
        ? String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 1 ? "%.3f" : "%.4f", value)
        : String.format(Locale.ROOT, "%.3e", value);
  }
}
