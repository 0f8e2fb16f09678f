package org.pagexplorer.engine;

/**
 * By how much all of δ has to shrink to fit into a ball of L1: the projection of δ onto {‖δ‖₁ ≤ ε}
 * and |δᵢ| ≤ roomᵢ is {@code sign(δᵢ) · clamp(|δᵢ| − λ, 0, roomᵢ)} with the least λ ≥ 0 that gives
 * a norm of at most ε (the optimality conditions; the multiplier of the sum is λ).
 */
final class L1Level {
  private static final int MOST_TURNS = 200;

  private L1Level() {}

  /** λ for the values {@code from} to {@code to − 1}. */
  static float of(float[] sizes, float[] rooms, int from, int to, double epsilon) {
    double low = 0;
    double high = 0;
    for (int i = from; i < to; i++) {
      high = Math.max(high, sizes[i]);
    }
    double level = 0;
    // Newton's steps, which end where no kink is between; halving where they leave the interval.
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      double sum = 0;
      int sinking = 0;
      for (int i = from; i < to; i++) {
        double left = sizes[i] - level;
        if (left > 0) {
          boolean capped = left >= rooms[i];
          sum += capped ? rooms[i] : left;
          sinking += capped ? 0 : 1;
        }
      }
      if (sum <= epsilon && level == 0) {
        return 0;
      }
      low = sum > epsilon ? level : low;
      high = sum > epsilon ? high : level;
      double next = sinking == 0 ? Double.NaN : level + (sum - epsilon) / sinking;
      if (Math.abs(next - level) <= 1e-12 * high) {
        return up(next);
      }
      boolean inside = next > low && next < high && turn < MOST_TURNS / 2;
      level = inside ? next : (low + high) / 2;
    }
    return up(high);
  }

  /** Rounded so that the norm is not above ε. */
  private static float up(double level) {
    float rounded = (float) level;
    return rounded < level ? Math.nextUp(rounded) : rounded;
  }
}
