package org.pagexplorer.engine;

import java.util.Arrays;

/**
 * The projection of δ onto {‖δ‖₁ ≤ ε} and |δᵢ| ≤ roomᵢ: all of δ shrinks by the same, {@code
 * sign(δᵢ) · clamp(|δᵢ| − λ, 0, roomᵢ)} with the least λ ≥ 0 that gives a norm of at most ε (the
 * optimality conditions; the multiplier of the sum is λ).
 */
final class L1Level {
  private static final int MOST_TURNS = 200;

  /** Of ε: how exact the level is. */
  private static final double TOLERANCE = 1e-13;

  private L1Level() {}

  /**
   * Projects the values {@code from} to {@code to − 1} where they are; NaN if one is not finite.
   */
  static void project(float[] delta, float[] rooms, int from, int to, double epsilon) {
    double largest = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double size = Math.abs(delta[i]);
      largest = Math.max(largest, size);
      sum += Math.min(size, rooms[i]);
    }
    if (!Double.isFinite(largest)) {
      Arrays.fill(delta, from, to, Float.NaN);
      return;
    }
    boolean within = sum <= epsilon;
    double left = within ? 0 : left(delta, rooms, from, to, epsilon, largest);
    for (int i = from; i < to; i++) {
      double size = Math.abs(delta[i]);
      double shrunk = within ? size : Math.max(0, left - (largest - size));
      delta[i] = (float) Math.copySign(Math.min(shrunk, rooms[i]), delta[i]);
    }
  }

  /**
   * What λ leaves of the largest value. Counted from there, and not from 0, it is as exact where
   * values are in the billions as where they are in [0, 1].
   */
  private static double left(
      float[] delta, float[] rooms, int from, int to, double epsilon, double largest) {
    double low = 0;
    double high = largest;
    double left = largest;
    // Newton's steps, which end where no kink is between; halving where they leave the interval.
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      double sum = 0;
      int sinking = 0;
      for (int i = from; i < to; i++) {
        double own = left - (largest - Math.abs(delta[i]));
        if (own > 0) {
          boolean capped = own >= rooms[i];
          sum += capped ? rooms[i] : own;
          sinking += capped ? 0 : 1;
        }
      }
      low = sum > epsilon ? low : left;
      high = sum > epsilon ? left : high;
      double next = sinking == 0 ? Double.NaN : left - (sum - epsilon) / sinking;
      if (Math.abs(next - left) <= Math.max(TOLERANCE * epsilon, Math.ulp(left))) {
        return next;
      }
      boolean inside = next > low && next < high && turn < MOST_TURNS / 2;
      left = inside ? next : (low + high) / 2;
    }
    return low;
  }
}
