package org.pagexplorer.lab.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LikelyClassesTest {
  @Test
  void theyAreOfTheLargestMeanProbabilityNotLogit() {
    // Two images: the second's logits are all large, its probabilities are not.
    List<float[]> logits = List.of(new float[] {0, 4, 0, 1}, new float[] {1000, 1000, 1001, 999});
    assertEquals(List.of(1, 2, 0), likeliest(logits, 3));
    assertEquals(4, likeliest(logits, 10).size());
  }

  private static List<Integer> likeliest(List<float[]> logits, int count) {
    double[] sums = new double[4];
    logits.forEach(one -> LikelyClasses.addProbabilities(one, sums));
    return LikelyClasses.likeliest(sums, count);
  }
}
