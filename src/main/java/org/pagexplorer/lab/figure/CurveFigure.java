package org.pagexplorer.lab.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.pagexplorer.lab.measure.ResultTable;

/**
 * Curves over one another: what a chart of the window shows, as a picture for a paper and as
 * numbers.
 *
 * @param stem of a file's name, without its ending
 * @param curves in the order of the legend
 * @param legend whether there is one
 */
public record CurveFigure(String stem, Axis x, Axis y, List<Curve> curves, boolean legend) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 360;

  public CurveFigure {
    curves = List.copyOf(curves);
  }

  /**
   * One of the two.
   *
   * @param title with the unit; empty for none
   * @param from its lower end; NaN to fit the data
   * @param to its upper end; NaN to fit the data
   * @param whole whether only whole numbers are marked
   * @param log whether it is logarithmic: then only values above 0 are drawn
   */
  public record Axis(String title, double from, double to, boolean whole, boolean log) {}

  /**
   * A curve: as many values of each kind, NaN where there is none.
   *
   * @param low lower ends of a band around it; empty for none
   * @param high upper ends of it
   * @param color its number in the {@link Palette}
   * @param faint whether it is in the background, and not in the legend
   */
  public record Curve(
      String name, double[] x, double[] y, double[] low, double[] high, int color, boolean faint) {
    private static final double[] NONE = {};

    /** Without a band. */
    public static Curve of(String name, double[] x, double[] y, int color) {
      return new Curve(name, x, y, NONE, NONE, color, false);
    }

    /** The same in the background. */
    public Curve inBackground() {
      return new Curve(name, x, y, low, high, color, true);
    }

    boolean hasBand() {
      return low.length > 0;
    }

    private String at(double where, double[] values) {
      for (int i = 0; i < x.length; i++) {
        if (x[i] == where) {
          return text(values[i]);
        }
      }
      return "";
    }
  }

  /** Whether there is any value that can be drawn. */
  public boolean isEmpty() {
    return curves.stream()
        .flatMapToDouble(curve -> Arrays.stream(curve.y()))
        .noneMatch(value -> Double.isFinite(value) && (!y.log() || value > 0));
  }

  /** As it is printed: dark on white. */
  public Drawing drawing() {
    return new Drawing(
        WIDTH,
        HEIGHT,
        graphics -> {
          if (!Lettering.hasFonts()) {
            return; // JFreeChart measures letters in any case
          }
          CurvePlot.of(this, ChartLooks.PAPER)
              .draw(graphics, new java.awt.geom.Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        });
  }

  /** A row an x, a column a curve; a band takes two more. */
  public ResultTable table() {
    List<String> heads = new ArrayList<>();
    heads.add(x.title().isEmpty() ? "x" : x.title());
    TreeSet<Double> places = new TreeSet<>();
    for (Curve curve : curves) {
      heads.add(curve.name().isEmpty() ? y.title() : curve.name());
      if (curve.hasBand()) {
        heads.add(curve.name() + ", low");
        heads.add(curve.name() + ", high");
      }
      Arrays.stream(curve.x()).forEach(places::add);
    }
    List<List<String>> rows = new ArrayList<>();
    for (double place : places) {
      rows.add(row(place));
    }
    return new ResultTable(heads, rows, List.of());
  }

  private List<String> row(double place) {
    List<String> row = new ArrayList<>();
    row.add(text(place));
    for (Curve curve : curves) {
      row.add(curve.at(place, curve.y()));
      if (curve.hasBand()) {
        row.add(curve.at(place, curve.low()));
        row.add(curve.at(place, curve.high()));
      }
    }
    return row;
  }

  /** Every digit that a number has, and no more: 3, 0.1, 0.30000000000000004. */
  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    String text = value == (float) value ? Float.toString((float) value) : Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
