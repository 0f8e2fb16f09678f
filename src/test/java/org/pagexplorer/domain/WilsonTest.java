package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WilsonTest {

  /** Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20 and 1 of 29. */
  @Test
  void agreesWithNewcombesTable() {
    check(81, 263, 0.2553, 0.3662);
    check(15, 148, 0.0624, 0.1605);
    check(0, 20, 0.0, 0.1611);
    check(1, 29, 0.0061, 0.1718);
  }

  private static void check(int successes, int n, double low, double high) {
    Wilson interval = Wilson.of(successes, n);
    assertEquals(low, interval.low(), 5e-5);
    assertEquals(high, interval.high(), 5e-5);
  }

  @Test
  void isItsOwnMirrorImage() {
    Wilson few = Wilson.of(3, 40);
    Wilson many = Wilson.of(37, 40);
    assertEquals(1 - few.high(), many.low(), 1e-12);
    assertEquals(1 - few.low(), many.high(), 1e-12);
  }

  @Test
  void refusesWhatIsNoProportion() {
    assertThrows(IllegalArgumentException.class, () -> Wilson.of(1, 0));
    assertThrows(IllegalArgumentException.class, () -> Wilson.of(5, 4));
    assertThrows(IllegalArgumentException.class, () -> Wilson.of(-1, 4));
  }
}
