package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pagexplorer.lab.figure.CurveFigure.Axis;
import org.pagexplorer.lab.figure.CurveFigure.Curve;
import org.pagexplorer.lab.figure.FigureSpecification.Epochs;
import org.pagexplorer.lab.figure.FigureSpecification.ModelReference;

/** How the runs of Figure 5 went, a curve a λ, below the models' pictures. */
final class LambdaCurves {
  private static final int HEIGHT = 260;
  private static final int GAP = 24;

  private LambdaCurves() {}

  /**
   * The figure with its curves below; as it is where no model's run is known.
   *
   * @param names of the rows, one a model
   */
  static Drawing below(GridFigure grid, List<ModelReference> models, List<String> names) {
    if (models.stream().allMatch(model -> model.epochs().isEmpty())) {
      return new Drawing(grid.width(), grid.height(), grid::draw);
    }
    CurveFigure clean =
        figure("clean accuracy, test images, %", LambdaCurves::percent, models, names);
    CurveFigure alignment =
        figure("alignment loss, Σ over classes", Epochs::alignment, models, names);
    return new Drawing(
        grid.width(),
        grid.height() + HEIGHT,
        graphics -> {
          grid.draw(graphics);
          graphics.setColor(Color.WHITE);
          graphics.fillRect(0, grid.height(), grid.width(), HEIGHT);
          if (Lettering.hasFonts()) {
            draw(graphics, grid, clean, 0);
            draw(graphics, grid, alignment, 1);
          }
        });
  }

  private static void draw(Graphics2D graphics, GridFigure grid, CurveFigure figure, int column) {
    double width = (grid.width() - 2.0 * GridLayout.MARGIN - GAP) / 2;
    CurvePlot.of(figure, ChartLooks.PAPER)
        .draw(
            graphics,
            new Rectangle2D.Double(
                GridLayout.MARGIN + column * (width + GAP),
                grid.height(),
                width,
                HEIGHT - GridLayout.MARGIN));
  }

  private static List<Double> percent(Epochs epochs) {
    return epochs.cleanAccuracy().stream().map(share -> 100 * share).toList();
  }

  private static CurveFigure figure(
      String y,
      Function<Epochs, List<Double>> values,
      List<ModelReference> models,
      List<String> names) {
    List<Curve> curves = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      double[] of = values.apply(models.get(k).epochs()).stream().mapToDouble(v -> v).toArray();
      if (of.length > 0) {
        double[] x = IntStream.rangeClosed(1, of.length).asDoubleStream().toArray();
        curves.add(Curve.of(names.get(k), x, of, k));
      }
    }
    return new CurveFigure(
        "lambda",
        new Axis("epoch", Double.NaN, Double.NaN, true, false),
        new Axis(y, 0, Double.NaN, false, false),
        curves,
        true);
  }
}
