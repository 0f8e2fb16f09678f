package org.pagexplorer.ui.control;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.lab.figure.CurveFigure;
import org.pagexplorer.lab.figure.CurveFigure.Axis;
import org.pagexplorer.lab.figure.CurveFigure.Curve;
import org.pagexplorer.lab.measure.Smoothing;

/**
 * Several curves over one another, and a legend; both axes fit the data. They may be smoothed, with
 * what was measured faint behind them, and the y axis may be logarithmic.
 */
public final class LinesChart extends ChartRegion {
  private final String stem;
  private final String x;
  private final String y;
  private List<Line> shown = List.of();
  private boolean log;
  private double smoothing;

  /** A curve: as many values of each kind, and its color's number in the palette. */
  public record Line(String name, double[] x, double[] y, int color) {}

  /**
   * @param stem of a saved file's name
   * @param promise said while there are no curves
   */
  public LinesChart(String stem, String x, String y, String promise) {
    super(figure(stem, x, y, false, List.of()), 11, promise);
    this.stem = stem;
    this.x = x;
    this.y = y;
  }

  private static CurveFigure figure(
      String stem, String x, String y, boolean log, List<Curve> curves) {
    return new CurveFigure(
        stem,
        new Axis(x, Double.NaN, Double.NaN, true, false),
        new Axis(y, 0, Double.NaN, false, log),
        curves,
        true);
  }

  /** Shows these curves instead of what was shown. */
  public void show(List<Line> lines) {
    shown = List.copyOf(lines);
    update();
  }

  /** How they are shown. */
  public void set(boolean newLog, double newSmoothing) {
    if (newLog != log || newSmoothing != smoothing) {
      log = newLog;
      smoothing = newSmoothing;
      update();
    }
  }

  private void update() {
    List<Curve> curves = new ArrayList<>();
    for (Line line : shown) {
      Curve curve = Curve.of(line.name(), line.x(), line.y(), line.color());
      if (smoothing > 0) {
        curves.add(curve.inBackground());
        String name = line.name() + ", smoothed";
        double[] smooth = Smoothing.of(line.y(), smoothing);
        curves.add(Curve.of(name, line.x(), smooth, line.color()));
      } else {
        curves.add(curve);
      }
    }
    show(figure(stem, x, y, log, curves));
  }
}
