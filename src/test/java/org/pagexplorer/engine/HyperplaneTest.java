package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;

/** FAB's projections, against bisection in float64 along the path of shortest ways. */
class HyperplaneTest extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(3, 4, 4);
  private static final int D = 48;

  private float[] way(Norm norm, float[] x, float[] w, float... excess) {
    Shape rows = new Shape(excess.length, x.length / excess.length);
    return Hyperplane.way(
            norm,
            manager.create(x, rows),
            manager.create(w, rows),
            manager.create(excess, new Shape(excess.length, 1)))
        .toFloatArray();
  }

  /** The point that is t along: every pixel goes down the normal, until it meets the box. */
  private static double[] along(Norm norm, float[] x, double[] w, double t) {
    if (norm == Norm.L1) {
      return filled(x, w, t);
    }
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      double step = norm == Norm.L2 ? w[i] : Math.signum(w[i]);
      z[i] = Math.clamp(x[i] - t * step, 0, 1);
    }
    return z;
  }

  /** The point t along in L1: its steepest pixels meet the box one after the other. */
  private static double[] filled(float[] x, double[] w, double t) {
    double[] z = new double[x.length];
    Arrays.setAll(z, i -> x[i]);
    double left = t;
    List<Integer> steepest =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(w[i])))
            .toList();
    for (int i : steepest) {
      double end = Math.clamp(x[i] - left * Math.signum(w[i]), 0, 1);
      left -= Math.abs(end - x[i]);
      z[i] = end;
    }
    return z;
  }

  private static double value(double[] w, double[] z) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      sum += w[i] * z[i];
    }
    return sum;
  }

  private static double[] reference(Norm norm, float[] x, float[] w, double excess) {
    double[] down = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      down[i] = excess >= 0 ? w[i] : -w[i];
    }
    double wanted = value(down, along(norm, x, down, 0)) - Math.abs(excess);
    double low = 0;
    double high = 1e6;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      boolean reached = value(down, along(norm, x, down, middle)) <= wanted;
      low = reached ? low : middle;
      high = reached ? middle : high;
    }
    return along(norm, x, down, high);
  }

  @ParameterizedTest
  @CsvSource({
    "L2, 0.3",
    "L2, -2",
    "L2, 6",
    "LINF, 0.3",
    "LINF, -2",
    "LINF, 6",
    "L2, 0",
    "L1, 0.3",
    "L1, -2",
    "L1, 6"
  })
  void theWayIsTheShortestOneWithinTheBox(Norm norm, float excess) {
    List<Image> images = Given.imagesAtTheEdges(SHAPE, 6, 3);
    float[] w = Given.gaussian(6 * D, 1, 4);
    w[7] = 0;
    float[] excesses = new float[6];
    Arrays.fill(excesses, excess);
    float[] ways = way(norm, Given.concatenated(images), w, excesses);
    for (int n = 0; n < 6; n++) {
      float[] x = images.get(n).pixels();
      float[] own = Arrays.copyOfRange(w, n * D, (n + 1) * D);
      double[] expected = reference(norm, x, own, excess);
      double moved = 0;
      for (int i = 0; i < D; i++) {
        assertEquals(expected[i], x[i] + (double) ways[n * D + i], 2e-5, n + ", " + i);
        moved += (double) own[i] * ways[n * D + i];
      }
      assertEquals(-excess, moved, 1e-4);
    }
  }

  /** No point of the box lies on it: the corner that comes closest, and nothing beyond. */
  @ParameterizedTest
  @EnumSource(Norm.class)
  void whereNoPointOfTheBoxLiesOnItItLeadsToTheNearestCorner(Norm norm) {
    float[] x = {0.25f, 0.5f, 1, 0};
    float[] w = {1, -2, 0.5f, 0};
    float[] found = way(norm, x, w, 100);
    float[] corner = {-0.25f, 0.5f, -1, 0};
    assertTrue(Given.largestDifference(corner, found) < 1e-6, Arrays.toString(found));
  }

  /** Gradients of saturated networks. */
  @ParameterizedTest
  @CsvSource({"L2, 1e-30", "LINF, 1e-30", "L2, 1e20", "LINF, 1e20", "L1, 1e-30", "L1, 1e20"})
  void theScaleOfTheNormalDoesNotMatter(Norm norm, float scale) {
    float[] x = {0.25f, 0.5f, 0.75f, 0.5f};
    float[] w = {1, -2, 0.5f, 1};
    float[] scaled = {scale, -2 * scale, scale / 2, scale};
    float[] expected = way(norm, x, w, 0.5f);
    assertTrue(Given.largestDifference(expected, way(norm, x, scaled, scale / 2)) < 1e-6);
  }

  @Test
  void withoutANormalThereIsNoWay() {
    for (Norm norm : Norm.values()) {
      float[] none = way(norm, new float[] {0.25f, 1}, new float[2], 0.5f);
      assertEquals(0, Given.norm(none), norm.title());
    }
  }
}
