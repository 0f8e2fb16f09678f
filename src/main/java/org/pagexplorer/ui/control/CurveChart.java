package org.pagexplorer.ui.control;

import java.util.List;
import javafx.scene.shape.Line;
import org.pagexplorer.lab.figure.CurveFigure;
import org.pagexplorer.lab.figure.CurveFigure.Axis;
import org.pagexplorer.lab.figure.CurveFigure.Curve;

/** A curve over the attack's steps, in the window's colors. */
public final class CurveChart extends ChartRegion {
  private static final double[] NONE = {};

  private final String title;
  private final double highest;
  private final Line cursor = new Line();
  private double marked = Double.NaN;

  /**
   * @param title of the y axis
   * @param highest upper end of the y axis; NaN to fit the data
   * @param promise said while there is no curve
   */
  public CurveChart(String title, double highest, String promise) {
    super(figure(title, highest, NONE, NONE, 1, 0), 10, promise);
    this.title = title;
    this.highest = highest;
    cursor.setManaged(false);
    cursor.setVisible(false);
    cursor.getStyleClass().add("curve-cursor");
    cursor.setMouseTransparent(true);
    getChildren().add(cursor);
  }

  private static CurveFigure figure(
      String title, double highest, double[] x, double[] y, int steps, int color) {
    return new CurveFigure(
        title,
        new Axis("step", 0, Math.max(1, steps), true, false),
        new Axis(title, 0, highest, false, false),
        List.of(Curve.of("", x, y, color)),
        false);
  }

  /**
   * Shows values at steps 0, 1, …; the x axis always reaches to {@code steps}, in a color of the
   * palette.
   */
  public void show(float[] values, int steps, int color) {
    double[] x = new double[values.length];
    double[] y = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      x[t] = t;
      y[t] = values[t];
    }
    show(figure(title, highest, x, y, steps, color));
  }

  /** Marks a step with an upright line; NaN for none. */
  public void mark(double step) {
    marked = step;
    drawn();
  }

  /** A node over the chart: redrawing the chart takes tens of milliseconds. */
  @Override
  void drawn() {
    if (cursor == null) {
      return; // within the constructor of the region
    }
    cursor.setStroke(theme().muted());
    cursor.setVisible(Double.isFinite(marked) && area().isPresent());
    area()
        .ifPresent(
            area -> {
              double x = toX(marked, area);
              cursor.setStartX(x);
              cursor.setEndX(x);
              cursor.setStartY(area.getMinY());
              cursor.setEndY(area.getMaxY());
            });
  }
}
