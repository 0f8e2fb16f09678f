package org.pagexplorer.ui.control;

import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.pagexplorer.ui.support.Theme;

/** Several curves over one another, and a legend; both axes fit the data. */
public final class LinesChart extends ChartRegion {
  private final XYSeriesCollection curves;

  /** A curve: as many values of each kind. */
  public record Line(String name, double[] x, double[] y) {}

  public LinesChart(String x, String y) {
    this(x, y, new XYSeriesCollection());
  }

  private LinesChart(String x, String y, XYSeriesCollection curves) {
    super(x, y, curves, true, 11);
    this.curves = curves;
    draw(new XYLineAndShapeRenderer(true, true));
    plot().getDomainAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    ((NumberAxis) plot().getRangeAxis()).setAutoRangeIncludesZero(true);
    dress(Theme.LIGHT);
  }

  /** Shows these curves instead of what was shown. */
  public void show(List<Line> shown) {
    curves.setNotify(false);
    curves.removeAllSeries();
    for (Line line : shown) {
      XYSeries series = new XYSeries(line.name());
      for (int i = 0; i < line.x().length; i++) {
        series.add(line.x()[i], line.y()[i]);
      }
      curves.addSeries(series);
    }
    curves.setNotify(true);
    draw();
  }
}
