package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.domain.ArgMax;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.ThreatModel;

/**
 * Auto-PGD (Croce and Hein 2020, Algorithm 1): gradient ascent with momentum whose step size, each
 * image's own, begins at 2ε and is halved at checkpoints where the loss has not risen often enough;
 * it then goes on from the best point so far.
 *
 * <p>The first point is random, as {@link RandomStart} draws it. Images are dropped at the next
 * checkpoint once one of their points is named wrongly.
 */
final class Apgd implements UntargetedAttack {
  /** Share of the old direction that is kept: 1 − α. */
  private static final double MOMENTUM = 0.25;

  private final Classifier f;
  private final ThreatModel threat;
  private final Ball ball;
  private final int iterations;
  private final long seed;

  /** What is ascended: N losses of N × C logits. */
  @FunctionalInterface
  private interface Loss {
    NDArray of(NDArray logits, int[] labels, int[] targets);
  }

  Apgd(Classifier classifier, ThreatModel threat, int iterations, long seed) {
    f = classifier;
    this.threat = threat;
    this.iterations = iterations;
    this.seed = seed;
    ball = Ball.of(threat.norm());
  }

  /**
   * On the cross-entropy: APGD-CE. Its log-odds rise and fall with it and have the gradient's
   * direction, but do not saturate in float32.
   */
  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    Autograd autograd = f.engine().autograd();
    Loss logOdds = (z, right, _) -> autograd.logOddsAgainst(z, right);
    return ascend(images, labels, labels, logOdds, 0, observer);
  }

  /** On the difference of logits ratio toward a target each: a part of APGD-T. */
  Optional<List<Outcome>> toward(
      List<Image> images, int[] labels, int[] targets, int run, AttackObserver observer) {
    return ascend(images, labels, targets, LogitsRatio::targeted, run, observer);
  }

  private Optional<List<Outcome>> ascend(
      List<Image> images,
      int[] labels,
      int[] targets,
      Loss loss,
      int run,
      AttackObserver observer) {
    List<ApgdClimb> all = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      all.add(new ApgdClimb(i, labels[i], targets[i], 2 * threat.epsilon()));
    }
    float[][] best = new float[all.size()][];
    try (NDManager manager = f.engine().manager().newSubManager()) {
      List<ApgdClimb> climbs = all;
      ApgdPoints points = start(images, targets, run, manager);
      List<Integer> checkpoints = ApgdCheckpoints.of(iterations);
      int last = 0;
      for (int k = 0; k <= iterations && !climbs.isEmpty(); k++) {
        if (observer.isCancelled()) {
          return Optional.empty();
        }
        observer.step(k);
        boolean checkpoint = checkpoints.contains(k);
        points = step(points, climbs, loss, k, checkpoint ? k - last : 0, manager);
        if (checkpoint) {
          last = k;
          points = dropBroken(points, climbs, manager);
          climbs = climbs.stream().filter(climb -> climb.broken == null).toList();
        }
      }
      for (int i = 0; i < climbs.size(); i++) {
        best[climbs.get(i).index] = points.best(i);
      }
    }
    return Optional.of(outcomes(all, best, images));
  }

  private ApgdPoints start(List<Image> images, int[] targets, int run, NDManager manager) {
    NDArray origin = Pixels.toArray(images, manager);
    int size = images.getFirst().pixels().length;
    float[] delta = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      float[] own = RandomStart.of(threat, images.get(i), Goal.leave(targets[i]), seed, run);
      System.arraycopy(own, 0, delta, i * size, size);
    }
    NDArray now = origin.add(manager.create(delta, origin.getShape())).clip(0, 1);
    return new ApgdPoints(
        origin, now, now.duplicate(), now.duplicate(), manager.zeros(now.getShape()));
  }

  /**
   * Looks at the current points, and steps on from them unless they are the last.
   *
   * @param since the last checkpoint, if this is one, else 0
   */
  private ApgdPoints step(
      ApgdPoints points, List<ApgdClimb> climbs, Loss loss, int k, int since, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray x = points.now().stopGradient();
      x.attach(scratch);
      boolean last = k == iterations;
      x.setRequiresGradient(!last);
      NDArray logits = f.logits(x);
      NDArray losses = loss.of(logits, labels(climbs), targets(climbs));
      NDArray rose = mask(lookAt(points, climbs, logits, losses), points, scratch);
      NDArray here = points.now().duplicate();
      here.attach(scratch);
      NDArray best = NDArrays.where(rose, here, points.best());
      if (last) {
        return points.moved(
            here.duplicate(), here, best, points.bestGradient().duplicate(), manager);
      }
      NDArray gradient = f.engine().autograd().gradient(losses.sum(), x);
      count(gradient, climbs);
      NDArray bestGradient = NDArrays.where(rose, gradient, points.bestGradient());
      if (since > 0) {
        NDArray halved = mask(halved(climbs, since), points, scratch);
        here = NDArrays.where(halved, best, here);
        gradient = NDArrays.where(halved, bestGradient, gradient);
      }
      here.attach(scratch); // so that all that is made of it is freed with it
      NDArray next = next(here, points, gradient, climbs, k, scratch);
      return points.moved(next, here, best, bestGradient, manager);
    }
  }

  /** Notes losses and broken images; which points are the best so far. */
  private static boolean[] lookAt(
      ApgdPoints points, List<ApgdClimb> climbs, NDArray logits, NDArray losses) {
    float[] z = logits.stopGradient().toFloatArray();
    float[] values = losses.stopGradient().toFloatArray();
    int classes = z.length / climbs.size();
    boolean[] rose = new boolean[climbs.size()];
    for (int i = 0; i < rose.length; i++) {
      ApgdClimb climb = climbs.get(i);
      rose[i] = climb.rose(values[i]);
      int named = ArgMax.of(Arrays.copyOfRange(z, i * classes, (i + 1) * classes));
      if (named != climb.label && climb.broken == null) {
        climb.broken = points.now(i);
      }
    }
    return rose;
  }

  /** Images whose step size is halved go on from their best point. */
  private static boolean[] halved(List<ApgdClimb> climbs, int since) {
    boolean[] halved = new boolean[climbs.size()];
    for (int i = 0; i < halved.length; i++) {
      halved[i] = climbs.get(i).halves(since);
    }
    return halved;
  }

  /** As large as the points. */
  private static NDArray mask(boolean[] images, ApgdPoints points, NDManager scratch) {
    return scratch
        .create(images)
        .reshape(images.length, 1, 1, 1)
        .broadcast(points.now().getShape());
  }

  private static void count(NDArray gradient, List<ApgdClimb> climbs) {
    float[] largest = new Ball.LInfinity().norm(gradient).toFloatArray();
    for (int i = 0; i < largest.length; i++) {
      climbs.get(i).gradients++;
      climbs.get(i).zeroGradients += largest[i] == 0 ? 1 : 0;
    }
  }

  /** z = P(x + η·step(∇)), then P(x + α(z − x) + (1 − α)(x − x_before)); the first step is z. */
  private NDArray next(
      NDArray x,
      ApgdPoints points,
      NDArray gradient,
      List<ApgdClimb> climbs,
      int k,
      NDManager scratch) {
    float[] sizes = new float[climbs.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (float) climbs.get(i).stepSize;
    }
    NDArray eta = scratch.create(sizes, new Shape(sizes.length, 1, 1, 1));
    NDArray z = project(ball.direction(gradient).mul(eta).add(x), points.origin());
    if (k == 0) {
      return z;
    }
    NDArray momentum = x.sub(points.before()).mul(MOMENTUM);
    return project(z.sub(x).mul(1 - MOMENTUM).add(x).add(momentum), points.origin());
  }

  private NDArray project(NDArray x, NDArray origin) {
    return ball.project(x.sub(origin), threat.epsilon()).add(origin).clip(0, 1);
  }

  private static ApgdPoints dropBroken(
      ApgdPoints points, List<ApgdClimb> climbs, NDManager manager) {
    long[] kept =
        IntStream.range(0, climbs.size())
            .filter(i -> climbs.get(i).broken == null)
            .asLongStream()
            .toArray();
    return kept.length == climbs.size() || kept.length == 0 ? points : points.only(kept, manager);
  }

  private static List<Outcome> outcomes(List<ApgdClimb> all, float[][] best, List<Image> images) {
    List<Outcome> outcomes = new ArrayList<>();
    for (ApgdClimb climb : all) {
      float[] broken = climb.broken;
      float[] pixels = broken == null ? best[climb.index] : broken;
      double zero = climb.gradients == 0 ? 0 : (double) climb.zeroGradients / climb.gradients;
      Image result = new Image(images.get(climb.index).shape(), pixels);
      outcomes.add(new Outcome(result, broken == null, zero));
    }
    return outcomes;
  }

  private static int[] labels(List<ApgdClimb> climbs) {
    return climbs.stream().mapToInt(climb -> climb.label).toArray();
  }

  private static int[] targets(List<ApgdClimb> climbs) {
    return climbs.stream().mapToInt(climb -> climb.target).toArray();
  }
}
