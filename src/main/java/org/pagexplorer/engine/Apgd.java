package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.domain.ArgMax;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

/**
 * Auto-PGD (Croce and Hein 2020, Algorithm 1): gradient ascent with momentum whose step size, each
 * image's own, begins at 2ε and is halved at checkpoints where the loss has not risen often enough;
 * it then goes on from the best point so far.
 *
 * <p>The first point is random, as {@link RandomStart} draws it. Images are dropped at the next
 * checkpoint once one of their points is named wrongly. Of a randomized model each point is seen
 * several times, and what counts is the mean.
 */
final class Apgd implements UntargetedAttack {
  /** Share of the old direction that is kept: 1 − α. */
  private static final double MOMENTUM = 0.25;

  private final Classifier f;
  private final Expectation expectation;
  private final Loss loss;
  private final ThreatModel threat;
  private final Ball ball;
  private final int iterations;
  private final long seed;

  /** The untargeted difference of logits ratio. */
  static final Loss RATIO = (z, labels, _) -> LogitsRatio.untargeted(z, labels);

  /** The same toward a target each. */
  static final Loss TARGETED_RATIO = LogitsRatio::targeted;

  /** What is ascended: N losses of N × C logits. */
  @FunctionalInterface
  interface Loss {
    NDArray of(NDArray logits, int[] labels, int[] targets);
  }

  private Apgd(Classifier classifier, RobustnessAttack attack, int iterations, Loss loss) {
    f = classifier;
    this.loss = loss;
    threat = attack.threat();
    this.iterations = iterations;
    seed = attack.seed();
    expectation = new Expectation(classifier, attack.draws());
    ball = Ball.of(threat.norm());
  }

  /**
   * The cross-entropy by its log-odds, which rise and fall with it and have its gradient's
   * direction, but do not saturate in float32.
   */
  static Loss crossEntropy(Classifier f) {
    Autograd autograd = f.engine().autograd();
    return (z, labels, _) -> autograd.logOddsAgainst(z, labels);
  }

  /** On the cross-entropy: APGD-CE. */
  static Apgd onCrossEntropy(Classifier f, RobustnessAttack attack) {
    return onCrossEntropy(f, attack, attack.iterations());
  }

  /** With so many iterations; 0 for the first point alone. */
  static Apgd onCrossEntropy(Classifier f, RobustnessAttack attack, int iterations) {
    return new Apgd(f, attack, iterations, crossEntropy(f));
  }

  /** On the difference of logits ratio: APGD-DLR. */
  static Apgd onRatio(Classifier f, RobustnessAttack attack) {
    return new Apgd(f, attack, attack.iterations(), RATIO);
  }

  /** On the difference of logits ratio toward a target each: a part of APGD-T. */
  static Apgd onTargetedRatio(Classifier f, RobustnessAttack attack) {
    return new Apgd(f, attack, attack.iterations(), TARGETED_RATIO);
  }

  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    return toward(images, labels, labels, 0, observer);
  }

  /**
   * Toward a target each, where the loss has one.
   *
   * @param run another begins elsewhere
   */
  Optional<List<Outcome>> toward(
      List<Image> images, int[] labels, int[] targets, int run, AttackObserver observer) {
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
        points = step(points, climbs, k, checkpoint ? k - last : 0, manager);
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
      ApgdPoints points, List<ApgdClimb> climbs, int k, int since, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      boolean last = k == iterations;
      NDArray here = points.now().duplicate();
      here.attach(scratch);
      Expectation.View view =
          expectation.at(here, z -> loss.of(z, labels(climbs), targets(climbs)), !last);
      NDArray rose = mask(lookAt(points, climbs, view), points, scratch);
      NDArray best = NDArrays.where(rose, here, points.best());
      if (last) {
        return points.moved(
            here.duplicate(), here, best, points.bestGradient().duplicate(), manager);
      }
      NDArray gradient = view.slope();
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
  static boolean[] lookAt(
      ApgdPoints points, List<? extends ApgdClimb> climbs, Expectation.View view) {
    boolean[] rose = new boolean[climbs.size()];
    for (int i = 0; i < rose.length; i++) {
      ApgdClimb climb = climbs.get(i);
      rose[i] = climb.rose(view.losses()[i]);
      if (ArgMax.of(view.row(i, rose.length)) != climb.label && climb.broken == null) {
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
  static NDArray mask(boolean[] images, ApgdPoints points, NDManager scratch) {
    return scratch
        .create(images)
        .reshape(images.length, 1, 1, 1)
        .broadcast(points.now().getShape());
  }

  static void count(NDArray gradient, List<? extends ApgdClimb> climbs) {
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

  static ApgdPoints dropBroken(
      ApgdPoints points, List<? extends ApgdClimb> climbs, NDManager manager) {
    long[] kept =
        IntStream.range(0, climbs.size())
            .filter(i -> climbs.get(i).broken == null)
            .asLongStream()
            .toArray();
    return kept.length == climbs.size() || kept.length == 0 ? points : points.only(kept, manager);
  }

  static List<Outcome> outcomes(List<? extends ApgdClimb> all, float[][] best, List<Image> images) {
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

  static int[] labels(List<? extends ApgdClimb> climbs) {
    return climbs.stream().mapToInt(climb -> climb.label).toArray();
  }

  static int[] targets(List<? extends ApgdClimb> climbs) {
    return climbs.stream().mapToInt(climb -> climb.target).toArray();
  }
}
