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
  void aPanelsThreadsAreNotTheNextLanes() {
    try (EngineLane first = new EngineLane("cpu")) {
      int usual = threadsOf(first);
      int other = usual == 1 ? 2 : 1;
      assumeTrue(other <= Runtime.getRuntime().availableProcessors(), "one core");
      try (EngineLane panel = new EngineLane("cpu", "toy", other);
          EngineLane next = new EngineLane("cpu")) {
        assertEquals(other, threadsOf(panel));
        assertEquals(usual, threadsOf(next));
        assertEquals(usual, threadsOf(first));
        assertEquals(other, threadsOf(panel));
      }
    }
  }
}
