package org.pagexplorer.lab.toy;

import java.util.List;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.engine.Pgd;
import org.pagexplorer.lab.toy.ToyNumbers.Margin;

/** Measures networks on the test points of one playground. */
public final class ToyMeasures {
  /**
   * Places to each side at which a point that is moved along a direction is asked for its class.
   */
  private static final int PLACES = 10;

  /** The raster on which margins are measured; some 0.7 of the paper's units a cell. */
  private static final int RASTER = 400;

  private final PointSet test;
  private final float[] manifold;
  private final List<Image> images;
  private final List<Goal> goals;
  private final Region searched;

  public ToyMeasures(ToyProblem problem) {
    test = problem.test();
    manifold = problem.manifold();
    images = problem.testImages();
    goals = problem.testGoals();
    Region bounds = problem.bounds();
    searched = bounds.grown(Math.max(bounds.width(), bounds.height()) / 3).ofRatio(1);
  }

  /**
   * Everything at once.
   *
   * @param attack the attack of the attacked accuracy; its ε is also that of the directions
   */
  public ToyNumbers of(Classifier f, AttackSpecification attack) {
    boolean[] right = right(f, test.xy());
    Margin[] margins = margins(f, right);
    double margin = 0;
    for (Margin each : margins) {
      margin += each.distance() / margins.length;
    }
    double[] angle = angle(f);
    double epsilon = attack.threat().epsilon();
    return new ToyNumbers(
        test.size(),
        share(right),
        attacked(f, attack),
        margin,
        angle[0],
        alongDirection(f, epsilon, 0),
        alongDirection(f, epsilon, 1),
        angle[1],
        margins);
  }

  /** Whether each of the points, as often repeated as they are given, is classified correctly. */
  private boolean[] right(Classifier f, float[] xy) {
    float[] logits = f.logits(xy);
    boolean[] right = new boolean[xy.length / 2];
    for (int i = 0; i < right.length; i++) {
      int named = logits[2 * i + 1] > logits[2 * i] ? 1 : 0;
      right[i] = named == test.labels()[i % test.size()];
    }
    return right;
  }

  private static double share(boolean[] right) {
    int count = 0;
    for (boolean each : right) {
      count += each ? 1 : 0;
    }
    return (double) count / right.length;
  }

  /** The accuracy under an attack. */
  double attacked(Classifier f, AttackSpecification attack) {
    List<AttackedImage> results =
        new Pgd(f, attack).run(images, goals, AttackObserver.NONE).orElseThrow();
    return results.stream().filter(one -> !one.success()).count() / (double) results.size();
  }

  private Margin[] margins(Classifier f, boolean[] right) {
    DecisionBoundary boundary = DecisionBoundary.of(BoundaryField.of(f, searched, RASTER, RASTER));
    Margin[] margins = new Margin[test.size()];
    for (int i = 0; i < margins.length; i++) {
      DecisionBoundary.Nearest nearest = boundary.nearest(test.x1(i), test.x2(i));
      boolean negative = !right[i] && boundary.size() > 0;
      double distance = negative ? -nearest.distance() : nearest.distance();
      margins[i] = new Margin(nearest.x1(), nearest.x2(), distance);
    }
    return margins;
  }

  /** Mean angle in degrees, and the share of zero gradients. */
  private double[] angle(Classifier f) {
    float[] gradients = InputGradients.ofDifference(f, test.xy(), 1, 0);
    double sum = 0;
    int zero = 0;
    for (int i = 0; i < test.size(); i++) {
      double norm = Math.hypot(gradients[2 * i], gradients[2 * i + 1]);
      if (norm == 0) {
        zero++;
        continue;
      }
      double dot = gradients[2 * i] * manifold[2 * i] + gradients[2 * i + 1] * manifold[2 * i + 1];
      sum += Math.toDegrees(Math.acos(Math.min(1, Math.abs(dot) / norm)));
    }
    return new double[] {sum / (test.size() - zero), (double) zero / test.size()};
  }

  /**
   * @param across 0 along the manifold, 1 across it
   */
  private double alongDirection(Classifier f, double epsilon, int across) {
    int n = test.size();
    boolean[] survived = new boolean[n];
    java.util.Arrays.fill(survived, true);
    float[] moved = new float[2 * n * (2 * PLACES + 1)];
    for (int j = -PLACES; j <= PLACES; j++) {
      double by = epsilon * j / PLACES;
      for (int i = 0; i < n; i++) {
        double u1 = across == 0 ? manifold[2 * i] : -manifold[2 * i + 1];
        double u2 = across == 0 ? manifold[2 * i + 1] : manifold[2 * i];
        int at = 2 * ((j + PLACES) * n + i);
        moved[at] = (float) (test.x1(i) + by * u1);
        moved[at + 1] = (float) (test.x2(i) + by * u2);
      }
    }
    boolean[] right = right(f, moved);
    for (int i = 0; i < right.length; i++) {
      survived[i % n] &= right[i];
    }
    return share(survived);
  }
}
