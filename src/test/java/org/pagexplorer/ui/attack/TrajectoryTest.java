package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.attack.Trajectory.Step;

class TrajectoryTest {

  private static Step step(int t) {
    return new Step(t, new byte[] {(byte) t}, t / 10f, t % 3, new float[] {t / 10f}, t, t, t);
  }

  private static Trajectory full(int stride) {
    Trajectory trajectory = new Trajectory(6, stride);
    for (int t = 0; t <= 6; t++) {
      trajectory.add(step(t));
    }
    return trajectory;
  }

  @Test
  void hasNothingBeforeTheFirstFrame() {
    Trajectory trajectory = new Trajectory(6, 1);
    assertEquals(-1, trajectory.latest());
    assertNull(trajectory.pixels(3));
  }

  @Test
  void keepsEveryStepOfItsTile() {
    Trajectory trajectory = full(1);
    for (int t = 0; t <= 6; t++) {
      assertArrayEquals(new byte[] {(byte) t}, trajectory.pixels(t));
      assertEquals(t / 10f, trajectory.confidence(t));
      assertEquals(t % 3, trajectory.predicted(t));
    }
  }

  @Test
  void aStepThatIsNotReachedIsNotShownAsAnother() {
    Trajectory trajectory = new Trajectory(6, 1);
    trajectory.add(step(0));
    trajectory.add(step(1));
    assertNull(trajectory.pixels(2));
    assertNull(trajectory.at(6));
    assertArrayEquals(new byte[] {1}, trajectory.pixels(1));
    assertArrayEquals(new byte[] {1}, trajectory.pixels(Scrubber.FOLLOW));
  }

  @Test
  void thinsOutToStayInMemoryButKeepsTheFirstAndTheLast() {
    Trajectory trajectory = full(4);
    assertArrayEquals(new byte[] {0}, trajectory.pixels(3));
    assertArrayEquals(new byte[] {4}, trajectory.pixels(5));
    assertArrayEquals(new byte[] {6}, trajectory.pixels(6));
    // What is said of a picture is of that picture, not of one that is not kept.
    assertEquals(0, trajectory.confidence(3));
    assertEquals(0.4f, trajectory.confidence(5));
    assertEquals(1, trajectory.predicted(5));
  }
}
