package org.pagexplorer.dataset.toy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.Method;

class PointSetTest {
  private static final PointSet POINTS =
      PointSet.EMPTY.with(0, 0, 0).with(3, 4, 1).with(0, 1, 0).with(10, 0, 1);

  @Test
  void pointsAreAddedAndErased() {
    assertEquals(4, POINTS.size());
    assertEquals(2, POINTS.count(1));
    PointSet without = POINTS.without(0, 0, 1.5);
    assertArrayEquals(new float[] {3, 4, 10, 0}, without.xy());
    assertFalse(without.isLearnable());
    assertTrue(POINTS.isLearnable());
    assertEquals(1, POINTS.nearest(4, 4));
  }

  @Test
  void manifoldOfAnyPointsIsTheirLocalPrincipalDirection() {
    PointSet circle = PointSet.EMPTY;
    for (int i = 0; i < 400; i++) {
      double angle = 2 * Math.PI * i / 400;
      circle = circle.with(50 * Math.cos(angle), 50 * Math.sin(angle), i % 2);
    }
    float[] directions = ManifoldDirection.of(false, circle, circle);
    for (int i = 0; i < circle.size(); i++) {
      double radial =
          (directions[2 * i] * circle.x1(i) + directions[2 * i + 1] * circle.x2(i)) / 50;
      assertEquals(0, radial, 1e-3, "a circle's tangent is across its radius");
      assertEquals(1, Math.hypot(directions[2 * i], directions[2 * i + 1]), 1e-6);
    }
  }

  @Test
  void manifoldOfTheLineIsTheLine() {
    float[] directions = ManifoldDirection.of(true, POINTS, POINTS);
    assertEquals(1 / Math.sqrt(5), directions[0], 1e-6);
    assertEquals(2 / Math.sqrt(5), directions[1], 1e-6);
    PointSet line = PointShape.LINE.draw(300, new SplittableRandom(1));
    float[] local = ManifoldDirection.of(false, line, line);
    assertEquals(2, local[1] / local[0], 1e-2);
  }

  /** Section 4.2, read off word by word. */
  @ParameterizedTest
  @EnumSource(names = {"NEAREST_NEIGHBOR", "CLASS_MEAN", "ONE_IMAGE"})
  void directionsGoToTheRepresentative(Method method) {
    PointSet points = PointShape.BLOBS.draw(40, new SplittableRandom(2));
    Representatives found =
        Representatives.of(method, points, Integer.MAX_VALUE, new SplittableRandom(0));
    for (int y = 0; y < 2; y++) {
      for (int i = 0; i < points.size(); i++) {
        double[] r = representative(method, points, y, i);
        assertEquals(r[0] - points.x1(i), found.directions(y)[2 * i], 1e-4);
        assertEquals(r[1] - points.x2(i), found.directions(y)[2 * i + 1], 1e-4);
      }
    }
  }

  private static double[] representative(Method method, PointSet points, int y, int i) {
    double[] mean = new double[2];
    for (int j = 0; j < points.size(); j++) {
      if (points.labels()[j] == y) {
        mean[0] += points.x1(j) / points.count(y);
        mean[1] += points.x2(j) / points.count(y);
      }
    }
    if (method == Method.CLASS_MEAN) {
      return mean;
    }
    double[] from = method == Method.ONE_IMAGE ? mean : new double[] {points.x1(i), points.x2(i)};
    double[] nearest = {0, 0};
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < points.size(); j++) {
      double distance = Math.hypot(points.x1(j) - from[0], points.x2(j) - from[1]);
      boolean itself = method == Method.NEAREST_NEIGHBOR && distance == 0;
      if (points.labels()[j] == y && !itself && distance < smallest) {
        smallest = distance;
        nearest = new double[] {points.x1(j), points.x2(j)};
      }
    }
    return nearest;
  }

  @Test
  void nearestNeighborsComeFromALimitedSeededSample() {
    PointSet points = PointShape.LINE.draw(300, new SplittableRandom(2));
    Representatives few =
        Representatives.of(Method.NEAREST_NEIGHBOR, points, 5, new SplittableRandom(7));
    java.util.Set<Integer> places = new java.util.TreeSet<>();
    for (int i = 0; i < points.size(); i++) {
      places.add(Math.round(1000 * (points.x1(i) + few.directions(1)[2 * i])));
    }
    assertTrue(places.size() <= 5 && places.size() > 1, "lead to " + places);
    assertArrayEquals(
        few.directions(0),
        Representatives.of(Method.NEAREST_NEIGHBOR, points, 5, new SplittableRandom(7))
            .directions(0));
  }
}
