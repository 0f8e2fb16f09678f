package org.pagexplorer.ui.control;

import java.awt.BasicStroke;
import java.awt.Font;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;
import org.pagexplorer.ui.support.Theme;

/** A curve over the attack's steps, in the window's colours. */
public final class CurveChart extends Region {
  private static final Font TEXT = new Font("SansSerif", Font.PLAIN, 10);

  private final DefaultXYDataset curve = new DefaultXYDataset();
  private final JFreeChart chart;
  private final ChartCanvas canvas;

  /**
   * @param title of the y axis
   * @param highest upper end of the y axis; NaN to fit the data
   */
  public CurveChart(String title, double highest) {
    chart =
        ChartFactory.createXYLineChart(
            null, null, title, curve, PlotOrientation.VERTICAL, false, false, false);
    canvas = new ChartCanvas(chart);
    getChildren().add(canvas);
    XYPlot plot = chart.getXYPlot();
    plot.getRenderer().setSeriesStroke(0, new BasicStroke(2f));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setInsets(new RectangleInsets(8, 0, 0, 12));
    plot.setOutlineVisible(false);
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
    XYPlot plot = chart.getXYPlot();
    chart.setBackgroundPaint(awt(theme.background()));
    plot.setBackgroundPaint(awt(theme.background()));
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(awt(theme.border()));
    plot.getRenderer().setSeriesPaint(0, awt(theme.accent()));
    for (ValueAxis axis : new ValueAxis[] {plot.getDomainAxis(), plot.getRangeAxis()}) {
      axis.setLabelFont(TEXT);
      axis.setTickLabelFont(TEXT);
      axis.setLabelPaint(awt(theme.muted()));
      axis.setTickLabelPaint(awt(theme.muted()));
      axis.setAxisLinePaint(awt(theme.border()));
      axis.setTickMarkPaint(awt(theme.border()));
    }
    canvas.draw();
  }

  private static java.awt.Color awt(Color colour) {
    return new java.awt.Color(
        (float) colour.getRed(),
        (float) colour.getGreen(),
        (float) colour.getBlue(),
        (float) colour.getOpacity());
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
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    canvas.draw();
  }
}
