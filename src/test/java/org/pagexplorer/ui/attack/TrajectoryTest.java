package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.AttackFrame;

class TrajectoryTest {

  private static AttackFrame frame(int step) {
    return new AttackFrame(
        step, new byte[] {0, (byte) step}, new float[] {0, step / 10f}, new int[] {0, step % 3});
  }

  private static Trajectory full(int stride) {
    Trajectory trajectory = new Trajectory(6, stride);
    for (int t = 0; t <= 6; t++) {
      trajectory.add(frame(t), 1, 1);
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
  void thinsOutToStayInMemoryButKeepsTheFirstAndTheLast() {
    Trajectory trajectory = full(4);
    assertArrayEquals(new byte[] {0}, trajectory.pixels(3));
    assertArrayEquals(new byte[] {4}, trajectory.pixels(5));
    assertArrayEquals(new byte[] {6}, trajectory.pixels(6));
    assertEquals(0.3f, trajectory.confidence(3));
  }
}
