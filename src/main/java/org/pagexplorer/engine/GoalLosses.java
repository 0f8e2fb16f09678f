package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Goal.Toward;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.LayerTap;
import org.pagexplorer.domain.LayerUnit;

/**
 * The losses of every kind of goal, to be descended but where a class is to be left.
 *
 * <ul>
 *   <li>A class y: cross-entropy, or −z_y.
 *   <li>Between classes a and b (chosen): with m = (1 − t) z_a + t z_b, the softplus of the
 *       log-odds {@code log Σ_{j ≠ a, b} exp z_j − m}, in which neither competes with the other; or
 *       −m.
 *   <li>No class: cross-entropy to the uniform distribution (Hendrycks et al. 2019), or log Σ exp
 *       z, the log-density up to a constant (Grathwohl et al. 2020).
 *   <li>A feature: minus the unit, at its place, or on average (Olah et al. 2017; Engstrom et al.
 *       2019).
 * </ul>
 */
final class GoalLosses {
  private final Classifier f;
  private final PgdStep step;

  GoalLosses(Classifier classifier, PgdStep step) {
    f = classifier;
    this.step = step;
  }

  /**
   * What a classifier says of some images.
   *
   * @param logits N × C
   * @param layers those that goals are about, N × C × H × W, by name
   */
  record View(NDArray logits, Map<String, NDArray> layers) {}

  /** The names of the layers that goals are about. */
  static Set<String> layers(Stream<Goal> goals) {
    return units(goals).keySet().stream().map(LayerUnit::layer).collect(Collectors.toSet());
  }

  private static Map<LayerUnit, Goal> units(Stream<Goal> goals) {
    Map<LayerUnit, Goal> units = new LinkedHashMap<>();
    goals.forEach(
        goal -> {
          if (goal.toward() instanceof Toward.Feature feature) {
            units.put(feature.unit(), goal);
          }
        });
    return units;
  }

  /** Looks at images, with their graph. */
  View view(NDArray x, Set<String> layers) {
    if (layers.isEmpty()) {
      return new View(f.logits(x), Map.of());
    }
    Map<String, NDArray> seen = new HashMap<>();
    NDArray logits =
        f.logits(
            x,
            (name, array) -> {
              if (layers.contains(name)) {
                seen.put(name, array);
              }
            });
    return new View(logits, seen);
  }

  /** N losses of N goals. */
  PgdStep.Losses of(View view, List<Goal> goals) {
    if (goals.stream().allMatch(Goal::isOfClass)) {
      return step.losses(autograd(), view.logits(), classes(goals));
    }
    Map<Predicate<Goal>, PgdStep.Losses> kinds = new LinkedHashMap<>();
    if (goals.stream().anyMatch(Goal::isOfClass)) {
      kinds.put(Goal::isOfClass, step.losses(autograd(), view.logits(), classes(goals)));
    }
    if (goals.stream().anyMatch(GoalLosses::isBetween)) {
      kinds.put(GoalLosses::isBetween, between(view.logits(), goals));
    }
    if (goals.contains(Goal.leaveAll())) {
      kinds.put(Goal.leaveAll()::equals, ofNone(view.logits()));
    }
    units(goals.stream())
        .forEach((unit, goal) -> kinds.put(goal::equals, same(activation(view, unit).neg())));
    return kinds.size() == 1 ? kinds.values().iterator().next() : mixed(kinds, goals);
  }

  private Autograd autograd() {
    return f.engine().autograd();
  }

  private static boolean isBetween(Goal goal) {
    return goal.toward() instanceof Toward.Between;
  }

  /** Of goals about no class, whatever is not used. */
  private static int[] classes(List<Goal> goals) {
    return goals.stream().mapToInt(goal -> Math.max(0, goal.classIndex())).toArray();
  }

  private static PgdStep.Losses same(NDArray loss) {
    return new PgdStep.Losses(loss, loss);
  }

  private PgdStep.Losses between(NDArray logits, List<Goal> goals) {
    NDArray weights = weights(logits, goals);
    boolean isAlone = logits.getShape().get(1) == 2; // of two classes nothing is left to compete
    return step.spec().loss() == Loss.LOGIT || isAlone
        ? same(CrossEntropy.dot(logits, weights).neg())
        : step.ofLogOdds(autograd(), autograd().logOddsAgainst(logits, weights));
  }

  private static NDArray weights(NDArray logits, List<Goal> goals) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    float[] weights = new float[goals.size() * classes];
    for (int i = 0; i < goals.size(); i++) {
      int row = i * classes;
      switch (goals.get(i).toward()) {
        case Toward.Between between -> {
          weights[row + goals.get(i).classIndex()] = (float) (1 - between.share());
          weights[row + between.other()] = (float) between.share();
        }
        case Toward.OneClass _, Toward.NoClass _, Toward.Feature _ -> weights[row] = 1; // not used
      }
    }
    return logits.getManager().create(weights, logits.getShape());
  }

  private PgdStep.Losses ofNone(NDArray logits) {
    return same(
        step.spec().loss() == Loss.LOGIT
            ? CrossEntropy.logSumExp(logits)
            : CrossEntropy.toUniform(logits));
  }

  /** N values. */
  private NDArray activation(View view, LayerUnit unit) {
    NDArray given = view.layers().get(unit.layer());
    LayerTap.Layer layer = unit.in(f.architecture());
    if (given == null) {
      throw new IllegalStateException("nobody looked at " + unit.layer());
    }
    NDArray maps = channelsFirst(given, layer.shape());
    InputShape shape = layer.shape();
    float[] weights = new float[shape.size()];
    int area = shape.height() * shape.width();
    for (int i = 0; i < area; i++) {
      weights[unit.channel() * area + i] =
          unit.place().isEmpty()
              ? 1f / area
              : i == unit.place().get().row() * shape.width() + unit.place().get().column() ? 1 : 0;
    }
    NDArray constants =
        maps.getManager()
            .create(weights, new Shape(1, shape.channels(), shape.height(), shape.width()));
    return maps.mul(constants).sum(new int[] {1, 2, 3});
  }

  private NDArray channelsFirst(NDArray given, InputShape shape) {
    NDArray maps = given.getDataType() == DataType.FLOAT32 ? given : autograd().float32(given);
    Shape expected =
        new Shape(maps.getShape().get(0), shape.channels(), shape.height(), shape.width());
    return maps.getShape().equals(expected) ? maps : maps.transpose(0, 3, 1, 2);
  }

  /** Each image's loss is that of its own goal. */
  private static PgdStep.Losses mixed(
      Map<Predicate<Goal>, PgdStep.Losses> kinds, List<Goal> goals) {
    NDArray values = null;
    NDArray differentiated = null;
    for (var kind : kinds.entrySet()) {
      float[] own = new float[goals.size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = kind.getKey().test(goals.get(i)) ? 1 : 0;
      }
      PgdStep.Losses losses = kind.getValue();
      NDArray mask = losses.values().getManager().create(own);
      NDArray value = losses.values().mul(mask);
      NDArray differentiable = losses.differentiated().mul(mask);
      values = values == null ? value : values.add(value);
      differentiated = differentiated == null ? differentiable : differentiated.add(differentiable);
    }
    return new PgdStep.Losses(
        java.util.Objects.requireNonNull(values), java.util.Objects.requireNonNull(differentiated));
  }
}
