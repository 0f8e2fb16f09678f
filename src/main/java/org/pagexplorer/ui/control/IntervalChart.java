package org.pagexplorer.ui.control;

import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.pagexplorer.ui.support.Theme;

/** Several curves of values from 0 to 100 with their intervals as bands, and a legend. */
public final class IntervalChart extends ChartRegion {
  private final YIntervalSeriesCollection curves;

  /** A curve: as many values of each kind, in %. */
  public record Curve(String name, double[] x, double[] y, double[] low, double[] high) {}

  public IntervalChart(String x, String y) {
    this(x, y, new YIntervalSeriesCollection());
  }

  private IntervalChart(String x, String y, YIntervalSeriesCollection curves) {
    super(x, y, curves, true, 11);
    this.curves = curves;
    DeviationRenderer bands = new DeviationRenderer(true, true);
    bands.setAlpha(0.15f);
    draw(bands);
    for (int i = 0; i < ChartColours.SERIES.size(); i++) {
      bands.setSeriesFillPaint(i, ChartColours.awt(ChartColours.SERIES.get(i)));
    }
    plot().getRangeAxis().setRange(0, 100);
    ((NumberAxis) plot().getDomainAxis()).setAutoRangeIncludesZero(true);
    plot().getDomainAxis().setLowerMargin(0);
    plot().getDomainAxis().setAutoRangeMinimumSize(0.01);
    dress(Theme.LIGHT);
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
    draw();
  }
}
