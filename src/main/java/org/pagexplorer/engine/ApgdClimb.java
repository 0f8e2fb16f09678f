package org.pagexplorer.engine;

import org.jspecify.annotations.Nullable;

/** One image's way up in {@link Apgd}. */
class ApgdClimb {
  private static final double RHO = 0.75;

  final int index;
  final int label;
  final int target;
  double stepSize;
  double highest = Double.NEGATIVE_INFINITY;
  double latest = Double.NEGATIVE_INFINITY;
  int rises;
  double stepSizeAtCheckpoint;
  double highestAtCheckpoint = Double.NEGATIVE_INFINITY;
  int zeroGradients;
  int gradients;
  float @Nullable [] broken;

  ApgdClimb(int index, int label, int target, double stepSize) {
    this.index = index;
    this.label = label;
    this.target = target;
    this.stepSize = stepSize;
    stepSizeAtCheckpoint = stepSize;
  }

  /** Takes note of a point's loss; whether it is the best so far. */
  boolean rose(double loss) {
    boolean first = latest == Double.NEGATIVE_INFINITY;
    rises += !first && loss > latest ? 1 : 0;
    latest = loss;
    boolean best = loss > highest;
    highest = Math.max(highest, loss);
    return best;
  }

  /** Halves the step size where the last {@code steps} were not good enough: conditions 1 or 2. */
  boolean halves(int steps) {
    boolean tooFewRises = rises < RHO * steps;
    boolean nothingGained = stepSizeAtCheckpoint == stepSize && highestAtCheckpoint == highest;
    stepSizeAtCheckpoint = stepSize;
    highestAtCheckpoint = highest;
    rises = 0;
    boolean halved = tooFewRises || nothingGained;
    stepSize /= halved ? 2 : 1;
    return halved;
  }
}
