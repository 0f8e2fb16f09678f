package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

/**
 * Auto-PGD for L1 (Croce and Hein 2021, "Mind the box", Algorithm 1, as AutoAttack runs it): steps
 * of ε in few values, their number adapted to how sparse the best point is, each projected onto
 * ball and box together. It climbs in a ball three times as large first, then in one twice as
 * large, then in the ball itself, where alone a point counts; in AutoAttack's version for
 * randomized models in the ball itself only.
 *
 * <p>The first point is a Gaussian sample, projected. Images are dropped once one of their points
 * is named wrongly.
 */
final class ApgdL1 implements ByTarget.Targeted {
  private final Classifier f;
  private final Expectation expectation;
  private final Apgd.Loss loss;
  private final ThreatModel threat;
  private final int iterations;
  private final long seed;
  private final boolean isAlone;
  private final L1Ball ball = new L1Ball();

  ApgdL1(Classifier classifier, RobustnessAttack attack, Apgd.Loss loss) {
    f = classifier;
    this.loss = loss;
    threat = attack.threat();
    iterations = attack.iterations();
    seed = attack.seed();
    isAlone = attack.method() == AttackMethod.AUTOATTACK_RAND;
    expectation = new Expectation(classifier, attack.draws());
  }

  /**
   * One of the climbs.
   *
   * @param first its number of the iterations, from 0
   * @param epsilon its radius
   * @param counts whether points that are named wrongly count
   */
  private record Stage(int first, int iterations, double epsilon, boolean counts) {

    /** When the sparsity is adapted. */
    boolean isCheckpoint(int k) {
      return k > 0 && k < iterations && k % Math.max(1, iterations * 4 / 100) == 0;
    }
  }

  private List<Stage> stages() {
    if (isAlone) {
      return List.of(new Stage(0, iterations, threat.epsilon(), true));
    }
    int early = Math.ceilDiv(3 * iterations, 10);
    int second = Math.min(early, iterations - early);
    double epsilon = threat.epsilon();
    return List.of(
        new Stage(0, early, 3 * epsilon, false),
        new Stage(early, second, 2 * epsilon, false),
        new Stage(early + second, iterations - early - second, epsilon, true));
  }

  /** Away from the labels, so many times on what is left. */
  UntargetedAttack begun(int starts) {
    return new AttackSuite(
        f,
        IntStream.range(0, starts)
            .<UntargetedAttack>mapToObj(
                run -> (images, labels, observer) -> toward(images, labels, labels, run, observer))
            .toList());
  }

  @Override
  public Optional<List<Outcome>> toward(
      List<Image> images, int[] labels, int[] targets, int run, AttackObserver observer) {
    List<SparseClimb> all = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      all.add(new SparseClimb(i, labels[i], targets[i]));
    }
    float[][] best = new float[all.size()][];
    try (NDManager manager = f.engine().manager().newSubManager()) {
      List<SparseClimb> climbs = all;
      ApgdPoints points = start(images, targets, run, manager);
      if (!isAlone) {
        points = begin(points, climbs, stages().getFirst(), manager); // projected twice, as theirs
      }
      for (Stage stage : stages()) {
        points = begin(points, climbs, stage, manager);
        for (int k = 0; k <= stage.iterations() && !climbs.isEmpty(); k++) {
          if (observer.isCancelled()) {
            return Optional.empty();
          }
          observer.step(stage.first() + k);
          points = step(points, climbs, stage, k, manager);
          if (stage.counts()) {
            points = Apgd.dropBroken(points, climbs, manager);
            climbs = climbs.stream().filter(climb -> climb.broken == null).toList();
          }
        }
      }
      for (int i = 0; i < climbs.size(); i++) {
        best[climbs.get(i).index] = points.best(i);
      }
    }
    return Optional.of(Apgd.outcomes(all, best, images));
  }

  private ApgdPoints start(List<Image> images, int[] targets, int run, NDManager manager) {
    NDArray origin = Pixels.toArray(images, manager);
    int size = images.getFirst().pixels().length;
    float[] delta = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      float[] own = RandomStart.gaussian(images.get(i), Goal.leave(targets[i]), seed, run);
      System.arraycopy(own, 0, delta, i * size, size);
    }
    NDArray now = origin.add(manager.create(delta, origin.getShape()));
    return new ApgdPoints(
        origin, now, now.duplicate(), now.duplicate(), manager.zeros(now.getShape()));
  }

  /** A stage begins at the best points of the one before, within its own ball. */
  private ApgdPoints begin(
      ApgdPoints points, List<SparseClimb> climbs, Stage stage, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray best = points.best().duplicate();
      best.attach(scratch);
      NDArray now = best.add(change(best.sub(points.origin()), points, stage)).clip(0, 1);
      long[] changed = changed(now, points.origin());
      for (int i = 0; i < changed.length; i++) {
        if (isAlone) {
          climbs.get(i).beginAlone(values(now), stage.epsilon());
        } else {
          climbs.get(i).begin(changed[i], values(now), stage.epsilon());
        }
      }
      NDArray none = now.zerosLike();
      return points.moved(now, now.duplicate(), now.duplicate(), none, manager);
    }
  }

  /** Looks at the current points, and steps on from them unless they are the last. */
  private ApgdPoints step(
      ApgdPoints points, List<SparseClimb> climbs, Stage stage, int k, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      boolean last = k == stage.iterations();
      NDArray here = points.now().duplicate();
      here.attach(scratch);
      Expectation.View view =
          expectation.at(here, z -> loss.of(z, Apgd.labels(climbs), Apgd.targets(climbs)), !last);
      NDArray rose = Apgd.mask(Apgd.lookAt(points, climbs, view), points, scratch);
      NDArray best = NDArrays.where(rose, here, points.best());
      if (last) {
        return points.moved(
            here.duplicate(), here, best, points.bestGradient().duplicate(), manager);
      }
      NDArray gradient = view.slope();
      Apgd.count(gradient, climbs);
      NDArray bestGradient = NDArrays.where(rose, gradient, points.bestGradient());
      if (stage.isCheckpoint(k)) {
        NDArray back = Apgd.mask(adapted(best, points, climbs, stage), points, scratch);
        here = NDArrays.where(back, best, here);
        gradient = NDArrays.where(back, bestGradient, gradient);
      }
      here.attach(scratch); // so that all that is made of it is freed with it
      NDArray next = next(here, points, gradient, climbs, stage);
      return points.moved(next, here, best, bestGradient, manager);
    }
  }

  /** Who goes on from the best point. */
  private static boolean[] adapted(
      NDArray best, ApgdPoints points, List<SparseClimb> climbs, Stage stage) {
    long[] changed = changed(best, points.origin());
    boolean[] back = new boolean[changed.length];
    for (int i = 0; i < back.length; i++) {
      back[i] = climbs.get(i).adapts(changed[i], values(best), stage.epsilon());
    }
    return back;
  }

  /** How many values of each image are not the original's. */
  private static long[] changed(NDArray x, NDArray origin) {
    try (NDArray sums = x.neq(origin).reshape(x.getShape().get(0), -1).sum(new int[] {1})) {
      return sums.toLongArray();
    }
  }

  private static int values(NDArray x) {
    return Math.toIntExact(x.size() / x.getShape().get(0));
  }

  private NDArray next(
      NDArray x, ApgdPoints points, NDArray gradient, List<SparseClimb> climbs, Stage stage) {
    int values = values(x);
    long[] counts = climbs.stream().mapToLong(climb -> climb.count(values)).toArray();
    float[] sizes = new float[climbs.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (float) climbs.get(i).stepSize;
    }
    NDArray eta = x.getManager().create(sizes, new Shape(sizes.length, 1, 1, 1));
    NDArray moved = L1Ball.sparse(gradient, counts).mul(eta).add(x);
    NDArray delta = moved.sub(points.origin());
    return delta.add(points.origin()).add(change(delta, points, stage)).clip(0, 1);
  }

  /**
   * By what the projection changes δ. It is added, as in the authors' code, since sparsity is
   * counted by rounding, too: of values that the projection puts back, many differ from the image's
   * by a last bit, and steps take ten times as many values as without those.
   */
  private NDArray change(NDArray delta, ApgdPoints points, Stage stage) {
    return ball.project(delta, stage.epsilon(), points.origin()).sub(delta);
  }
}
