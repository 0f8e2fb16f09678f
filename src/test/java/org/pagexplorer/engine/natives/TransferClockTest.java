package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransferClockTest {
  private final AtomicLong nanos = new AtomicLong(123);
  private final TransferClock clock = new TransferClock(100, nanos::get);

  @Test
  void whatAnEarlierAttemptLeftDoesNotCountAsSpeed() {
    clock.step("Downloading", 600, 1000);
    assertTrue(Double.isNaN(clock.secondsLeft(600, 1000)), "nothing came yet");
    pass(2);
    clock.step("Downloading", 700, 1000);
    assertEquals(6, clock.secondsLeft(700, 1000), 1e-9);
  }

  @Test
  void everyStageHasItsOwnSpeed() {
    clock.step("Downloading", 0, 100);
    pass(100);
    clock.step("Downloading", 100, 100);
    assertEquals(0, clock.secondsLeft(100, 100), 1e-9);
    clock.step("Unpacking", 0, 100);
    pass(1);
    clock.step("Unpacking", 25, 100);
    assertEquals(3, clock.secondsLeft(25, 100), 1e-9);
  }

  @Test
  void showsTheFirstTheLastAndAFewBetween() {
    assertTrue(clock.step("Downloading", 0, 100));
    pass(0.05);
    assertFalse(clock.step("Downloading", 10, 100));
    pass(0.06);
    assertTrue(clock.step("Downloading", 20, 100));
    assertTrue(clock.step("Downloading", 100, 100));
    assertTrue(clock.step("Unpacking", 0, 100));
  }

  private void pass(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }
}
