package org.pagexplorer.ui.control;

import java.awt.geom.Rectangle2D;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.figure.ChartLooks;
import org.pagexplorer.lab.figure.CurveFigure;
import org.pagexplorer.lab.figure.CurvePlot;
import org.pagexplorer.ui.support.AfterFrame;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;

/**
 * Curves in the window's colors, as large as there is room, with their values under the pointer; a
 * right click copies or saves them. While there are none it says what will be there.
 */
public class ChartRegion extends Region {
  private final int letters;
  private final ChartCanvas canvas;
  private final Label empty = new Label();
  private final ChartHover hover;
  private CurveFigure figure;
  private JFreeChart chart;
  private Theme theme = Theme.LIGHT;
  private boolean due;
  private boolean alwaysAbove;

  /**
   * @param first shown until there are others
   * @param letters their size
   * @param promise what will be there
   */
  ChartRegion(CurveFigure first, int letters, String promise) {
    this.letters = letters;
    figure = first;
    chart = CurvePlot.of(figure, looks(theme));
    canvas = new ChartCanvas(chart);
    canvas.setMouseTransparent(true); // a wheel turned over it scrolls what it is in
    hover = new ChartHover(this);
    empty.setText(promise);
    empty.getStyleClass().add("chart-promise");
    empty.setWrapText(true);
    empty.setMouseTransparent(true);
    getStyleClass().add("chart");
    setAccessibleText(first.y().title());
    getChildren().addAll(canvas, empty, hover);
  }

  /** Offers to copy and save what it shows. */
  public final void offer(ExportChoice choice, FileDialogs dialogs) {
    ExhibitMenu.of(this, choice, dialogs);
  }

  /** What it shows, for a dialog: its title, and what to do before there is anything. */
  public final ExportChoice choice(String title, String missing) {
    return ExportChoice.of(title, figure.stem(), this::exhibit, missing);
  }

  /** What it shows, for files and the clipboard; nothing while there are no curves. */
  public final Optional<Exhibit> exhibit() {
    return figure.isEmpty() ? Optional.empty() : Optional.of(Exhibit.of(figure));
  }

  /** Shows these curves instead of what was shown. */
  final void show(CurveFigure now) {
    figure = now;
    redraw();
  }

  /** What it shows. */
  public final CurveFigure figure() {
    return figure;
  }

  /** Takes the theme's colors. */
  public final void dress(Theme newTheme) {
    theme = newTheme;
    redraw();
  }

  private void redraw() {
    chart = CurvePlot.of(figure, looks(theme));
    empty.setVisible(figure.isEmpty());
    hover.hide();
    if (getWidth() > 0) {
      draw();
    }
    drawn();
  }

  private void draw() {
    fitTitle();
    canvas.setChart(chart);
  }

  private void drawSoon() {
    if (!due) {
      due = true;
      AfterFrame.run(
          () -> {
            due = false;
            draw();
          });
    }
  }

  /** Its y axis's title stands above it whatever its size, as those of the charts beside it do. */
  public final void putTitleAbove() {
    alwaysAbove = true;
  }

  /** Where the y axis is too short for its title, that stands above it. */
  private void fitTitle() {
    ValueAxis axis = plot().getRangeAxis();
    String title = figure.y().title();
    double room = getHeight() - (figure.legend() ? 7 : 4) * letters; // without the x axis
    boolean tooLong = Ellipsis.width(title, Font.font(letters)) > room;
    if (!title.isEmpty() && (alwaysAbove || tooLong)) {
      axis.setLabel(null);
      TextTitle above = new TextTitle(title, axis.getLabelFont());
      above.setPaint(axis.getLabelPaint());
      above.setHorizontalAlignment(HorizontalAlignment.LEFT);
      chart.setTitle(above);
    } else if (isTitleAbove()) {
      axis.setLabel(title);
      chart.setTitle((TextTitle) null);
    }
  }

  /** Whether the y axis's title stands above it. */
  final boolean isTitleAbove() {
    return chart.getTitle() != null;
  }

  private ChartLooks looks(Theme of) {
    return new ChartLooks(
        awt(of.background()),
        awt(of.foreground()),
        awt(of.muted()),
        awt(of.border()),
        of.palette().colors(),
        letters);
  }

  private static java.awt.Color awt(Color color) {
    return new java.awt.Color(
        (float) color.getRed(),
        (float) color.getGreen(),
        (float) color.getBlue(),
        (float) color.getOpacity());
  }

  final Theme theme() {
    return theme;
  }

  /** It was redrawn. */
  void drawn() {}

  /** Where the curves are, in the region's coordinates; nothing before it has been drawn. */
  final Optional<Rectangle2D> area() {
    return Optional.ofNullable(canvas.getRenderingInfo())
        .map(info -> info.getPlotInfo().getDataArea())
        .filter(area -> !area.isEmpty());
  }

  final double toX(double value, Rectangle2D area) {
    return plot().getDomainAxis().valueToJava2D(value, area, RectangleEdge.BOTTOM);
  }

  final double toY(double value, Rectangle2D area) {
    return plot().getRangeAxis().valueToJava2D(value, area, RectangleEdge.LEFT);
  }

  private XYPlot plot() {
    return chart.getXYPlot();
  }

  /** What the pointer would be told at a place; null where there is nothing near. */
  public final @Nullable String wordsAt(double x) {
    return hover.wordsAt(x);
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    if (figure.isEmpty()) { // its axes take longer than the rest of a window: they come after it
      drawSoon();
    } else {
      draw();
    }
    double width = Math.min(getWidth() - 80, 360);
    double height = empty.prefHeight(width);
    empty.resizeRelocate(
        40 + (getWidth() - 60 - width) / 2, (getHeight() - height) / 2 - 10, width, height);
    drawn();
  }
}
