package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/** Samples of a class's normal distribution, against the definitions of mean and covariance. */
class ClassGaussianTest {
  private static final InputShape SHAPE = new InputShape(1, 1, 3);

  /** Of class 0, between images of another; 3 values each, far from black and white. */
  private static final int[][] IMAGES = {
    {120, 130, 110}, {135, 121, 112}, {110, 140, 128}, {141, 118, 131}, {125, 127, 150}
  };

  private record Few(List<int[]> own) implements Dataset {
    @Override
    public String name() {
      return "few";
    }

    @Override
    public List<String> classes() {
      return List.of("own", "other", "single", "none");
    }

    @Override
    public InputShape shape() {
      return SHAPE;
    }

    @Override
    public int size() {
      return 2 * own.size() + 1;
    }

    @Override
    public int label(int index) {
      return index == 2 * own.size() ? 2 : index % 2;
    }

    @Override
    public byte[] bytes(int index) {
      int[] values = label(index) == 0 ? own.get(index / 2) : new int[] {0, 255, 7};
      return new byte[] {(byte) values[0], (byte) values[1], (byte) values[2]};
    }
  }

  private static double mean(int j) {
    double sum = 0;
    for (int[] image : IMAGES) {
      sum += image[j] / 255.0;
    }
    return sum / IMAGES.length;
  }

  /** As NumPy's np.cov: divided by n − 1. */
  private static double covariance(int j, int k) {
    double sum = 0;
    for (int[] image : IMAGES) {
      sum += (image[j] / 255.0 - mean(j)) * (image[k] / 255.0 - mean(k));
    }
    return sum / (IMAGES.length - 1);
  }

  @Test
  void samplesHaveTheMeanAndTheCovarianceOfTheImages() {
    Dataset dataset = new Few(List.of(IMAGES));
    int n = 40_000;
    double[] sums = new double[3];
    double[][] products = new double[3][3];
    for (int seed = 0; seed < n; seed++) {
      float[] x = ClassGaussian.sample(dataset, 0, seed).image().pixels();
      for (int j = 0; j < 3; j++) {
        sums[j] += x[j] - mean(j);
        for (int k = 0; k < 3; k++) {
          products[j][k] += (x[j] - mean(j)) * (x[k] - mean(k));
        }
      }
    }
    for (int j = 0; j < 3; j++) {
      double error = Math.sqrt(covariance(j, j) / n);
      assertEquals(0, sums[j] / n, 5 * error, "mean of " + j);
      for (int k = 0; k < 3; k++) {
        double size = Math.sqrt(covariance(j, j) * covariance(k, k));
        assertEquals(
            covariance(j, k), products[j][k] / n, 5 * size * Math.sqrt(2.0 / n), j + ", " + k);
      }
    }
  }

  @Test
  void ofTwoImagesASampleLiesOnTheLineThroughThem() {
    Dataset dataset = new Few(List.of(IMAGES[0], IMAGES[1]));
    float[] x = ClassGaussian.sample(dataset, 0, 3).image().pixels();
    double along = (x[0] - IMAGES[0][0] / 255.0) / ((IMAGES[1][0] - IMAGES[0][0]) / 255.0);
    for (int j = 0; j < 3; j++) {
      double expected = (IMAGES[0][j] + along * (IMAGES[1][j] - IMAGES[0][j])) / 255.0;
      assertEquals(expected, x[j], 1e-6);
    }
  }

  @Test
  void theMeanIsOfTheClassAloneAndASeedGivesTheSameSample() {
    Dataset dataset = new Few(List.of(IMAGES));
    ClassGaussian.Made made = ClassGaussian.mean(dataset, 0);
    assertEquals(IMAGES.length, made.count());
    for (int j = 0; j < 3; j++) {
      assertEquals(mean(j), made.image().pixels()[j], 1e-6);
    }
    assertEquals(ClassGaussian.sample(dataset, 0, 5), ClassGaussian.sample(dataset, 0, 5));
    assertNotEquals(ClassGaussian.sample(dataset, 0, 5), ClassGaussian.sample(dataset, 0, 6));
  }

  @Test
  void aClassWithoutImagesIsRefusedAndOneImageIsNoGaussian() {
    Dataset dataset = new Few(List.of(IMAGES));
    assertEquals(0, ClassGaussian.mean(dataset, 2).image().pixels()[0]);
    UserException one =
        assertThrows(UserException.class, () -> ClassGaussian.sample(dataset, 2, 0));
    assertTrue(one.getMessage().contains("only one image of the class \"single\""));
    UserException none = assertThrows(UserException.class, () -> ClassGaussian.mean(dataset, 3));
    assertTrue(none.getMessage().contains("no image of the class \"none\""), none.getMessage());
  }
}
