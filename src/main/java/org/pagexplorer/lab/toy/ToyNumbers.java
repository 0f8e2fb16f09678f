package org.pagexplorer.lab.toy;

import java.util.Arrays;

/**
 * What is measured on the test points.
 *
 * @param n test points
 * @param clean accuracy, in [0, 1]
 * @param attacked accuracy under the paper's attack (section C.1), in [0, 1]: what one attack left,
 *     at least as much as is robust
 * @param meanMargin mean distance to the decision boundary in the plane's units, negative for
 *     points that are named wrongly; +∞ if there is no boundary near
 * @param angle mean angle between ∇ₓ(f₁ − f₀) and the manifold's direction, 0 to 90 degrees; NaN if
 *     all gradients are zero
 * @param onManifold share of the points that are classified correctly wherever they are moved along
 *     the manifold's direction by up to ε (after Srinivas et al. 2023)
 * @param offManifold the same across it
 * @param zeroGradients share of the points whose gradient is exactly zero; left out of the angle
 * @param margins a point's distance, in the test points' order
 */
public record ToyNumbers(
    int n,
    double clean,
    double attacked,
    double meanMargin,
    double angle,
    double onManifold,
    double offManifold,
    double zeroGradients,
    Margin[] margins) {

  /**
   * The true robust accuracy, as far as the raster of the boundary is fine enough: the share of the
   * points whose margin exceeds ε, which no attack within ε can change. Without a boundary it is
   * the clean one.
   */
  public double robust(double epsilon) {
    return Double.isInfinite(meanMargin)
        ? clean
        : Arrays.stream(margins).filter(each -> each.distance() > epsilon).count() / (double) n;
  }

  /**
   * A point's distance to the decision boundary.
   *
   * @param x1 of the nearest place on the boundary
   * @param x2 of that place
   * @param distance to it, negative for a point that is named wrongly
   */
  public record Margin(double x1, double x2, double distance) {}
}
