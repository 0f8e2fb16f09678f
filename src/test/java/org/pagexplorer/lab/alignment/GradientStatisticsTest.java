package org.pagexplorer.lab.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.domain.InputShape;

class GradientStatisticsTest {
  private static final InputShape SHAPE = InputShape.CIFAR;
  private final GradientStatistics statistics = new GradientStatistics(SHAPE);

  @Test
  void whiteNoiseHasTheNumbersThatAreWrittenBesideTheTable() {
    Random random = new Random(1);
    float[] noise = new float[20 * SHAPE.size()];
    for (int j = 0; j < noise.length; j++) {
      noise[j] = (float) random.nextGaussian();
    }
    double variation = 0;
    double low = 0;
    for (int i = 0; i < 20; i++) {
      variation += statistics.totalVariation(noise, i * SHAPE.size()) / 20;
      low += statistics.lowFrequencyShare(noise, i * SHAPE.size()) / 20;
    }
    // E|a − b| = √2 E|a|, twice, but for the last row and column, which have no neighbor.
    assertEquals(2 * Math.sqrt(2) * 31 / 32, variation, 0.02);
    assertEquals(1.0 / 16, low, 0.004);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "7, 7, 1", "8, 0, 0", "0, 8, 0", "20, 3, 0"})
  void aCosineIsLowOrIsNot(int alongRows, int alongColumns, double expected) {
    float[] wave = new float[SHAPE.size()];
    for (int j = 0; j < wave.length; j++) {
      int x = j % 32;
      int y = j / 32 % 32;
      wave[j] =
          (float)
              (Math.cos(Math.PI * (2 * y + 1) * alongRows / 64)
                  * Math.cos(Math.PI * (2 * x + 1) * alongColumns / 64));
    }
    assertEquals(expected, statistics.lowFrequencyShare(wave, 0), 1e-6);
  }

  @Test
  void stripesVaryByTheirHeightAtEveryEdge() {
    float[] stripes = new float[SHAPE.size()];
    for (int j = 0; j < stripes.length; j++) {
      stripes[j] = j % 2 == 0 ? 5 : -5;
    }
    // In each row 31 differences of 10, over 32 values of 5.
    assertEquals(31 * 10.0 / (32 * 5), statistics.totalVariation(stripes, 0), 1e-9);
  }

  @Test
  void neitherIsUndefinedForAZeroGradient() {
    float[] zero = new float[SHAPE.size()];
    assertEquals(0, statistics.totalVariation(zero, 0));
    assertEquals(0, statistics.lowFrequencyShare(zero, 0));
  }

  @Test
  void aMeanKnowsItsInterval() {
    Mean mean = Mean.NONE.with(1).with(2).with(6);
    assertEquals(3, mean.value());
    // s² = (4 + 1 + 9) / 2 = 7
    assertEquals(1.96 * Math.sqrt(7.0 / 3), mean.halfWidth(), 1e-3);
  }
}
