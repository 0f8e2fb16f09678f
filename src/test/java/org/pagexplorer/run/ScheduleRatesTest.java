package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Schedule;

class ScheduleRatesTest {
  private static final double PEAK = 0.1;

  /** PyTorch's {@code OneCycleLR}: pct_start 0.3, div_factor 25, final_div_factor 1e4. */
  private static double oneCycleLr(int step, int total) {
    double warmUp = 0.3 * total - 1;
    double initial = PEAK / 25;
    if (step <= warmUp) {
      return initial + (PEAK - initial) * step / warmUp; // anneal_strategy "linear"
    }
    double last = initial / 1e4;
    double share = (step - warmUp) / (total - 1 - warmUp);
    return last + (PEAK - last) / 2 * (1 + Math.cos(Math.PI * share)); // "cos"
  }

  @Test
  void oneCycleRisesAndFallsAsPyTorchs() {
    int total = 10_000;
    for (int step = 0; step < total; step++) {
      // PyTorch's phases end a step earlier, which is at most a step's slope.
      assertEquals(
          oneCycleLr(step, total),
          Schedule.ONE_CYCLE.rate(PEAK, (double) step / total),
          PEAK * 5e-4);
    }
  }

  @Test
  void oneCycleStartsAtATwentyFifthPeaksAtThirtyPercentAndEndsAtNothing() {
    assertEquals(PEAK / 25, Schedule.ONE_CYCLE.rate(PEAK, 0), 1e-15);
    assertEquals(PEAK, Schedule.ONE_CYCLE.rate(PEAK, 0.3), 1e-15);
    assertEquals(PEAK / 2, Schedule.ONE_CYCLE.rate(PEAK, 0.65), 1e-15);
    assertEquals(0, Schedule.ONE_CYCLE.rate(PEAK, 1), 1e-15);
    for (int step = 0; step <= 1000; step++) {
      double rate = Schedule.ONE_CYCLE.rate(PEAK, step / 1000.0);
      assertTrue(rate >= 0 && rate <= PEAK);
    }
  }

  @Test
  void stepFallsTenfoldAtAHalfAndAtThreeQuarters() {
    assertEquals(PEAK, Schedule.STEP.rate(PEAK, 0.499));
    assertEquals(PEAK / 10, Schedule.STEP.rate(PEAK, 0.5));
    assertEquals(PEAK / 10, Schedule.STEP.rate(PEAK, 0.749));
    assertEquals(PEAK / 100, Schedule.STEP.rate(PEAK, 0.75));
  }

  @Test
  void constantStays() {
    assertEquals(PEAK, Schedule.CONSTANT.rate(PEAK, 0));
    assertEquals(PEAK, Schedule.CONSTANT.rate(PEAK, 0.99));
  }
}
