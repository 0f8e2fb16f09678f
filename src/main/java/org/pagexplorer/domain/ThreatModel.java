package org.pagexplorer.domain;

/**
 * What an attack may do (section A.1): Δ = {δ : ‖δ‖ ≤ ε}.
 *
 * @param norm L2 or L∞
 * @param epsilon the radius, in pixel units of [0, 1]; at least 0
 */
public record ThreatModel(Norm norm, double epsilon) {

  public ThreatModel {
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException("epsilon must be 0 or more and finite, not " + epsilon);
    }
  }
}
