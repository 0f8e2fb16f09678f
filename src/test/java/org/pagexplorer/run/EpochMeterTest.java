package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pagexplorer.engine.Trainer.Losses;
import org.pagexplorer.run.TrainingObserver.Progress;

class EpochMeterTest {

  @Test
  void meansAreOverTheStepsSoFar() {
    EpochMeter meter = new EpochMeter(2, 3, 4, 10);
    meter.add(new Losses(1, 5, 4));
    meter.add(new Losses(2, 9, 8));
    Progress progress = meter.progress();
    assertEquals(2, progress.epoch());
    assertEquals(0.5, progress.done());
    assertEquals(1.5, progress.crossEntropy());
    assertEquals(7, progress.alignment());
    assertEquals(0.6, progress.accuracy());
    // Two steps taken, two left in this epoch and four in the next.
    double secondsPerStep = 10 / progress.imagesPerSecond();
    assertTrue(secondsPerStep > 0);
    assertEquals(6 * secondsPerStep, progress.secondsLeft(), 1e-9 + 1e-6 * secondsPerStep);
  }
}
