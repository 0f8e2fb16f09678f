package org.pagexplorer.domain;

import java.math.BigDecimal;

/**
 * What an attack may do (section A.1): Δ = {δ : ‖δ‖ ≤ ε}.
 *
 * @param norm L1, L2, or L∞
 * @param epsilon the radius, in pixel units of [0, 1]; at least 0
 */
public record ThreatModel(Norm norm, double epsilon) {

  public ThreatModel {
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException("epsilon must be 0 or more and finite, not " + epsilon);
    }
  }

  /**
   * A ball whose radius somebody typed, for whom 8 is likely to mean 8/255: in L∞ all images lie
   * within 1 of each other.
   *
   * @throws IllegalArgumentException if the radius is negative, or in L∞ above 1, saying how to
   *     write it
   */
  public static ThreatModel asked(Norm norm, double epsilon) {
    checkPixels(norm, epsilon, "epsilon");
    return new ThreatModel(norm, epsilon);
  }

  /**
   * Refuses a typed change of pixels that no image can make.
   *
   * @param what its name, for the sentence
   * @throws IllegalArgumentException in L∞ if it is above 1, saying how to write it
   */
  public static void checkPixels(Norm norm, double value, String what) {
    if (norm == Norm.LINF && value > 1) {
      String given = new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
      String asked = value <= 255 ? ": do you mean %1$s/255? Then write %1$s/255 or %1$spx" : "";
      throw new IllegalArgumentException(
          "pixels are in [0, 1], so that an L∞ %s is at most 1, not %s%s"
              .formatted(what, given, asked.formatted(given)));
    }
  }
}
