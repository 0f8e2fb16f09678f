package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ImageRegion;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.ThreatModel;

/**
 * Algorithm 1 where only regions of the images may change (chosen): with masks m_k in [0, 1],
 * {@code x = clip(x₀ + Σ_k m_k ⊙ ρ_k)}, and {@code ρ_k ← Proj_{ε_k}(ρ_k ∓ α_k · step(m_k ⊙ ∇ₓ
 * L(f(x), y_k)))}, each region toward its own class y_k and in its own ball.
 *
 * <p>Since masks are at most 1, {@code ‖m_k ⊙ ρ_k‖ ≤ ε_k}; with one mask of ones it is Algorithm 1.
 * What clipping takes away is taken from the ρ_k, so that they do not grow where the image cannot.
 */
final class RegionMove implements PgdMove {
  private final PgdStep step;
  private final Autograd autograd;
  private final GoalLosses losses;
  private final List<Image> images;
  private final NDArray origin;
  private final List<Layer> layers = new ArrayList<>();

  /** Σ_k m_k², where that is not 0. */
  private final NDArray squares;

  /** The k-th region of each image; of images with fewer regions, nothing. */
  private static final class Layer {
    final List<Goal> goals = new ArrayList<>();
    final List<ThreatModel> threats = new ArrayList<>();
    final List<float[]> free = new ArrayList<>();
    final NDArray mask;
    final NDArray epsilon;
    final NDArray stepSize;
    final float[] stepSizes;
    final NDArray signs;
    NDArray rho;

    /**
     * @param masks of each image's regions where they lie one over the other
     */
    Layer(
        int k,
        AttackSpecification spec,
        List<List<ImageRegion>> regions,
        List<List<float[]>> masks,
        List<Goal> goals,
        InputShape shape,
        NDManager manager) {
      int n = regions.size();
      int area = shape.height() * shape.width();
      float[] values = new float[n * area];
      float[] radii = new float[n];
      stepSizes = new float[n];
      float[] directions = new float[n];
      for (int i = 0; i < n; i++) {
        List<ImageRegion> own = regions.get(i);
        Goal goal = k < own.size() ? own.get(k).goal(goals.get(i)) : goals.get(i);
        double radius = spec.threat().epsilon();
        free.add(k < own.size() ? masks.get(i).get(k) : new float[area]);
        if (k < own.size()) {
          System.arraycopy(free.getLast(), 0, values, i * area, area);
          radius = own.get(k).epsilon().orElse(radius);
        }
        this.goals.add(goal);
        threats.add(new ThreatModel(spec.threat().norm(), radius));
        radii[i] = (float) radius;
        double share = spec.threat().epsilon() > 0 ? radius / spec.threat().epsilon() : 1;
        stepSizes[i] = (float) (spec.stepSize() * share);
        directions[i] = goal.targeted() ? -1 : 1;
      }
      Shape each = new Shape(n, 1, 1, 1);
      mask = manager.create(values, new Shape(n, 1, shape.height(), shape.width()));
      epsilon = manager.create(radii, each);
      stepSize = manager.create(stepSizes, each);
      signs = manager.create(directions, each);
      rho = manager.zeros(new Shape(n, shape.channels(), shape.height(), shape.width()));
    }

    /** A copy, so that what comes of it goes with its manager. */
    NDArray rhoIn(NDManager scratch) {
      NDArray copy = rho.duplicate();
      copy.attach(scratch);
      return copy;
    }

    void replace(NDArray next) {
      next.attach(mask.getManager());
      rho.close();
      rho = next;
    }
  }

  /**
   * @param regions of each image, the last on top; of an image without any, all of it may change
   */
  RegionMove(
      PgdStep step,
      Classifier classifier,
      List<Image> images,
      List<Goal> goals,
      List<List<ImageRegion>> regions,
      NDArray origin) {
    this.step = step;
    autograd = classifier.engine().autograd();
    losses = new GoalLosses(classifier, step);
    this.images = images;
    this.origin = origin;
    InputShape shape = images.getFirst().shape();
    List<List<ImageRegion>> all =
        regions.stream()
            .map(own -> own.isEmpty() ? List.of(ImageRegion.of(Mask.all(shape))) : own)
            .toList();
    int most = all.stream().mapToInt(List::size).max().orElseThrow();
    Map<List<ImageRegion>, List<float[]>> layered = new IdentityHashMap<>();
    List<List<float[]>> masks =
        all.stream().map(own -> layered.computeIfAbsent(own, ImageRegion::layered)).toList();
    for (int k = 0; k < most; k++) {
      layers.add(new Layer(k, step.spec(), all, masks, goals, shape, origin.getManager()));
    }
    try (NDManager scratch = origin.getManager().newSubManager()) {
      NDArray sum = scratch.zeros(layers.getFirst().mask.getShape());
      for (Layer layer : layers) {
        NDArray mask = layer.mask.duplicate();
        mask.attach(scratch);
        sum = sum.add(mask.square());
      }
      squares = sum.maximum(Float.MIN_NORMAL);
      squares.attach(origin.getManager());
    }
  }

  @Override
  public NDArray start(int restart) {
    try (NDManager scratch = origin.getManager().newSubManager()) {
      for (int k = 0; k < layers.size(); k++) {
        layers.get(k).replace(startOf(layers.get(k), k, restart, scratch));
      }
      NDArray x = compose(scratch);
      x.attach(origin.getManager());
      return x;
    }
  }

  private NDArray startOf(Layer layer, int k, int restart, NDManager scratch) {
    int size = images.getFirst().pixels().length;
    float[] start = new float[images.size() * size];
    if (step.spec().randomStart()) {
      for (int i = 0; i < images.size(); i++) {
        long seed = step.spec().seed() + 1_000_003L * k;
        float[] own =
            RandomStart.of(layer.threats.get(i), images.get(i), layer.goals.get(i), seed, restart);
        System.arraycopy(own, 0, start, i * size, size);
      }
    }
    return scratch.create(start, origin.getShape());
  }

  @Override
  public NDArray next(
      int t, NDArray iterate, GoalLosses.View view, PgdStep.Losses whole, AttackRecord record) {
    List<NDArray> sums = new ArrayList<>();
    for (Layer layer : layers) {
      sums.add(losses.of(view, layer.goals).differentiated().sum());
    }
    NDList gradients = autograd.gradientOfEach(sums, iterate);
    NDManager scratch = iterate.getManager();
    NDArray outside = scratch.zeros(new Shape(images.size(), 1, 1, 1));
    NDArray seen = scratch.zeros(origin.getShape());
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      NDArray gradient = gradients.get(k).mul(layer.mask);
      seen = seen.add(gradient.abs());
      NDArray moved = moved(layer, gradient, iterate.stopGradient(), scratch);
      NDArray out = step.ball().norm(moved).gt(layer.epsilon);
      outside = outside.maximum(out.toType(DataType.FLOAT32, false));
      layer.replace(
          step.spec().clip()
              ? step.ball().project(moved, layer.epsilon, origin, layer.mask)
              : step.ball().project(moved, layer.epsilon));
    }
    record.count(outside, seen);
    return compose(scratch);
  }

  private NDArray moved(Layer layer, NDArray gradient, NDArray iterate, NDManager scratch) {
    NDArray direction = step.direction(gradient.mul(layer.signs), iterate, layer.stepSizes);
    return layer.rhoIn(scratch).add(direction.mul(layer.stepSize));
  }

  /** x, after which the ρ_k are those that make it. */
  private NDArray compose(NDManager scratch) {
    NDArray sum = scratch.zeros(origin.getShape()).add(origin);
    for (Layer layer : layers) {
      sum = sum.add(layer.rhoIn(scratch).mul(layer.mask));
    }
    if (!step.spec().clip()) {
      return sum;
    }
    NDArray x = sum.clip(0, 1);
    NDArray share = x.sub(sum).div(squares);
    for (Layer layer : layers) {
      layer.replace(share.mul(layer.mask).add(layer.rho));
    }
    return x;
  }
}
