package org.pagexplorer.lab.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Against the numbers in SciPy's documentation of spearmanr and kendalltau. */
class RankCorrelationTest {
  @Test
  void spearmansIsSciPys() {
    double[] x = {1, 2, 3, 4, 5};
    double[] y = {5, 6, 7, 8, 7};
    assertEquals(0.8207826816681233, RankCorrelation.spearman(x, y), 1e-12);
  }

  @Test
  void kendallsIsSciPys() {
    double[] x = {12, 2, 1, 12, 2};
    double[] y = {1, 4, 7, 1, 0};
    assertEquals(-0.4714045207910316, RankCorrelation.kendall(x, y), 1e-12);
  }

  @Test
  void onlyTheOrderCounts() {
    double[] x = {1, 10, 100, 1000};
    double[] y = {-4, -3, -2, -1};
    assertEquals(1, RankCorrelation.spearman(x, y), 1e-12);
    assertEquals(1, RankCorrelation.kendall(x, y), 1e-12);
    double[] back = {4, 3, 2, 1};
    assertEquals(-1, RankCorrelation.spearman(x, back), 1e-12);
    assertEquals(-1, RankCorrelation.kendall(x, back), 1e-12);
  }

  @Test
  void aConstantHasNoOrder() {
    double[] x = {1, 2, 3};
    assertTrue(Double.isNaN(RankCorrelation.spearman(x, new double[3])));
    assertTrue(Double.isNaN(RankCorrelation.kendall(x, new double[3])));
  }
}
