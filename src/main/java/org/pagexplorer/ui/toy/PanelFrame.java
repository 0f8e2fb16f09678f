package org.pagexplorer.ui.toy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.lab.toy.AttackPath;
import org.pagexplorer.lab.toy.BoundaryField;
import org.pagexplorer.lab.toy.DecisionBoundary;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.ToyMeasures;
import org.pagexplorer.lab.toy.ToyNumbers;

/**
 * A network at one moment, as a panel shows it.
 *
 * @param request what was asked for
 * @param pixels the background, the top row first
 * @param boundary its decision boundary within the region
 * @param arrows x₁, x₂ and the unit vector of ∇ₓ(f₁ − f₀), arrow after arrow
 * @param paths of the attacks from the clicked place
 * @param numbers measured on the test points, if asked for
 */
record PanelFrame(
    FrameRequest request,
    int[] pixels,
    DecisionBoundary boundary,
    float[] arrows,
    List<AttackPath> paths,
    @Nullable ToyNumbers numbers) {

  /** Arrows a side. */
  private static final int ARROWS = 16;

  /** Computes a frame; on the panel's lane. */
  static PanelFrame of(Classifier f, FrameRequest request, ToyMeasures measures) {
    BoundaryField field = BoundaryField.of(f, request.region(), request.columns(), request.rows());
    return new PanelFrame(
        request,
        request.painter().paint(field, request.pixelWidth(), request.pixelHeight()),
        DecisionBoundary.of(field),
        request.arrows() ? arrows(f, request.region()) : new float[0],
        request.click() instanceof Click click ? paths(f, request, click) : List.of(),
        request.numbers() ? measures.of(f, request.attack()) : null);
  }

  /** Away from the label, then toward each class. */
  private static List<AttackPath> paths(Classifier f, FrameRequest request, Click click) {
    List<Goal> goals = List.of(Goal.leave(click.label()), Goal.reach(0), Goal.reach(1));
    return AttackPath.from(click.x1(), click.x2(), f, goals, request.attack());
  }

  private static float[] arrows(Classifier f, Region region) {
    float[] places = new float[2 * ARROWS * ARROWS];
    for (int i = 0; i < ARROWS * ARROWS; i++) {
      places[2 * i] = (float) (region.left() + region.width() * (i % ARROWS + 0.5) / ARROWS);
      places[2 * i + 1] = (float) (region.bottom() + region.height() * (i / ARROWS + 0.5) / ARROWS);
    }
    float[] gradients = InputGradients.ofDifference(f, places, 1, 0);
    float[] arrows = new float[4 * ARROWS * ARROWS];
    for (int i = 0; i < ARROWS * ARROWS; i++) {
      double norm = Math.hypot(gradients[2 * i], gradients[2 * i + 1]);
      arrows[4 * i] = places[2 * i];
      arrows[4 * i + 1] = places[2 * i + 1];
      arrows[4 * i + 2] = norm == 0 ? 0 : (float) (gradients[2 * i] / norm);
      arrows[4 * i + 3] = norm == 0 ? 0 : (float) (gradients[2 * i + 1] / norm);
    }
    return arrows;
  }
}
