package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;

/**
 * What a network says of the originals of recent attacks, and the gradient there: who draws ε, the
 * norm, the step size or the steps gets the next attack's first move without a pass through the
 * network. On the engine's thread.
 */
final class FirstSteps {
  /** Of all gradients together. */
  private static final long MOST_BYTES = 32 << 20;

  private final Deque<Step> steps = new ArrayDeque<>();
  private long bytes;

  /** All that the first gradient of an attack depends on which begins at the originals. */
  record Key(List<Image> images, List<Goal> goals, Loss loss, StepRule rule, boolean clip) {
    static Key of(List<Image> images, List<Goal> goals, AttackSpecification spec) {
      return new Key(images, goals, spec.loss(), spec.stepRule(), spec.clip());
    }
  }

  /**
   * @param logits N × classes
   * @param gradient N × C × H × W, before the step
   */
  record Step(Key key, NDArray logits, NDArray gradient) {
    private long bytes() {
      return gradient.getShape().size() * Float.BYTES;
    }

    private void close() {
      logits.close();
      gradient.close();
    }
  }

  /** What is known; null for nothing. */
  @Nullable Step find(Key key) {
    return steps.stream().filter(step -> step.key().equals(key)).findFirst().orElse(null);
  }

  /** Takes it over, and closes what has become too much. */
  void keep(Step step) {
    steps.addFirst(step);
    bytes += step.bytes();
    while (bytes > MOST_BYTES && steps.size() > 1) {
      Step oldest = steps.removeLast();
      bytes -= oldest.bytes();
      oldest.close();
    }
  }

  void close() {
    steps.forEach(Step::close);
    steps.clear();
    bytes = 0;
  }
}
