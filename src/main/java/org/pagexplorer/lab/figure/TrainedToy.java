package org.pagexplorer.lab.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.toy.BoundaryField;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.ToyMeasures;
import org.pagexplorer.lab.toy.ToyProblem;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToyTraining;

/** Trains a setup to its end, without a window, and draws it. */
public final class TrainedToy {
  /** Cells a side of a figure's background: two a pixel of its PNG. */
  public static final int RASTER = 600;

  private TrainedToy() {}

  /** Figure 3 of the setup's own seed, after all epochs. */
  public static ToyFigure figure(TorchEngine engine, ToySetup setup) {
    ToyProblem problem = ToyProblem.of(setup);
    return figure(engine, setup, view(problem), setup.epochs() * stepsPerEpoch(setup, problem));
  }

  /** Steps that see every point once. */
  public static int stepsPerEpoch(ToySetup setup, ToyProblem problem) {
    return Math.max(1, Math.ceilDiv(problem.train().size(), setup.batch()));
  }

  /**
   * Figure 3 of some part of the plane, after some steps.
   *
   * @param steps at least 0
   */
  public static ToyFigure figure(TorchEngine engine, ToySetup setup, Region region, int steps) {
    return figure(engine, setup, region, steps, () -> false).orElseThrow();
  }

  /**
   * The same.
   *
   * @param stop asked before every step
   * @return nothing if it was stopped
   */
  static Optional<ToyFigure> figure(
      TorchEngine engine, ToySetup setup, Region region, int steps, BooleanSupplier stop) {
    ToyProblem problem = ToyProblem.of(setup);
    ToyMeasures measures = new ToyMeasures(problem);
    List<ToyFigure.Panel> panels = new ArrayList<>();
    for (ToySetup.Scheme scheme : setup.schemes()) {
      try (ToyTraining training = new ToyTraining(engine, setup, scheme, problem)) {
        while (training.steps() < steps) {
          if (stop.getAsBoolean()) {
            return Optional.empty();
          }
          training.step();
        }
        try (Classifier f = training.snapshot()) {
          panels.add(
              new ToyFigure.Panel(
                  scheme.title(),
                  ToyFigure.numbers(measures.of(f, setup.attack()), setup.epsilon()),
                  BoundaryField.of(f, region, RASTER, RASTER)));
        }
      }
    }
    return Optional.of(
        new ToyFigure(
            region,
            problem.test(),
            panels,
            footer(setup, (double) steps / stepsPerEpoch(setup, problem))));
  }

  /** What a figure shows of the plane: all points and a margin. */
  public static Region view(ToyProblem problem) {
    Region bounds = problem.bounds();
    return bounds.grown(0.1 * Math.max(bounds.width(), bounds.height())).ofRatio(1);
  }

  /** How the networks were trained, in a line. */
  public static String footer(ToySetup setup, double epochs) {
    return "Seed "
        + setup.seed()
        + ", 2 → "
        + setup.hidden()
        + " → 2, "
        + setup.activation().title()
        + ", "
        + ToySetup.number(Math.round(100 * epochs) / 100.0)
        + " epochs; attack: L2, ε = "
        + ToySetup.number(setup.epsilon())
        + ", 10 steps.";
  }
}
