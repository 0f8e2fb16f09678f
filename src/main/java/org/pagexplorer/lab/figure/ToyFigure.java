package org.pagexplorer.lab.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.lab.toy.BoundaryField;
import org.pagexplorer.lab.toy.DecisionBoundary;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.Ticks;
import org.pagexplorer.lab.toy.ToyNumbers;

/**
 * The paper's Figure 3: a panel a network, the predicted class as the background, the decision
 * boundary, and the test points.
 */
public final class ToyFigure {
  private static final int SIDE = 300;
  private static final int GAP = 24;
  private static final int LEFT = 44;
  private static final int TOP = 50;
  private static final int BELOW = 30;
  private static final int FOOTER = 34;
  private static final Color INK = new Color(0x1F2328);
  private static final Color QUIET = new Color(0x667080);

  /** Light, then dark, of class 0 and of class 1; also told apart by people who see no red. */
  private static final int[] BACKGROUND = {0xD6E6FA, 0xFCE3CC};

  private final Region region;
  private final PointSet points;
  private final List<Panel> panels;
  private final String footer;

  /**
   * One network.
   *
   * @param title above the panel
   * @param numbers below the title
   * @param field the network over the figure's region
   */
  public record Panel(String title, String numbers, BoundaryField field) {}

  /**
   * @param region what every panel shows
   * @param points the test points
   * @param footer a line on how the networks were trained
   */
  public ToyFigure(Region region, PointSet points, List<Panel> panels, String footer) {
    this.region = region;
    this.points = points;
    this.panels = List.copyOf(panels);
    this.footer = footer;
  }

  /**
   * {@code clean 100.0 %, after PGD 93.8 %, margin > ε 83.3 %, mean 17.3}: what the attack leaves,
   * and what is robust in truth.
   */
  public static String numbers(ToyNumbers numbers, double epsilon) {
    String shares =
        String.format(
            Locale.ROOT,
            "clean %.1f %%, after PGD %.1f %%, ",
            100 * numbers.clean(),
            100 * numbers.attacked());
    return Double.isInfinite(numbers.meanMargin())
        ? shares + "no boundary"
        : shares
            + String.format(
                Locale.ROOT,
                "margin > ε %.1f %%, mean %.1f",
                100 * numbers.robust(epsilon),
                numbers.meanMargin());
  }

  /** In points of 1/72 inch. */
  public int width() {
    return LEFT + panels.size() * (SIDE + GAP);
  }

  /** In points of 1/72 inch. */
  public int height() {
    return TOP + SIDE + BELOW + FOOTER;
  }

  /** Draws the figure. */
  public void draw(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int i = 0; i < panels.size(); i++) {
      drawPanel(g, panels.get(i), LEFT + i * (SIDE + GAP));
    }
    text(g, footer, LEFT, height() - 12, 9, Font.PLAIN, QUIET);
  }

  private void drawPanel(Graphics2D g, Panel panel, int left) {
    text(g, panel.title(), left, TOP - 28, 13, Font.BOLD, INK);
    text(g, panel.numbers(), left, TOP - 11, 9, Font.PLAIN, QUIET);
    g.drawImage(background(panel.field()), left, TOP, SIDE, SIDE, null);
    Shape clip = g.getClip();
    g.clip(new Rectangle2D.Double(left, TOP, SIDE, SIDE));
    drawBoundary(g, DecisionBoundary.of(panel.field()), left);
    drawPoints(g, left);
    g.setClip(clip);
    drawAxes(g, left);
  }

  private static BufferedImage background(BoundaryField field) {
    BufferedImage picture =
        new BufferedImage(field.columns(), field.rows(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < field.rows(); row++) {
      for (int column = 0; column < field.columns(); column++) {
        int named = field.at(column, row) > 0 ? 1 : 0;
        picture.setRGB(column, field.rows() - 1 - row, BACKGROUND[named]);
      }
    }
    return picture;
  }

  private double x(double x1, int left) {
    return left + SIDE * (x1 - region.left()) / region.width();
  }

  private double y(double x2) {
    return TOP + SIDE * (region.top() - x2) / region.height();
  }

  private void drawBoundary(Graphics2D g, DecisionBoundary boundary, int left) {
    Path2D line = new Path2D.Double();
    double[] pieces = boundary.pieces();
    for (int i = 0; i < pieces.length; i += 4) {
      line.moveTo(x(pieces[i], left), y(pieces[i + 1]));
      line.lineTo(x(pieces[i + 2], left), y(pieces[i + 3]));
    }
    g.setColor(INK);
    g.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(line);
  }

  private void drawPoints(Graphics2D g, int left) {
    double radius = points.size() > 1500 ? 1 : 1.6;
    Region seen = region.grown(0.05 * Math.max(region.width(), region.height()));
    for (int i = 0; i < points.size(); i++) {
      if (!seen.contains(points.x1(i), points.x2(i))) {
        continue; // Java2D takes long for what is far away
      }
      g.setColor(Palette.LIGHT.of(Palette.ofClass(points.labels()[i])));
      g.fill(
          new Ellipse2D.Double(
              x(points.x1(i), left) - radius, y(points.x2(i)) - radius, 2 * radius, 2 * radius));
    }
  }

  private void drawAxes(Graphics2D g, int left) {
    g.setStroke(new BasicStroke(0.6f));
    g.setColor(QUIET);
    g.draw(new Rectangle2D.Double(left, TOP, SIDE, SIDE));
    double step = Ticks.step(region.width());
    for (double at : Ticks.in(region.left(), region.right(), step)) {
      g.draw(new Line2D.Double(x(at, left), TOP + SIDE, x(at, left), TOP + SIDE + 4));
      text(g, Ticks.label(at), x(at, left) - 6, TOP + SIDE + 15, 9, Font.PLAIN, QUIET);
    }
    for (double at : Ticks.in(region.bottom(), region.top(), step)) {
      g.draw(new Line2D.Double(left - 4, y(at), left, y(at)));
      if (left == LEFT) {
        text(g, Ticks.label(at), left - 30, y(at) + 3, 9, Font.PLAIN, QUIET);
      }
    }
    text(g, "x₁", left + SIDE - 10, TOP + SIDE + 26, 10, Font.PLAIN, QUIET);
    if (left == LEFT) {
      text(g, "x₂", 4, TOP + 10, 10, Font.PLAIN, QUIET);
    }
  }

  private static void text(
      Graphics2D g, String text, double x, double baseline, int size, int style, Color ink) {
    if (!Lettering.hasFonts()) {
      return; // Java would fail; pag doctor says so
    }
    g.setFont(new Font(Font.SANS_SERIF, style, size));
    g.setColor(ink);
    g.drawString(text, (float) x, (float) baseline);
  }
}
