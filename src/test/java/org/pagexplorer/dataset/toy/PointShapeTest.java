package org.pagexplorer.dataset.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PointShapeTest {
  private static final double[][] CENTERS = {{-50, -10, 30}, {-30, 10, 50}};

  /** Section C.1: 1,000 points a mode, x₁ ~ N(c, 1), x₂ = 2x₁. */
  @Test
  void linesModesHaveThePapersMomentsAndLieOnTheLine() {
    PointSet points = PointShape.LINE.draw(3000, new SplittableRandom(5));
    assertEquals(6000, points.size());
    for (int label = 0; label < 2; label++) {
      assertEquals(3000, points.count(label));
      for (double center : CENTERS[label]) {
        int of = label;
        PointSet mode =
            points.subset(i -> points.labels()[i] == of && Math.abs(points.x1(i) - center) < 10);
        assertEquals(1000, mode.size());
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < mode.size(); i++) {
          assertEquals(2 * mode.x1(i), mode.x2(i));
          mean += mode.x1(i) / mode.size();
          squares += Math.pow(mode.x1(i) - center, 2) / mode.size();
        }
        // four standard errors of a mean and of a variance of 1,000 points
        assertEquals(center, mean, 4 / Math.sqrt(1000));
        assertEquals(1, squares, 4 * Math.sqrt(2.0 / 1000));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sameSeedDrawsTheSamePointsOfBothClasses(PointShape shape) {
    PointSet points = shape.draw(120, new SplittableRandom(3));
    assertEquals(points, shape.draw(120, new SplittableRandom(3)));
    assertNotEquals(points, shape.draw(120, new SplittableRandom(4)));
    assertEquals(120, points.count(0));
    assertEquals(120, points.count(1));
    for (int i = 0; i < points.size(); i++) {
      assertTrue(Math.abs(points.x1(i)) < 130 && Math.abs(points.x2(i)) < 130, "point " + i);
    }
  }

  @Test
  void epsilonFollowsThePointsAndIsThePapersOnItsLine() {
    assertEquals(15, Separation.epsilonOf(PointShape.LINE));
    // The rule that other points get would give nearly the same.
    assertEquals(15, Separation.epsilon(PointShape.LINE.draw(3000, new SplittableRandom(1))), 1.5);
    PointSet apart = PointSet.EMPTY.with(0, 0, 0).with(1, 0, 0).with(11, 0, 1).with(12, 0, 1);
    assertEquals(0.4 * 11, Separation.epsilon(apart), 0.4);
    assertEquals(0, Separation.epsilon(PointSet.EMPTY.with(0, 0, 0)));
  }
}
