package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.Python;
import org.pagexplorer.domain.Schedule;

class ScheduleRatesTest {
  private static final double PEAK = 0.1;

  private static double rate(Schedule schedule, int step, int total) {
    return schedule.rate(PEAK, 0, 1, step, total);
  }

  /** Known points of {@code OneCycleLR}: pct_start 0.3, div_factor 25, final_div_factor 1e4. */
  @Test
  void oneCycleStartsAtATwentyFifthPeaksAtThirtyPercentAndEndsAtNothing() {
    assertEquals(PEAK / 25, rate(Schedule.ONE_CYCLE, 0, 10_000), 1e-15);
    assertEquals((PEAK + PEAK / 25) / 2, rate(Schedule.ONE_CYCLE, 1_500, 10_000), PEAK * 1e-3);
    assertEquals(PEAK, rate(Schedule.ONE_CYCLE, 2_999, 10_000), 1e-15);
    assertEquals(PEAK / 2, rate(Schedule.ONE_CYCLE, 6_499, 10_000), PEAK * 1e-5);
    assertEquals(PEAK / 25e4, rate(Schedule.ONE_CYCLE, 9_999, 10_000), 1e-15);
    for (int step = 0; step < 1_000; step++) {
      double rate = rate(Schedule.ONE_CYCLE, step, 1_000);
      assertTrue(rate > 0 && rate <= PEAK);
    }
  }

  /** Epochs of steps are steps of the whole training. */
  @Test
  void anEpochsStepsGoOnFromTheLastEpochs() {
    for (Schedule schedule : Schedule.values()) {
      for (int step = 0; step < 60; step++) {
        assertEquals(
            rate(schedule, step, 60), schedule.rate(PEAK, step / 20, 3, step % 20, 20), 1e-15);
      }
    }
  }

  @Test
  void oneCycleIsPyTorchs(@TempDir Path folder) throws Exception {
    assumeTrue(Python.has("torch, numpy", folder), "there is no PyTorch for Python here");
    String script =
        """
        import sys, torch
        for total in map(int, sys.argv[1:]):
            sgd = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1)
            schedule = torch.optim.lr_scheduler.OneCycleLR(sgd, max_lr=0.1, total_steps=total)
            for step in range(total):
                print(repr(sgd.param_groups[0]["lr"]))
                sgd.step()
                if step + 1 < total:
                    schedule.step()
        """;
    Iterator<String> lines =
        Python.run(script, folder, "4", "7", "100", "939").lines().toList().iterator();
    for (int total : new int[] {4, 7, 100, 939}) {
      for (int step = 0; step < total; step++) {
        double theirs = Double.parseDouble(lines.next());
        assertEquals(theirs, rate(Schedule.ONE_CYCLE, step, total), 1e-12, step + " of " + total);
      }
    }
    assertFalse(lines.hasNext());
  }

  /** What runs of before November 2026 go on with. */
  @Test
  void theLinearOneCycleIsAStraightLineAndACosineToZero() {
    assertEquals(PEAK / 25, rate(Schedule.ONE_CYCLE_LINEAR, 0, 1_000), 1e-15);
    assertEquals((PEAK + PEAK / 25) / 2, rate(Schedule.ONE_CYCLE_LINEAR, 150, 1_000), 1e-15);
    assertEquals(PEAK, rate(Schedule.ONE_CYCLE_LINEAR, 300, 1_000), 1e-15);
    assertEquals(PEAK / 2, rate(Schedule.ONE_CYCLE_LINEAR, 650, 1_000), 1e-15);
  }

  @Test
  void stepFallsTenfoldAtAHalfAndAtThreeQuarters() {
    assertEquals(PEAK, rate(Schedule.STEP, 499, 1_000));
    assertEquals(PEAK / 10, rate(Schedule.STEP, 500, 1_000));
    assertEquals(PEAK / 10, rate(Schedule.STEP, 749, 1_000));
    assertEquals(PEAK / 100, rate(Schedule.STEP, 750, 1_000));
  }

  @Test
  void constantStays() {
    assertEquals(PEAK, rate(Schedule.CONSTANT, 0, 1_000));
    assertEquals(PEAK, rate(Schedule.CONSTANT, 990, 1_000));
  }
}
