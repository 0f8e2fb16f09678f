package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApgdCheckpointsTest {
  /** Those that the authors' AutoAttack reaches: windows of 22, 19, 16, 13, 10, 7, 6, 6 … steps. */
  @Test
  void ofAHundredIterationsTheyAreThePapers() {
    assertEquals(List.of(22, 41, 57, 70, 80, 87, 93, 99), ApgdCheckpoints.of(100));
  }

  @Test
  void ofOtherNumbersTheyAreRoundedUp() {
    assertEquals(List.of(44, 82, 114, 140, 160, 174, 186, 198), ApgdCheckpoints.of(200));
    assertEquals(List.of(3, 5, 6, 7, 8, 9, 10, 10), ApgdCheckpoints.of(10));
    assertEquals(1_980_000_000, ApgdCheckpoints.of(2_000_000_000).getLast());
  }
}
