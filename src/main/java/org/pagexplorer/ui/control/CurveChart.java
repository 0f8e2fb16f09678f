package org.pagexplorer.ui.control;

import java.awt.BasicStroke;
import java.awt.geom.Rectangle2D;
import javafx.scene.shape.Line;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.DefaultXYDataset;
import org.pagexplorer.ui.support.Theme;

/** A curve over the attack's steps, in the window's colours. */
public final class CurveChart extends ChartRegion {
  private final DefaultXYDataset curve;
  private final Line cursor = new Line();
  private double marked = Double.NaN;

  /**
   * @param title of the y axis
   * @param highest upper end of the y axis; NaN to fit the data
   */
  public CurveChart(String title, double highest) {
    this(title, highest, new DefaultXYDataset());
  }

  private CurveChart(String title, double highest, DefaultXYDataset curve) {
    super(null, title, curve, false, 10);
    this.curve = curve;
    cursor.setManaged(false);
    cursor.setVisible(false);
    cursor.getStyleClass().add("curve-cursor");
    getChildren().add(cursor);
    XYPlot plot = plot();
    plot.getRenderer().setSeriesStroke(0, new BasicStroke(2f));
    plot.getDomainAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    if (Double.isFinite(highest)) {
      plot.getRangeAxis().setRange(0, highest);
    } else {
      ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(true);
    }
    dress(Theme.LIGHT);
  }

  @Override
  public void dress(Theme theme) {
    plot().getRenderer().setSeriesPaint(0, ChartColours.awt(theme.accent()));
    cursor.setStroke(theme.muted());
    super.dress(theme);
  }

  /** Shows values at steps 0, 1, …; the x axis always reaches to {@code steps}. */
  public void show(float[] values, int steps) {
    double[][] points = new double[2][values.length];
    for (int t = 0; t < values.length; t++) {
      points[0][t] = t;
      points[1][t] = values[t];
    }
    plot().getDomainAxis().setRange(0, Math.max(1, steps));
    curve.addSeries("", points);
    placeCursor();
  }

  /** Marks a step with an upright line; NaN for none. */
  public void mark(double step) {
    marked = step;
    placeCursor();
  }

  /** A node over the chart: drawing the chart anew takes tens of milliseconds. */
  private void placeCursor() {
    ChartRenderingInfo drawn = canvas().getRenderingInfo(); // null before it has been drawn
    cursor.setVisible(drawn != null && Double.isFinite(marked));
    if (drawn != null) {
      Rectangle2D area = drawn.getPlotInfo().getDataArea();
      double x = plot().getDomainAxis().valueToJava2D(marked, area, RectangleEdge.BOTTOM);
      cursor.setStartX(x);
      cursor.setEndX(x);
      cursor.setStartY(area.getMinY());
      cursor.setEndY(area.getMaxY());
    }
  }

  @Override
  void draw() {
    super.draw();
    placeCursor();
  }
}
