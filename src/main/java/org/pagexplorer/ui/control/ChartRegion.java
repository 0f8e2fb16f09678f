package org.pagexplorer.ui.control;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import javafx.scene.layout.Region;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYDataset;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.support.Theme;

/** Curves of JFreeChart's in the window's colours, as large as there is room. */
abstract class ChartRegion extends Region {
  private final Font letters;
  private final JFreeChart chart;
  private final ChartCanvas canvas;

  /**
   * @param x title of the x axis, null for none
   * @param y title of the y axis
   */
  ChartRegion(@Nullable String x, String y, XYDataset curves, boolean legend, int letters) {
    this.letters = new Font("SansSerif", Font.PLAIN, letters);
    chart =
        ChartFactory.createXYLineChart(
            null, x, y, curves, PlotOrientation.VERTICAL, legend, false, false);
    canvas = new ChartCanvas(chart);
    getChildren().add(canvas);
    ChartColours.prepare(plot());
  }

  /** Draws every series in a colour of its own, with a dot a value. */
  final void draw(XYLineAndShapeRenderer renderer) {
    plot().setRenderer(renderer);
    for (int i = 0; i < ChartColours.SERIES.size(); i++) {
      renderer.setSeriesPaint(i, ChartColours.awt(ChartColours.SERIES.get(i)));
      renderer.setSeriesStroke(i, new BasicStroke(2f));
      renderer.setSeriesShape(i, new Ellipse2D.Double(-2.5, -2.5, 5, 5));
    }
  }

  final XYPlot plot() {
    return chart.getXYPlot();
  }

  final ChartCanvas canvas() {
    return canvas;
  }

  /** Takes the theme's colours. */
  public void dress(Theme theme) {
    ChartColours.dress(chart, theme, letters);
    if (chart.getLegend() != null) {
      ChartColours.dressLegend(chart, theme, letters);
    }
    draw();
  }

  void draw() {
    canvas.draw();
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    draw();
  }
}
