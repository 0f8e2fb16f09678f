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
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.pagexplorer.ui.support.Theme;

/** Several curves over one another, and a legend; both axes fit the data. */
public final class LinesChart extends Region {
  private static final Font TEXT = new Font("SansSerif", Font.PLAIN, 11);

  private final XYSeriesCollection curves = new XYSeriesCollection();
  private final JFreeChart chart;
  private final ChartCanvas canvas;

  /** A curve: as many values of each kind. */
  public record Line(String name, double[] x, double[] y) {}

  public LinesChart(String x, String y) {
    chart =
        ChartFactory.createXYLineChart(
            null, x, y, curves, PlotOrientation.VERTICAL, true, false, false);
    canvas = new ChartCanvas(chart);
    getChildren().add(canvas);
    XYPlot plot = chart.getXYPlot();
    ChartColours.prepare(plot);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    plot.setRenderer(renderer);
    plot.getDomainAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(true);
    for (int i = 0; i < ChartColours.SERIES.size(); i++) {
      renderer.setSeriesPaint(i, ChartColours.awt(ChartColours.SERIES.get(i)));
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
  public void show(List<Line> shown) {
    curves.setNotify(false);
    curves.removeAllSeries();
    for (int k = 0; k < shown.size(); k++) {
      XYSeries series = new XYSeries(shown.get(k).name());
      for (int i = 0; i < shown.get(k).x().length; i++) {
        series.add(shown.get(k).x()[i], shown.get(k).y()[i]);
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
