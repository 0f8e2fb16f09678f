package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The two conditions of Croce and Hein's section 3.1, on sequences of losses. */
class ApgdClimbTest {
  private final ApgdClimb climb = new ApgdClimb(0, 0, 0, 1);

  private void see(double... losses) {
    for (double loss : losses) {
      var _ = climb.rose(loss);
    }
  }

  @Test
  void aLossThatRisesInThreeOfFourStepsKeepsTheStepSize() {
    see(0, 1, 2, 1.5, 3); // the first is the start; 3 of 4 steps rise
    assertFalse(climb.halves(4));
    assertEquals(1, climb.stepSize);
  }

  @Test
  void oneThatRisesInFewerHalvesIt() {
    see(0, 1, 0.5, 0.4, 3); // 2 of 4, although the best has grown
    assertTrue(climb.halves(4));
    assertEquals(0.5, climb.stepSize);
  }

  @Test
  void risesAreCountedFromTheLastCheckpoint() {
    see(0, 1, 2, 3, 4);
    assertFalse(climb.halves(4));
    see(3, 2, 1, 5); // 1 of 4
    assertTrue(climb.halves(4));
  }

  /** Condition 2: neither the step size nor the best loss has changed since the last checkpoint. */
  @Test
  void nothingGainedSinceTheLastCheckpointHalvesItToo() {
    see(0, 10, 11, 12, 13);
    assertFalse(climb.halves(4));
    see(1, 2, 3, 4, 5, 6, 7, 8); // seven of eight steps rise, none to a new best
    assertTrue(climb.halves(8));
    see(1, 2, 3, 4, 5, 6, 7, 8); // again, but now the step size was halved at the last checkpoint
    assertFalse(climb.halves(8));
    assertEquals(0.5, climb.stepSize);
  }

  @Test
  void onlyANewBestIsTheBest() {
    assertTrue(climb.rose(1));
    assertFalse(climb.rose(0.5));
    assertFalse(climb.rose(1));
    assertTrue(climb.rose(1.5));
  }
}
