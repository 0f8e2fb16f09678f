package org.pagexplorer.ui.control;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.lab.figure.CurveFigure;
import org.pagexplorer.lab.figure.CurveFigure.Axis;

/** Several curves of values from 0 to 100 with their intervals as bands, and a legend. */
public final class IntervalChart extends ChartRegion {
  private final String stem;
  private final String x;
  private final String y;

  /** A curve: as many values of each kind, in %, and its color's number in the palette. */
  public record Curve(
      String name, double[] x, double[] y, double[] low, double[] high, int color) {}

  /**
   * @param stem of a saved file's name
   * @param promise said while there are no curves
   */
  public IntervalChart(String stem, String x, String y, String promise) {
    super(figure(stem, x, y, List.of()), 11, promise);
    this.stem = stem;
    this.x = x;
    this.y = y;
  }

  private static CurveFigure figure(
      String stem, String x, String y, List<CurveFigure.Curve> curves) {
    return new CurveFigure(
        stem,
        new Axis(x, 0, Double.NaN, false, false),
        new Axis(y, 0, 100, false, false),
        curves,
        true);
  }

  /** Shows these curves instead of what was shown. */
  public void show(List<Curve> shown) {
    List<CurveFigure.Curve> curves = new ArrayList<>();
    for (Curve curve : shown) {
      curves.add(
          new CurveFigure.Curve(
              curve.name(), curve.x(), curve.y(), curve.low(), curve.high(), curve.color(), false));
    }
    show(figure(stem, x, y, curves));
  }
}
