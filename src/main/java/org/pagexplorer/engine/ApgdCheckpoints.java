package org.pagexplorer.engine;

import java.util.ArrayList;
import java.util.List;

/** When {@link Apgd}'s step sizes may change (Croce and Hein 2020, section 3.1). */
final class ApgdCheckpoints {
  // In hundredths, whole numbers: 0.22 + 0.19 + 0.16 is more than 0.57 in floating point.
  private static final int FIRST = 22;
  private static final int SHRINKING = 3;
  private static final int SHORTEST = 6;

  private ApgdCheckpoints() {}

  /** w_j = ⌈p_j · N⌉ with p_0 = 0, p_1 = 0.22 and p_j+1 = p_j + max(p_j − p_j−1 − 0.03, 0.06). */
  static List<Integer> of(int iterations) {
    List<Integer> steps = new ArrayList<>();
    int before = 0;
    int p = FIRST;
    while (p <= 100) {
      steps.add(Math.toIntExact(Math.ceilDiv((long) p * iterations, 100L)));
      int next = p + Math.max(p - before - SHRINKING, SHORTEST);
      before = p;
      p = next;
    }
    return steps;
  }
}
