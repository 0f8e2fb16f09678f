package org.pagexplorer.lab.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pagexplorer.dataset.toy.ManifoldDirection;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/**
 * The points of a playground: to train on, to test on, and how they lie.
 *
 * @param train to train on
 * @param test to measure on: fresh ones, or where the points are the user's own, at most 300 of
 *     each class of the same
 * @param manifold a unit vector a test point, u₁ and u₂ of the first, of the second, …
 */
public record ToyProblem(PointSet train, PointSet test, float[] manifold) {
  /** Section C.1: 600 test samples. */
  private static final int TEST_PER_CLASS = 300;

  /** Draws the points, or takes the user's. */
  public static ToyProblem of(ToySetup setup) {
    return switch (setup.points()) {
      case ToySetup.Points.Drawn(var shape) -> {
        SplittableRandom random = new SplittableRandom(setup.seed()).split();
        PointSet train = shape.draw(shape.trainingPoints(), random.split());
        PointSet test = shape.draw(TEST_PER_CLASS, random.split());
        yield new ToyProblem(train, test, ManifoldDirection.of(shape.isLine(), train, test));
      }
      case ToySetup.Points.Own(var points) -> {
        PointSet test = some(points);
        yield new ToyProblem(points, test, ManifoldDirection.of(false, points, test));
      }
    };
  }

  /** All points, or of a class with more than 300 evenly as many. */
  private static PointSet some(PointSet points) {
    int[] seen = new int[PointSet.CLASSES];
    int[] every = {every(points.count(0)), every(points.count(1))};
    return points.subset(
        i -> {
          int label = points.labels()[i];
          return seen[label]++ % every[label] == 0;
        });
  }

  private static int every(int count) {
    return Math.max(1, Math.ceilDiv(count, TEST_PER_CLASS));
  }

  /** The test points as the engine's images. */
  List<Image> testImages() {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      images.add(image(test.x1(i), test.x2(i)));
    }
    return images;
  }

  /** Away from each test point's label. */
  List<Goal> testGoals() {
    return java.util.Arrays.stream(test.labels()).mapToObj(Goal::leave).toList();
  }

  /** A place as an input of the network. */
  static Image image(double x1, double x2) {
    return new Image(InputShape.PLANE, new float[] {(float) x1, (float) x2});
  }

  /** The smallest region that holds all training points, at least 1 wide and high. */
  public Region bounds() {
    return Region.around(train);
  }
}
