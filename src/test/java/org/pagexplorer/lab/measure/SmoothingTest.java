package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SmoothingTest {
  /** The same numbers as TensorBoard's {@code resmooth}: last·w + (1−w)·y, over 1 − w^n. */
  @Test
  void isTensorBoardsDebiasedAverage() {
    double[] values = {4, 2, 6};
    double w = 0.6;
    double second = (w * 0.4 * 4 + 0.4 * 2) / (1 - w * w);
    double third = (w * (w * 0.4 * 4 + 0.4 * 2) + 0.4 * 6) / (1 - w * w * w);
    assertArrayEquals(new double[] {4, second, third}, Smoothing.of(values, w), 1e-12);
  }

  @Test
  void weightZeroChangesNothing() {
    assertArrayEquals(new double[] {1, -3, 7}, Smoothing.of(new double[] {1, -3, 7}, 0));
  }

  @Test
  void whatIsNotANumberStaysAndCountsForNothing() {
    double[] smoothed = Smoothing.of(new double[] {2, Double.NaN, 2}, 0.9);
    assertArrayEquals(new double[] {2, Double.NaN, 2}, smoothed, 1e-12);
  }
}
