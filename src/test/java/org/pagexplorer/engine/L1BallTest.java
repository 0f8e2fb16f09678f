package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/** The projection onto ball and box together, and the sparse steps. */
class L1BallTest extends OnEveryDevice {
  private final L1Ball ball = new L1Ball();

  private NDArray rows(int n, float... values) {
    return manager.create(values, new Shape(n, 1, 1, values.length / n));
  }

  /**
   * The nearest point of {‖δ‖₁ ≤ ε, 0 ≤ x + δ ≤ 1} without what is to be proved: whatever is
   * nearest lies on some face, where each value is 0, at an end, or free with a sign, and where the
   * norm is ε or less. The nearest point of each face's plane is known; of those within, the
   * nearest wins.
   */
  private static double[] byFaces(double[] x, double[] y, double epsilon) {
    int d = x.length;
    double[] best = new double[d];
    double least = Double.POSITIVE_INFINITY;
    for (int face = 0; face < 2 * Math.pow(5, d); face++) {
      double[] point = onFace(x, y, epsilon, face);
      double distance = 0;
      double norm = 0;
      boolean within = true;
      for (int i = 0; i < d; i++) {
        distance += (point[i] - y[i]) * (point[i] - y[i]);
        norm += Math.abs(point[i]);
        within &= x[i] + point[i] >= -1e-12 && x[i] + point[i] <= 1 + 1e-12;
      }
      if (within && norm <= epsilon + 1e-12 && distance < least) {
        least = distance;
        best = point;
      }
    }
    return best;
  }

  private static double[] onFace(double[] x, double[] y, double epsilon, int face) {
    int d = x.length;
    double[] point = new double[d];
    int[] sign = new int[d];
    double rest = epsilon;
    double sum = 0;
    int free = 0;
    for (int i = 0, left = face / 2; i < d; i++, left /= 5) {
      switch (left % 5) {
        case 0 -> point[i] = 0;
        case 1 -> point[i] = -x[i];
        case 2 -> point[i] = 1 - x[i];
        default -> sign[i] = left % 5 == 3 ? 1 : -1;
      }
      rest -= Math.abs(point[i]);
      sum += sign[i] * y[i];
      free += Math.abs(sign[i]);
    }
    double shift = face % 2 == 0 || free == 0 ? 0 : (sum - rest) / free; // onto norm ε, or not
    for (int i = 0; i < d; i++) {
      point[i] = sign[i] == 0 ? point[i] : y[i] - sign[i] * shift;
    }
    return point;
  }

  @Test
  void theProjectionIsTheNearestOfAllFaces() {
    SplittableRandom random = new SplittableRandom(5);
    int bounded = 0;
    for (int round = 0; round < 300; round++) {
      double[] x = new double[4];
      double[] y = new double[4];
      for (int i = 0; i < 4; i++) {
        x[i] = (float) Math.clamp(1.4 * random.nextDouble() - 0.2, 0, 1); // some at the ends
        y[i] = (float) (random.nextGaussian() * (round % 3 + 0.2));
      }
      double epsilon = 0.1 + 1.5 * random.nextDouble();
      double[] expected = byFaces(x, y, epsilon);
      float[] found = ball.project(rows(1, floats(y)), epsilon, rows(1, floats(x))).toFloatArray();
      for (int i = 0; i < 4; i++) {
        assertEquals(expected[i], found[i], 2e-6, "round " + round + ", value " + i);
      }
      bounded += Arrays.stream(expected).map(Math::abs).sum() > epsilon - 1e-9 ? 1 : 0;
    }
    assertTrue(bounded > 100 && bounded < 290, bounded + " reach the ball's surface");
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double sum(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs(values[i]);
    }
    return sum;
  }

  /** λ by bisection in float64, of images of CIFAR's size. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 12, 300})
  void ofManyValuesItShrinksAllByTheSame(double epsilon) {
    List<Image> images = Given.imagesAtTheEdges(InputShape.CIFAR, 3, 3);
    int d = 3072;
    float[] y = Given.gaussian(3 * d, 0.7, 8);
    NDArray origin = Pixels.toArray(images, manager);
    NDArray delta = manager.create(y, origin.getShape());
    float[] found = ball.project(delta, epsilon, origin).toFloatArray();
    for (int n = 0; n < 3; n++) {
      float[] x = images.get(n).pixels();
      double low = 0;
      double high = 10;
      for (int turn = 0; turn < 80; turn++) {
        double middle = (low + high) / 2;
        double norm = 0;
        for (int i = 0; i < d; i++) {
          norm += shrunk(x[i], y[n * d + i], middle);
        }
        low = norm > epsilon ? middle : low;
        high = norm > epsilon ? high : middle;
      }
      for (int i = 0; i < d; i++) {
        double expected = Math.signum(y[n * d + i]) * shrunk(x[i], y[n * d + i], high);
        assertEquals(expected, found[n * d + i], 1e-6);
      }
      double norm = sum(found, n * d, (n + 1) * d);
      assertEquals(epsilon, norm, epsilon * 1e-5);
      assertTrue(norm <= epsilon * (1 + 1e-6), norm + " of " + epsilon);
    }
    float[] again =
        ball.project(manager.create(found, origin.getShape()), epsilon, origin).toFloatArray();
    assertArrayEquals(found, again, 1e-6f, "what is within stays as it is");
  }

  private static double shrunk(float x, float y, double level) {
    return Math.clamp(Math.abs(y) - level, 0, y > 0 ? 1.0 - x : x);
  }

  @Test
  void withoutABoxOnlyTheBallBounds() {
    float[] found = ball.project(rows(2, 3, -4, 0.5f, 0), 1).toFloatArray();
    assertArrayEquals(new float[] {0, -1, 0.5f, 0}, found, 1e-6f);
  }

  @Test
  void eachRegionHasItsOwnRadiusAndRoom() {
    NDArray radii = manager.create(new float[] {0.5f, 2}, new Shape(2, 1, 1, 1));
    NDArray mask = rows(2, 0.5f, 1, 0.5f, 0);
    float[] found =
        ball.project(rows(2, 3, 2.8f, 3, 0), radii, rows(2, 0.9f, 0.9f, 0.6f, 0), mask)
            .toFloatArray();
    // 0.2 is all that 0.9 + δ/2 has room for, 0.1 what 0.9 + δ has; 0.8 what 0.6 + δ/2 has.
    assertArrayEquals(new float[] {0.2f, 0.1f, 0.8f, 0}, found, 1e-6f);
  }

  @Test
  void aStepGoesToTheLargestGradientsInEqualShares() {
    NDArray gradient = rows(2, 1, -3, 2, 0, 0, -1e-30f, 0, 1e-31f);
    float[] found = L1Ball.sparse(gradient, new long[] {2, 1}).toFloatArray();
    assertArrayEquals(new float[] {0, -0.5f, 0.5f, 0, 0, -1, 0, 0}, found);
  }

  @Test
  void pgdsStepsChangeOnePercentOfTheValues() {
    float[] gradient = Given.gaussian(2 * 1000, 1, 4);
    float[] found = ball.direction(rows(2, gradient)).toFloatArray();
    float[] sizes = Arrays.copyOf(gradient, 1000);
    for (int i = 0; i < 1000; i++) {
      sizes[i] = Math.abs(sizes[i]);
    }
    Arrays.sort(sizes);
    for (int i = 0; i < 1000; i++) {
      boolean among = Math.abs(gradient[i]) >= sizes[990];
      assertEquals(among ? Math.signum(gradient[i]) / 10 : 0, found[i], 1e-7);
    }
    assertEquals(2, sum(found, 0, 2000), 1e-5);
  }

  @Test
  void aLargeStepIsSpreadOverAsManyValuesAsItNeedsRoomFor() {
    NDArray gradient = rows(3, Given.gaussian(3 * 1000, 1, 4));
    NDArray middle = gradient.zerosLike().add(0.5f);
    float[] found = ball.direction(gradient, middle, new float[] {5, 100, 1e6f}).toFloatArray();
    assertArrayEquals(
        new int[] {10, 200, 1000},
        new int[] {changed(found, 0), changed(found, 1), changed(found, 2)});
    assertEquals(3, sum(found, 0, 3000), 1e-5);
  }

  private static int changed(float[] rows, int row) {
    int changed = 0;
    for (int i = 0; i < 1000; i++) {
      changed += rows[row * 1000 + i] != 0 ? 1 : 0;
    }
    return changed;
  }

  /** Raw gradients may be of any size. */
  @ParameterizedTest
  @ValueSource(floats = {1e4f, 1e9f, 1e30f})
  void largeValuesAreProjectedAsExactly(float size) {
    float[] one = ball.project(rows(1, size, 0.25f, 0, -3), 0.5).toFloatArray();
    assertArrayEquals(new float[] {0.5f, 0, 0, 0}, one, 1e-7f);
    float[] two = ball.project(rows(1, size, -size, 3, 0), 0.5).toFloatArray();
    assertArrayEquals(new float[] {0.25f, -0.25f, 0, 0}, two, 1e-7f);
    NDArray origin = rows(1, 0.9f, 0.5f, 0.5f, 0.5f);
    float[] bounded = ball.project(rows(1, size, -size, 3, 0), 0.5, origin).toFloatArray();
    assertArrayEquals(new float[] {0.1f, -0.4f, 0, 0}, bounded, 1e-7f);
  }

  @Test
  void imagesFareTogetherAsAlone() {
    List<Image> images = Given.imagesAtTheEdges(InputShape.CIFAR, 5, 3);
    float[] y = Given.gaussian(5 * 3072, 0.7, 8);
    NDArray all = Pixels.toArray(images, manager);
    float[] together = ball.project(manager.create(y, all.getShape()), 12, all).toFloatArray();
    for (int n = 0; n < 5; n++) {
      NDArray own = Pixels.toArray(images.subList(n, n + 1), manager);
      float[] delta = Arrays.copyOfRange(y, n * 3072, (n + 1) * 3072);
      float[] alone = ball.project(manager.create(delta, own.getShape()), 12, own).toFloatArray();
      assertArrayEquals(alone, Arrays.copyOfRange(together, n * 3072, (n + 1) * 3072));
    }
  }

  /** Else an attack would press on full pixels for ever. */
  @Test
  void pixelsThatCannotMoveThatWayArePassedOver() {
    NDArray gradient = rows(1, 5, -4, 3, -2);
    float[] found =
        ball.direction(gradient, rows(1, 1, 0, 0.9f, 1), new float[] {0.1f}).toFloatArray();
    assertArrayEquals(new float[] {0, 0, 1, 0}, found, 1e-9f);
    float[] none = ball.direction(gradient, rows(1, 1, 0, 1, 0), new float[] {0.1f}).toFloatArray();
    assertArrayEquals(new float[4], none, 1e-9f);
  }
}
