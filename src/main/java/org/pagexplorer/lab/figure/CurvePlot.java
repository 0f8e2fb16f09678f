package org.pagexplorer.lab.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.text.NumberFormat;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.pagexplorer.lab.figure.CurveFigure.Axis;
import org.pagexplorer.lab.figure.CurveFigure.Curve;

/** Curves as JFreeChart draws them, on the screen and on paper. */
public final class CurvePlot {
  private static final float BAND = 0.15f;
  private static final int FAINT = 90;

  /** Of a name in the legend, in characters. */
  private static final int LONGEST = 40;

  private CurvePlot() {}

  /** A chart of these curves. */
  public static JFreeChart of(CurveFigure figure, ChartLooks looks) {
    Font letters = new Font(Font.SANS_SERIF, Font.PLAIN, looks.letters());
    XYPlot plot =
        new XYPlot(
            values(figure),
            axis(figure.x(), looks, letters),
            axis(figure.y(), looks, letters),
            renderer(figure, looks));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setInsets(new RectangleInsets(8, 0, 0, 12));
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setBackgroundPaint(looks.paper());
    plot.setRangeGridlinePaint(looks.line());
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(looks.paper());
    if (figure.legend()) {
      chart.addLegend(legend(plot, looks, letters));
    }
    return chart;
  }

  private static YIntervalSeriesCollection values(CurveFigure figure) {
    YIntervalSeriesCollection all = new YIntervalSeriesCollection();
    for (int k = 0; k < figure.curves().size(); k++) {
      Curve curve = figure.curves().get(k);
      YIntervalSeries series = new YIntervalSeries(new Key(k, curve.name()));
      for (int i = 0; i < curve.x().length; i++) {
        double y = curve.y()[i];
        boolean drawn = !figure.y().log() || y > 0;
        series.add(
            curve.x()[i],
            drawn ? y : Double.NaN,
            curve.hasBand() ? curve.low()[i] : drawn ? y : Double.NaN,
            curve.hasBand() ? curve.high()[i] : drawn ? y : Double.NaN);
      }
      all.addSeries(series);
    }
    return all;
  }

  /** Two curves may have the same name. */
  private record Key(int number, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static DeviationRenderer renderer(CurveFigure figure, ChartLooks looks) {
    DeviationRenderer renderer = new DeviationRenderer(true, true);
    renderer.setAlpha(BAND);
    // Of a longer one nothing would say that its end is missing.
    renderer.setLegendItemLabelGenerator(
        (values, k) -> shortened(String.valueOf(values.getSeriesKey(k))));
    for (int k = 0; k < figure.curves().size(); k++) {
      Curve curve = figure.curves().get(k);
      Color color = looks.color(curve.color());
      boolean few = curve.x().length <= 40;
      renderer.setSeriesPaint(k, curve.faint() ? faint(color) : color);
      renderer.setSeriesFillPaint(k, color);
      renderer.setSeriesStroke(k, new BasicStroke(curve.faint() ? 1.5f : 2f));
      renderer.setSeriesShape(k, new Ellipse2D.Double(-2.5, -2.5, 5, 5));
      renderer.setSeriesShapesVisible(k, !curve.faint() && (few || curve.hasBand()));
      renderer.setSeriesVisibleInLegend(k, !curve.faint());
    }
    return renderer;
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)).strip() + "…";
  }

  private static Color faint(Color color) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), FAINT);
  }

  private static ValueAxis axis(Axis axis, ChartLooks looks, Font letters) {
    ValueAxis drawn = axis.log() ? logarithmic(axis) : linear(axis);
    drawn.setLabel(axis.title().isEmpty() ? null : axis.title());
    drawn.setLabelFont(letters);
    drawn.setTickLabelFont(letters);
    drawn.setLabelPaint(looks.quiet());
    drawn.setTickLabelPaint(looks.quiet());
    drawn.setAxisLinePaint(looks.line());
    drawn.setTickMarkPaint(looks.line());
    return drawn;
  }

  private static NumberAxis linear(Axis axis) {
    NumberAxis drawn = new NumberAxis();
    drawn.setStandardTickUnits(
        axis.whole()
            ? NumberAxis.createIntegerTickUnits()
            : new NumberTickUnitSource(false, format()));
    drawn.setAutoRangeIncludesZero(axis.from() == 0);
    if (Double.isFinite(axis.from()) && Double.isFinite(axis.to())) {
      drawn.setRange(axis.from(), axis.to());
    } else if (axis.from() == 0) {
      drawn.setLowerMargin(0);
      drawn.setAutoRangeMinimumSize(0.01);
    }
    return drawn;
  }

  private static LogAxis logarithmic(Axis axis) {
    LogAxis drawn = new LogAxis();
    drawn.setNumberFormatOverride(format());
    drawn.setSmallestValue(Float.MIN_NORMAL);
    return drawn;
  }

  private static NumberFormat format() {
    NumberFormat format = NumberFormat.getInstance(java.util.Locale.ROOT);
    format.setMaximumFractionDigits(7);
    return format;
  }

  private static LegendTitle legend(XYPlot plot, ChartLooks looks, Font letters) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setBackgroundPaint(looks.paper());
    legend.setItemPaint(looks.ink());
    legend.setItemFont(letters);
    // JavaFX's canvas draws letters wider than AWT measures them.
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 18));
    legend.setFrame(BlockBorder.NONE);
    return legend;
  }
}
