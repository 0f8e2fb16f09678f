package org.pagexplorer.lab.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.TorchEngine;

class BoundaryTest {
  private static final Region REGION = new Region(-3, -2, 6, 4);

  private static TorchEngine engine;
  private static Classifier f;

  @BeforeAll
  static void open() {
    engine = TorchEngine.open("cpu");
    TorchEngine.useThreads(1);
    f = untrained(0);
    for (int seed = 1; difference(-1, -1) > 0 == difference(1, 1) > 0; seed++) {
      f.close();
      f = untrained(seed);
    }
  }

  private static Classifier untrained(long seed) {
    Architecture architecture = Architecture.mlp(16, InputShape.PLANE, 2);
    return Classifier.of(
        engine,
        architecture,
        Normalization.identity(2),
        Initialization.of(architecture, seed),
        Precision.EXACT);
  }

  @AfterAll
  static void close() {
    f.close();
    engine.close();
  }

  private static double difference(double x1, double x2) {
    float[] logits = f.logits(new float[] {(float) x1, (float) x2});
    return logits[1] - logits[0];
  }

  @Test
  void rasterIsTheClassifierAtEachPixelsMiddle() {
    BoundaryField field = BoundaryField.of(f, REGION, 150, 101);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      int column = random.nextInt(150);
      int row = random.nextInt(101);
      double x1 = -3 + 6 * (column + 0.5) / 150;
      double x2 = -2 + 4 * (row + 0.5) / 101;
      assertEquals(difference(x1, x2), field.at(column, row), 1e-5);
    }
  }

  @Test
  void classifierChangesItsMindAcrossEachPieceOfTheBoundary() {
    DecisionBoundary boundary = DecisionBoundary.of(BoundaryField.of(f, REGION, 300, 200));
    assertTrue(boundary.size() > 100, "only " + boundary.size() + " pieces");
    double cell = 0.02;
    for (int i = 0; i < boundary.pieces().length; i += 4) {
      double x1 = (boundary.pieces()[i] + boundary.pieces()[i + 2]) / 2;
      double x2 = (boundary.pieces()[i + 1] + boundary.pieces()[i + 3]) / 2;
      double lowest = Double.POSITIVE_INFINITY;
      double highest = Double.NEGATIVE_INFINITY;
      for (int corner = 0; corner < 9; corner++) {
        double at = difference(x1 + cell * (corner % 3 - 1), x2 + cell * (corner / 3 - 1));
        lowest = Math.min(lowest, at);
        highest = Math.max(highest, at);
      }
      assertTrue(lowest <= 0 && highest >= 0, "no change at " + x1 + ", " + x2);
    }
  }

  /** Against asking the classifier on ever larger circles. */
  @Test
  void marginIsTheSmallestRadiusAtWhichTheClassifierNamesTheOther() {
    Region searched = new Region(-6, -6, 12, 12);
    DecisionBoundary boundary = DecisionBoundary.of(BoundaryField.of(f, searched, 800, 800));
    SplittableRandom random = new SplittableRandom(2);
    int found = 0;
    for (int i = 0; i < 12; i++) {
      double x1 = random.nextDouble(-2, 2);
      double x2 = random.nextDouble(-2, 2);
      double radius = smallestRadius(x1, x2);
      if (radius < 3) {
        found++;
        assertEquals(radius, boundary.nearest(x1, x2).distance(), 0.02);
      }
    }
    assertTrue(found >= 6, "only " + found + " points have a boundary near");
  }

  private static double smallestRadius(double x1, double x2) {
    boolean named = difference(x1, x2) > 0;
    for (double radius = 0.005; radius < 3; radius += 0.01) {
      float[] circle = new float[720];
      for (int k = 0; k < 360; k++) {
        circle[2 * k] = (float) (x1 + radius * Math.cos(k * Math.PI / 180));
        circle[2 * k + 1] = (float) (x2 + radius * Math.sin(k * Math.PI / 180));
      }
      float[] logits = f.logits(circle);
      for (int k = 0; k < 360; k++) {
        if (logits[2 * k + 1] - logits[2 * k] > 0 != named) {
          return radius;
        }
      }
    }
    return 3;
  }

  @Test
  void aStraightBoundaryIsFoundWhereItIs() {
    float[] values = new float[20 * 20];
    Region square = new Region(0, 0, 20, 20);
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 20 + 0.5f - 7.25f; // zero at x₁ = 7.25
    }
    DecisionBoundary line = DecisionBoundary.of(new BoundaryField(square, 20, 20, values));
    assertEquals(19, line.size());
    assertEquals(2.75, line.nearest(10, 10).distance(), 1e-5);
    assertEquals(7.25, line.nearest(10, 10).x1(), 1e-5);
    assertEquals(10, line.nearest(10, 10).x2(), 1e-9);
    String csv = DecisionBoundary.csv(Map.of("1 a, b", line));
    assertEquals(20, csv.lines().count());
    assertTrue(csv.contains("\n1 a b,7.25,"), csv);
  }

  @Test
  void withoutABoundaryTheDistanceIsInfinite() {
    BoundaryField field = new BoundaryField(REGION, 2, 2, new float[] {1, 2, 3, 4});
    assertEquals(0, DecisionBoundary.of(field).size());
    assertEquals(Double.POSITIVE_INFINITY, DecisionBoundary.of(field).nearest(0, 0).distance());
  }
}
