package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquareMoveTest {
  /** What AutoAttack's {@code p_selection} gives without {@code resc_schedule}. */
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "10, 1",
    "11, 2",
    "50, 2",
    "51, 4",
    "200, 4",
    "201, 8",
    "500, 8",
    "501, 16",
    "1000, 16",
    "1001, 32",
    "1500, 32",
    "2000, 32",
    "2001, 64",
    "4000, 64",
    "4001, 128",
    "4999, 128",
    "6001, 256",
    "8001, 512"
  })
  void squaresShrinkWithTheNumberOfTheProposal(int iteration, int divisor) {
    assertEquals(0.8 / divisor, SquareMove.share(iteration + 1), 1e-12);
  }
}
