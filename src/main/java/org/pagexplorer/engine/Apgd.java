package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

  /** On the cross-entropy: APGD-CE. */
  @Override
  public Optional<List<Outcome>> run(List<Image> images, int[] labels, AttackObserver observer) {
    return ascend(images, labels, labels, (z, right, _) -> CrossEntropy.of(z, right), 0, observer);
  }

  /** On the difference of logits ratio towards a target each: a part of APGD-T. */
  Optional<List<Outcome>> towards(
      List<Image> images, int[] labels, int[] targets, int run, AttackObserver observer) {
    return ascend(images, labels, targets, LogitsRatio::targeted, run, observer);
  }

  /** One image's way up. */
  private static final class Climb {
    final int index;
    final int label;
    final int target;
    double stepSize;
    double highest = Double.NEGATIVE_INFINITY;
    double latest = Double.NEGATIVE_INFINITY;
    int rises;
    double stepSizeAtCheckpoint;
    double highestAtCheckpoint = Double.NEGATIVE_INFINITY;
    int zeroGradients;
    int gradients;
    float @Nullable [] broken;

    Climb(int index, int label, int target, double stepSize) {
      this.index = index;
      this.label = label;
      this.target = target;
      this.stepSize = stepSize;
      stepSizeAtCheckpoint = stepSize;
    }

    /** Takes note of a point's loss; whether it is the best so far. */
    boolean rose(double loss) {
      boolean first = latest == Double.NEGATIVE_INFINITY;
      rises += !first && loss > latest ? 1 : 0;
      latest = loss;
      boolean best = loss > highest;
      highest = Math.max(highest, loss);
      return best;
    }

    /** Halves the step size where the last {@code steps} steps were not good enough (1 or 2). */
    boolean halves(int steps) {
      boolean tooFewRises = rises < Checkpoints.RHO * steps;
      boolean nothingGained = stepSizeAtCheckpoint == stepSize && highestAtCheckpoint == highest;
      stepSizeAtCheckpoint = stepSize;
      highestAtCheckpoint = highest;
      rises = 0;
      boolean halved = tooFewRises || nothingGained;
      stepSize /= halved ? 2 : 1;
      return halved;
    }
  }

  /** When step sizes may change (section 3.1). */
  private static final class Checkpoints {
    static final double RHO = 0.75;
    private static final double FIRST = 0.22;
    private static final double SHRINKING = 0.03;
    private static final double SHORTEST = 0.06;

    /** w_j = ⌈p_j · N⌉. */
    static List<Integer> of(int iterations) {
      List<Integer> steps = new ArrayList<>();
      double before = 0;
      double p = FIRST;
      while (p <= 1) {
        steps.add((int) Math.ceil(p * iterations));
        double next = p + Math.max(p - before - SHRINKING, SHORTEST);
        before = p;
        p = next;
      }
      return steps;
    }
  }

  /** Where all climbs are: N × C × H × W each. */
  private record Points(NDArray origin, NDArray now, NDArray before, NDArray best)
      implements AutoCloseable {
    /** Those rows only; everything else is freed. */
    Points only(long[] kept, NDManager manager) {
      try (NDArray rows = manager.create(kept)) {
        NDIndex index = new NDIndex("{}", rows);
        Points some =
            new Points(origin.get(index), now.get(index), before.get(index), best.get(index));
        some.attach(manager);
        close();
        return some;
      }
    }

    void attach(NDManager manager) {
      origin.attach(manager);
      now.attach(manager);
      before.attach(manager);
      best.attach(manager);
    }

    @Override
    public void close() {
      origin.close();
      now.close();
      before.close();
      best.close();
    }
  }

  private Optional<List<Outcome>> ascend(
      List<Image> images,
      int[] labels,
      int[] targets,
      Loss loss,
      int run,
      AttackObserver observer) {
    List<Climb> all = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      all.add(new Climb(i, labels[i], targets[i], 2 * threat.epsilon()));
    }
    float[][] best = new float[all.size()][];
    try (NDManager manager = f.engine().manager().newSubManager()) {
      List<Climb> climbs = all;
      Points points = start(images, targets, run, manager);
      List<Integer> checkpoints = Checkpoints.of(iterations);
      int last = 0;
      for (int k = 0; k <= iterations && !climbs.isEmpty(); k++) {
        if (observer.isCancelled()) {
          return Optional.empty();
        }
        points = step(points, climbs, loss, k, manager);
        if (checkpoints.contains(k)) {
          points = restartHalved(points, climbs, k - last, manager);
          last = k;
          points = dropBroken(points, climbs, manager);
          climbs = climbs.stream().filter(climb -> climb.broken == null).toList();
        }
      }
      keep(points, climbs, best);
    }
    return Optional.of(outcomes(all, best, images));
  }

  private Points start(List<Image> images, int[] targets, int run, NDManager manager) {
    NDArray origin = Pixels.toArray(images, manager);
    int size = images.getFirst().pixels().length;
    float[] delta = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      float[] own = RandomStart.of(threat, images.get(i), Goal.leave(targets[i]), seed, run);
      System.arraycopy(own, 0, delta, i * size, size);
    }
    NDArray now = origin.add(manager.create(delta, origin.getShape())).clip(0, 1);
    return new Points(origin, now, now.duplicate(), now.duplicate());
  }

  /** Looks at the current points, and steps on from them unless they are the last. */
  private Points step(Points points, List<Climb> climbs, Loss loss, int k, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray x = points.now().stopGradient();
      x.attach(scratch);
      boolean last = k == iterations;
      x.setRequiresGradient(!last);
      NDArray logits = f.logits(x);
      NDArray losses = loss.of(logits, labels(climbs), targets(climbs));
      NDArray best = lookAt(points, climbs, logits, losses);
      NDArray next = points.now().duplicate();
      if (!last) {
        NDArray gradient = f.engine().autograd().gradient(losses.sum(), x);
        count(gradient, climbs);
        next.close();
        next = next(points, gradient, climbs, k, scratch);
      }
      Points moved = new Points(points.origin(), next, points.now(), best);
      moved.attach(manager);
      points.before().close();
      points.best().close();
      return moved;
    }
  }

  /** Notes losses and broken images; the best points with these among them. */
  private NDArray lookAt(Points points, List<Climb> climbs, NDArray logits, NDArray losses) {
    float[] z = logits.stopGradient().toFloatArray();
    float[] values = losses.stopGradient().toFloatArray();
    int classes = z.length / climbs.size();
    float[] better = new float[climbs.size()];
    for (int i = 0; i < better.length; i++) {
      Climb climb = climbs.get(i);
      better[i] = climb.rose(values[i]) ? 1 : 0;
      int named = ArgMax.of(Arrays.copyOfRange(z, i * classes, (i + 1) * classes));
      if (named != climb.label && climb.broken == null) {
        climb.broken = points.now().get(i).toFloatArray();
      }
    }
    NDArray mask =
        losses
            .getManager()
            .create(better, new Shape(better.length, 1, 1, 1))
            .toType(DataType.BOOLEAN, false);
    return NDArrays.where(mask.broadcast(points.now().getShape()), points.now(), points.best());
  }

  private static void count(NDArray gradient, List<Climb> climbs) {
    float[] largest = new Ball.LInfinity().norm(gradient).toFloatArray();
    for (int i = 0; i < largest.length; i++) {
      climbs.get(i).gradients++;
      climbs.get(i).zeroGradients += largest[i] == 0 ? 1 : 0;
    }
  }

  /** z = P(x + η·step(∇)), then P(x + α(z − x) + (1 − α)(x − x_before)); the first step is z. */
  private NDArray next(
      Points points, NDArray gradient, List<Climb> climbs, int k, NDManager scratch) {
    float[] sizes = new float[climbs.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (float) climbs.get(i).stepSize;
    }
    NDArray eta = scratch.create(sizes, new Shape(sizes.length, 1, 1, 1));
    NDArray x = points.now();
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

  /** Images whose step size is halved go on from their best point, without momentum. */
  private static Points restartHalved(
      Points points, List<Climb> climbs, int steps, NDManager manager) {
    float[] halved = new float[climbs.size()];
    for (int i = 0; i < halved.length; i++) {
      halved[i] = climbs.get(i).halves(steps) ? 1 : 0;
    }
    try (NDManager scratch = manager.newSubManager()) {
      NDArray mask =
          scratch
              .create(halved, new Shape(halved.length, 1, 1, 1))
              .toType(DataType.BOOLEAN, false)
              .broadcast(points.now().getShape());
      NDArray now = NDArrays.where(mask, points.best(), points.now());
      NDArray before = NDArrays.where(mask, points.best(), points.before());
      Points moved = new Points(points.origin(), now, before, points.best());
      moved.attach(manager);
      points.now().close();
      points.before().close();
      return moved;
    }
  }

  private static Points dropBroken(Points points, List<Climb> climbs, NDManager manager) {
    long[] kept =
        IntStream.range(0, climbs.size())
            .filter(i -> climbs.get(i).broken == null)
            .asLongStream()
            .toArray();
    return kept.length == climbs.size() || kept.length == 0 ? points : points.only(kept, manager);
  }

  private static void keep(Points points, List<Climb> climbs, float[][] best) {
    for (int i = 0; i < climbs.size(); i++) {
      best[climbs.get(i).index] = points.best().get(i).toFloatArray();
    }
  }

  private static List<Outcome> outcomes(List<Climb> all, float[][] best, List<Image> images) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Climb climb : all) {
      float[] broken = climb.broken;
      float[] pixels = broken == null ? best[climb.index] : broken;
      double zero = climb.gradients == 0 ? 0 : (double) climb.zeroGradients / climb.gradients;
      Image result = new Image(images.get(climb.index).shape(), pixels);
      outcomes.add(new Outcome(result, broken == null, zero));
    }
    return outcomes;
  }

  private static int[] labels(List<Climb> climbs) {
    return climbs.stream().mapToInt(climb -> climb.label).toArray();
  }

  private static int[] targets(List<Climb> climbs) {
    return climbs.stream().mapToInt(climb -> climb.target).toArray();
  }
}
