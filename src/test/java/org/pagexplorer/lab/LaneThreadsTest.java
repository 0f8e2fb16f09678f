package org.pagexplorer.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.model.EngineLane;

/** How many threads one lane computes with is its own matter. */
class LaneThreadsTest {

  private static int threadsOf(EngineLane lane) {
    return lane.submit(
            l -> {
              l.engine();
              return TorchEngine.threads();
            })
        .join();
  }

  @Test
  void aPanelsSingleThreadIsNotTheNextLanes() {
    try (EngineLane first = new EngineLane("cpu")) {
      int all = threadsOf(first);
      assumeTrue(all > 1, "one core");
      try (EngineLane panel = new EngineLane("cpu", "toy", 1);
          EngineLane next = new EngineLane("cpu")) {
        assertEquals(1, threadsOf(panel));
        assertEquals(all, threadsOf(next));
        assertEquals(all, threadsOf(first));
        assertEquals(1, threadsOf(panel));
      }
    }
  }
}
