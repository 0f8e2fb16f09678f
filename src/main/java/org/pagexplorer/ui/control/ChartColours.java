package org.pagexplorer.ui.control;

import java.awt.Font;
import java.util.List;
import javafx.scene.paint.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.pagexplorer.ui.support.Theme;

/** Gives JFreeChart's plots the window's looks. */
final class ChartColours {
  /** Okabe and Ito's colours, which colour-blind people tell apart. */
  static final List<Color> SERIES =
      List.of(
          Color.web("#0072b2"),
          Color.web("#d55e00"),
          Color.web("#009e73"),
          Color.web("#cc79a7"),
          Color.web("#e69f00"),
          Color.web("#56b4e9"));

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

  /** The legend below a chart. */
  static void dressLegend(JFreeChart chart, Theme theme, Font letters) {
    LegendTitle legend = chart.getLegend();
    legend.setBackgroundPaint(awt(theme.background()));
    legend.setItemPaint(awt(theme.foreground()));
    legend.setItemFont(letters);
    // The canvas draws letters wider than AWT measures them.
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 18));
    legend.setFrame(BlockBorder.NONE);
  }

  static java.awt.Color awt(Color colour) {
    return new java.awt.Color(
        (float) colour.getRed(),
        (float) colour.getGreen(),
        (float) colour.getBlue(),
        (float) colour.getOpacity());
  }
}
