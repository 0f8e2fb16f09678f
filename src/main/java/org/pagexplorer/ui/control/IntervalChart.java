package org.pagexplorer.ui.control;

import java.awt.BasicStroke;
import java.awt.Font;
import java.util.List;
import javafx.scene.layout.Region;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.pagexplorer.ui.support.Theme;

/** Several curves of values from 0 to 100 with their intervals as bands, and a legend. */
public final class IntervalChart extends Region {
  private static final Font TEXT = new Font("SansSerif", Font.PLAIN, 11);

  private final YIntervalSeriesCollection curves = new YIntervalSeriesCollection();
  private final DeviationRenderer renderer = new DeviationRenderer(true, true);
  private final JFreeChart chart;
  private final ChartCanvas canvas;

  /** A curve: as many values of each kind, in %. */
  public record Curve(String name, double[] x, double[] y, double[] low, double[] high) {}

  public IntervalChart(String x, String y) {
    chart =
        ChartFactory.createXYLineChart(
            null, x, y, curves, PlotOrientation.VERTICAL, true, false, false);
    canvas = new ChartCanvas(chart);
    getChildren().add(canvas);
    XYPlot plot = chart.getXYPlot();
    plot.setRenderer(renderer);
    ChartColours.prepare(plot);
    plot.getRangeAxis().setRange(0, 100);
    ((NumberAxis) plot.getDomainAxis()).setAutoRangeIncludesZero(true);
    plot.getDomainAxis().setLowerMargin(0);
    plot.getDomainAxis().setAutoRangeMinimumSize(0.01);
    renderer.setAlpha(0.15f);
    for (int i = 0; i < ChartColours.SERIES.size(); i++) {
      renderer.setSeriesPaint(i, ChartColours.awt(ChartColours.SERIES.get(i)));
      renderer.setSeriesFillPaint(i, ChartColours.awt(ChartColours.SERIES.get(i)));
      renderer.setSeriesStroke(i, new BasicStroke(2f));
      renderer.setSeriesShape(i, new java.awt.geom.Ellipse2D.Double(-2.5, -2.5, 5, 5));
    }
    dress(Theme.LIGHT);
  }

  /** Takes the theme's colours. */
  public void dress(Theme theme) {
    ChartColours.dress(chart, theme, TEXT);
    ChartColours.dressLegend(chart, theme, TEXT);
    canvas.draw();
  }

  /** Shows these curves instead of what was shown. */
  public void show(List<Curve> shown) {
    curves.setNotify(false);
    curves.removeAllSeries();
    for (Curve curve : shown) {
      YIntervalSeries series = new YIntervalSeries(curve.name());
      for (int i = 0; i < curve.x().length; i++) {
        series.add(curve.x()[i], curve.y()[i], curve.low()[i], curve.high()[i]);
      }
      curves.addSeries(series);
    }
    curves.setNotify(true);
    canvas.draw();
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    canvas.draw();
  }
}
