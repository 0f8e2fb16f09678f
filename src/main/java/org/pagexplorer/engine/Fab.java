package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.ArgMax;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.ThreatModel;

/**
 * Targeted FAB (Croce and Hein 2020, "Minimally distorted adversarial examples with a fast adaptive
 * boundary attack", Algorithm 1): steps onto the linearized boundary between label and target,
 * drawn toward the image itself, and a little back whenever a point is named wrongly. It minimizes
 * the distance; an image is done once a point within ε is named wrongly. It begins at the image, as
 * AutoAttack's, so that nothing is random.
 */
final class Fab {
  /** How strongly it is drawn to the image, at the most. */
  private static final double ALPHA_MAX = 0.1;

  /** Overshooting. */
  private static final double ETA = 1.05;

  /** What is left of δ after a step back. */
  private static final double BETA = 0.9;

  private static final double SMALLEST_WAY = 1e-8;

  private final Classifier f;
  private final ThreatModel threat;
  private final int iterations;
  private final Ball ball;

  Fab(Classifier classifier, ThreatModel threat, int iterations) {
    f = classifier;
    this.threat = threat;
    this.iterations = iterations;
    ball = Ball.of(threat.norm());
  }

  /**
   * Images that are classified correctly, toward a class each. Where nothing within ε is found the
   * result is the image itself.
   */
  Optional<List<Outcome>> toward(
      List<Image> images, int[] labels, int[] targets, int run, AttackObserver observer) {
    List<Standing> all = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      all.add(new Standing(images.get(i), labels[i], targets[i]));
    }
    try (NDManager manager = f.engine().manager().newSubManager()) {
      NDArray origin = Pixels.toArray(images, manager);
      Standing.Points points = new Standing.Points(origin, origin.duplicate());
      List<Standing> walks = all;
      for (int k = 0; k < iterations && !walks.isEmpty(); k++) {
        if (observer.isCancelled()) {
          return Optional.empty();
        }
        observer.step(k);
        points = step(points, walks, manager).of(walks, manager);
        walks = Standing.among(walks);
      }
    }
    return Optional.of(all.stream().map(Standing::outcome).toList());
  }

  private Standing.Points step(Standing.Points points, List<Standing> walks, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray x = points.now().duplicate();
      x.attach(scratch);
      x.setRequiresGradient(true);
      NDArray difference = difference(f.logits(x), walks);
      NDArray gradient = f.engine().autograd().gradient(difference.sum(), x);
      Standing.count(gradient, walks);
      NDArray here = points.now().duplicate();
      NDArray origin = points.origin().duplicate();
      here.attach(scratch);
      origin.attach(scratch);
      NDArray next = next(here, origin, gradient, difference.stopGradient());
      NDArray moved = back(next, origin, look(next, walks));
      return points.moved(moved, manager);
    }
  }

  /** z_t − z_y, N. */
  private static NDArray difference(NDArray logits, List<Standing> walks) {
    int[] targets = walks.stream().mapToInt(walk -> walk.target).toArray();
    return CrossEntropy.ofClass(logits, targets)
        .sub(CrossEntropy.ofClass(logits, Standing.labels(walks)));
  }

  /** A mean of the boundary's nearest points to x and to the origin, each overshot. */
  private NDArray next(NDArray x, NDArray origin, NDArray gradient, NDArray difference) {
    Shape shape = x.getShape();
    Shape rows = new Shape(shape.get(0), -1);
    NDArray w = gradient.reshape(rows);
    NDArray excess = difference.reshape(-1, 1);
    NDArray apart = origin.sub(x).reshape(rows).mul(w).sum(new int[] {1}, true);
    NDArray own = Hyperplane.way(threat.norm(), x.reshape(rows), w, excess).reshape(shape);
    NDArray straight =
        Hyperplane.way(threat.norm(), origin.reshape(rows), w, excess.add(apart)).reshape(shape);
    NDArray a = ball.norm(own).maximum(SMALLEST_WAY);
    NDArray b = ball.norm(straight).maximum(SMALLEST_WAY);
    NDArray alpha = a.div(a.add(b)).minimum(ALPHA_MAX);
    NDArray mine = own.mul(ETA).add(x).mul(alpha.neg().add(1));
    return straight.mul(ETA).add(origin).mul(alpha).add(mine).clip(0, 1);
  }

  /** Notes what is broken; which points are named wrongly, within ε or not. */
  private boolean[] look(NDArray x, List<Standing> walks) {
    float[] z = f.logits(x).stopGradient().toFloatArray();
    int classes = z.length / walks.size();
    boolean[] wrong = new boolean[walks.size()];
    for (int i = 0; i < wrong.length; i++) {
      Standing walk = walks.get(i);
      wrong[i] = ArgMax.of(Arrays.copyOfRange(z, i * classes, (i + 1) * classes)) != walk.label;
      if (wrong[i]) {
        Image point = new Image(walk.image.shape(), x.get(i).toFloatArray());
        if (threat.norm().distance(walk.image, point) <= threat.epsilon()) {
          walk.broken = true;
          walk.latest = point.pixels();
        }
      }
    }
    return wrong;
  }

  private static NDArray back(NDArray x, NDArray origin, boolean[] wrong) {
    float[] shares = new float[wrong.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = wrong[i] ? (float) BETA : 1;
    }
    NDArray share = x.getManager().create(shares, new Shape(shares.length, 1, 1, 1));
    return x.sub(origin).mul(share).add(origin);
  }
}
