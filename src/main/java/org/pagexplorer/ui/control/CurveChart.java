package org.pagexplorer.ui.control;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.DefaultXYDataset;
import org.pagexplorer.ui.support.Theme;

/** A curve over the attack's steps, in the window's colours. */
public final class CurveChart extends Region {
  private static final Font TEXT = new Font("SansSerif", Font.PLAIN, 10);

  private final DefaultXYDataset curve = new DefaultXYDataset();
  private final JFreeChart chart;
  private final ChartCanvas canvas;
  private final Line cursor = new Line();
  private double marked = Double.NaN;

  /**
   * @param title of the y axis
   * @param highest upper end of the y axis; NaN to fit the data
   */
  public CurveChart(String title, double highest) {
    chart =
        ChartFactory.createXYLineChart(
            null, null, title, curve, PlotOrientation.VERTICAL, false, false, false);
    canvas = new ChartCanvas(chart);
    cursor.setManaged(false);
    cursor.setVisible(false);
    cursor.getStyleClass().add("curve-cursor");
    getChildren().addAll(canvas, cursor);
    XYPlot plot = chart.getXYPlot();
    plot.getRenderer().setSeriesStroke(0, new BasicStroke(2f));
    ChartColours.prepare(plot);
    plot.getDomainAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    if (Double.isFinite(highest)) {
      plot.getRangeAxis().setRange(0, highest);
    } else {
      ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(true);
    }
    dress(Theme.LIGHT);
  }

  /** Takes the theme's colours. */
  public void dress(Theme theme) {
    ChartColours.dress(chart, theme, TEXT);
    chart.getXYPlot().getRenderer().setSeriesPaint(0, ChartColours.awt(theme.accent()));
    cursor.setStroke(theme.muted());
    draw();
  }

  /** Shows values at steps 0, 1, …; the x axis always reaches to {@code steps}. */
  public void show(float[] values, int steps) {
    double[][] points = new double[2][values.length];
    for (int t = 0; t < values.length; t++) {
      points[0][t] = t;
      points[1][t] = values[t];
    }
    chart.getXYPlot().getDomainAxis().setRange(0, Math.max(1, steps));
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
    ChartRenderingInfo drawn = canvas.getRenderingInfo(); // null before it has been drawn
    cursor.setVisible(drawn != null && Double.isFinite(marked));
    if (drawn != null) {
      Rectangle2D area = drawn.getPlotInfo().getDataArea();
      double x =
          chart.getXYPlot().getDomainAxis().valueToJava2D(marked, area, RectangleEdge.BOTTOM);
      cursor.setStartX(x);
      cursor.setEndX(x);
      cursor.setStartY(area.getMinY());
      cursor.setEndY(area.getMaxY());
    }
  }

  private void draw() {
    canvas.draw();
    placeCursor();
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    draw();
  }
}
