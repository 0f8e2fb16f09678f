package org.pagexplorer.ui.toy;

import javafx.geometry.Point2D;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.toy.AttackPath;
import org.pagexplorer.lab.toy.ToyNumbers;

/** What lies over a panel: margins, the attack's ball and paths, the gradient at the pointer. */
record Marks(PlaneCanvas canvas, GraphicsContext g, ToyPalette palette) {
  private static final double GRADIENT_PIXELS = 36;

  void paint(ToyViewModel model, PanelViewModel panel, PanelViewModel.@Nullable Answer hover) {
    ToyNumbers numbers = panel.numbersProperty().get();
    if (model.view().marginsProperty().get() && numbers != null) {
      paintMargins(model, numbers);
    }
    Click click = model.clickProperty().get();
    PanelFrame frame = panel.frameProperty().get();
    if (click != null) {
      if (model.view().ballProperty().get()) {
        paintBall(click, model.setupProperty().get().epsilon());
      }
      if (frame != null) {
        frame.paths().reversed().forEach(this::paintPath);
      }
    }
    if (hover != null) {
      paintGradient(hover);
    }
  }

  private void paintMargins(ToyViewModel model, ToyNumbers numbers) {
    var test = model.problemProperty().get().test();
    g.setLineWidth(0.7);
    g.setStroke(palette.line().deriveColor(0, 1, 1, 0.35));
    for (int i = 0; i < Math.min(test.size(), numbers.margins().length); i++) {
      ToyNumbers.Margin margin = numbers.margins()[i];
      if (Double.isFinite(margin.distance())) {
        Point2D from = canvas.toPixel(test.x1(i), test.x2(i));
        Point2D to = canvas.toPixel(margin.x1(), margin.x2());
        g.strokeLine(from.getX(), from.getY(), to.getX(), to.getY());
      }
    }
  }

  private void paintBall(Click click, double epsilon) {
    Point2D middle = canvas.toPixel(click.x1(), click.x2());
    double radius = canvas.toPixel(click.x1() + epsilon, click.x2()).getX() - middle.getX();
    g.setLineWidth(1.2);
    g.setLineDashes(5, 4);
    g.setStroke(palette.line().deriveColor(0, 1, 1, 0.8));
    g.strokeOval(middle.getX() - radius, middle.getY() - radius, 2 * radius, 2 * radius);
    g.setLineDashes();
  }

  /** The untargeted path dashed in the text's color, over that toward a class in its color. */
  private void paintPath(AttackPath path) {
    Color color =
        path.goal().targeted() ? palette.point()[path.goal().classIndex()] : palette.line();
    g.setStroke(color);
    g.setFill(color);
    g.setLineWidth(path.goal().targeted() ? 2.6 : 1.2);
    g.setLineDashes(path.goal().targeted() ? new double[0] : new double[] {3, 3});
    Point2D last = canvas.toPixel(path.iterates()[0], path.iterates()[1]);
    for (int t = 1; t < path.size(); t++) {
      Point2D next = canvas.toPixel(path.iterates()[2 * t], path.iterates()[2 * t + 1]);
      g.strokeLine(last.getX(), last.getY(), next.getX(), next.getY());
      g.fillOval(next.getX() - 2.2, next.getY() - 2.2, 4.4, 4.4);
      last = next;
    }
    g.setLineDashes();
    Point2D start = canvas.toPixel(path.iterates()[0], path.iterates()[1]);
    g.setFill(palette.line());
    g.fillOval(start.getX() - 4, start.getY() - 4, 8, 8);
  }

  /** Toward orange: the direction in which f₁ − f₀ grows. */
  private void paintGradient(PanelViewModel.Answer answer) {
    double norm = Math.hypot(answer.g1(), answer.g2());
    if (norm == 0) {
      return;
    }
    Point2D at = canvas.toPixel(answer.x1(), answer.x2());
    double dx = GRADIENT_PIXELS * answer.g1() / norm;
    double dy = -GRADIENT_PIXELS * answer.g2() / norm;
    g.setStroke(palette.point()[1]);
    g.setLineWidth(2);
    double x = at.getX() + dx;
    double y = at.getY() + dy;
    g.strokeLine(at.getX(), at.getY(), x, y);
    g.strokeLine(x, y, x - 0.25 * dx + 0.15 * dy, y - 0.25 * dy - 0.15 * dx);
    g.strokeLine(x, y, x - 0.25 * dx - 0.15 * dy, y - 0.25 * dy + 0.15 * dx);
  }
}
