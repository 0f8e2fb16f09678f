package org.pagexplorer.ui.control;

import java.awt.Font;
import javafx.scene.paint.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.pagexplorer.ui.support.Theme;

/** Gives JFreeChart's plots the window's looks. */
final class ChartColours {
  private ChartColours() {}

  /** What does not depend on the theme. */
  static void prepare(XYPlot plot) {
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setInsets(new RectangleInsets(8, 0, 0, 12));
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
  }

  /** Background, axes and their letters in a theme's colours. */
  static void dress(JFreeChart chart, Theme theme, Font letters) {
    XYPlot plot = chart.getXYPlot();
    chart.setBackgroundPaint(awt(theme.background()));
    plot.setBackgroundPaint(awt(theme.background()));
    plot.setRangeGridlinePaint(awt(theme.border()));
    for (ValueAxis axis : new ValueAxis[] {plot.getDomainAxis(), plot.getRangeAxis()}) {
      axis.setLabelFont(letters);
      axis.setTickLabelFont(letters);
      axis.setLabelPaint(awt(theme.muted()));
      axis.setTickLabelPaint(awt(theme.muted()));
      axis.setAxisLinePaint(awt(theme.border()));
      axis.setTickMarkPaint(awt(theme.border()));
    }
  }

  static java.awt.Color awt(Color colour) {
    return new java.awt.Color(
        (float) colour.getRed(),
        (float) colour.getGreen(),
        (float) colour.getBlue(),
        (float) colour.getOpacity());
  }
}
