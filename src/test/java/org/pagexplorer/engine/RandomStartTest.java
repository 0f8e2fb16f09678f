package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;

class RandomStartTest {
  private static final ThreatModel L2 = new ThreatModel(Norm.L2, 0.5);
  private static final ThreatModel LINF = new ThreatModel(Norm.LINF, 0.031);
  private static final Goal GOAL = Goal.leave(1);
  private static final int DRAWS = 2000;

  /** D(n) of a sample that is uniform exceeds 1.95/√n with probability 0.001. */
  private static final double KOLMOGOROV = 1.95 / Math.sqrt(DRAWS);

  private static Image image(InputShape shape) {
    return Given.images(shape, 1, 0, 1, 9).getFirst();
  }

  private static double largestDeviationFromUniform(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      largest = Math.max(largest, Math.abs(sorted[i] - (double) i / sorted.length));
      largest = Math.max(largest, Math.abs(sorted[i] - (i + 1.0) / sorted.length));
    }
    return largest;
  }

  @Test
  void l2StartIsUniformInTheBall() {
    for (InputShape shape : List.of(InputShape.PLANE, Given.SMALL)) {
      double[] volumes = new double[DRAWS];
      for (int seed = 0; seed < DRAWS; seed++) {
        double norm = Given.norm(RandomStart.of(L2, image(shape), GOAL, seed, 0));
        assertTrue(norm <= 0.5 * (1 + 1e-5), "‖δ‖ = " + norm);
        volumes[seed] = Math.pow(norm / 0.5, shape.size()); // uniform in [0, 1]
      }
      assertTrue(largestDeviationFromUniform(volumes) < KOLMOGOROV, shape.toString());
    }
  }

  @Test
  void l1StartIsUniformInTheBall() {
    ThreatModel l1 = new ThreatModel(Norm.L1, 0.5);
    for (InputShape shape : List.of(InputShape.PLANE, Given.SMALL)) {
      double[] volumes = new double[DRAWS];
      for (int seed = 0; seed < DRAWS; seed++) {
        double norm = 0;
        for (float value : RandomStart.of(l1, image(shape), GOAL, seed, 0)) {
          norm += Math.abs(value);
        }
        assertTrue(norm <= 0.5 * (1 + 1e-5), "‖δ‖ = " + norm);
        volumes[seed] = Math.pow(norm / 0.5, shape.size()); // uniform in [0, 1]
      }
      assertTrue(largestDeviationFromUniform(volumes) < KOLMOGOROV, shape.toString());
    }
  }

  /** Of a uniform point of a diamond, |x| / ‖δ‖ is uniform. */
  @Test
  void l1StartHasNoPreferredPlaceOnTheDiamond() {
    double[] places = new double[DRAWS];
    ThreatModel l1 = new ThreatModel(Norm.L1, 0.5);
    for (int seed = 0; seed < DRAWS; seed++) {
      float[] delta = RandomStart.of(l1, image(InputShape.PLANE), GOAL, seed, 0);
      places[seed] = Math.abs(delta[0]) / (Math.abs(delta[0]) + Math.abs(delta[1]));
    }
    assertTrue(largestDeviationFromUniform(places) < KOLMOGOROV);
  }

  @Test
  void l2StartHasNoPreferredDirection() {
    double[] angles = new double[DRAWS];
    for (int seed = 0; seed < DRAWS; seed++) {
      float[] delta = RandomStart.of(L2, image(InputShape.PLANE), GOAL, seed, 0);
      angles[seed] = Math.atan2(delta[1], delta[0]) / (2 * Math.PI) + 0.5;
    }
    assertTrue(largestDeviationFromUniform(angles) < KOLMOGOROV);
  }

  @Test
  void linfStartIsUniformInEveryPixel() {
    for (int pixel : new int[] {0, 100, 191}) {
      double[] values = new double[DRAWS];
      for (int seed = 0; seed < DRAWS; seed++) {
        float[] delta = RandomStart.of(LINF, image(Given.SMALL), GOAL, seed, 0);
        values[seed] = (delta[pixel] / 0.031 + 1) / 2;
      }
      assertTrue(largestDeviationFromUniform(values) < KOLMOGOROV);
    }
  }

  @Test
  void neighboringPixelsAreUnrelated() {
    double sum = 0;
    float[] delta = RandomStart.of(LINF, image(InputShape.CIFAR), GOAL, 1, 0);
    for (int j = 1; j < delta.length; j++) {
      sum += delta[j] * delta[j - 1] / (0.031 * 0.031 / 3);
    }
    assertEquals(0, sum / delta.length, 4 / Math.sqrt(delta.length));
  }

  @Test
  void startDependsOnSeedRestartAndImage() {
    List<Image> images = Given.images(Given.SMALL, 2, 0, 1, 3);
    Set<List<Float>> starts = new HashSet<>();
    for (Image image : images) {
      for (long seed : new long[] {0, 1, 2, -1}) {
        for (int restart = 0; restart < 4; restart++) {
          float[] start = RandomStart.of(L2, image, GOAL, seed, restart);
          assertArrayEquals(start, RandomStart.of(L2, image, GOAL, seed, restart));
          starts.add(List.of(start[0], start[1], start[2]));
        }
      }
    }
    assertEquals(2 * 4 * 4, starts.size(), "different starts");
  }

  @Test
  void emptyBallStartsAtTheImage() {
    for (Norm norm : Norm.values()) {
      float[] start = RandomStart.of(new ThreatModel(norm, 0), image(Given.SMALL), GOAL, 1, 0);
      assertEquals(0, Given.norm(start), norm.title());
    }
  }
}
