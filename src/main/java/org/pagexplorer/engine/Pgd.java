package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;

/**
 * Projected gradient descent, Algorithm 1 of the paper (Madry et al. 2018): {@code δ_{t+1} =
 * Proj_ε(δ_t ∓ α·step(∇_δ L(f(x + δ_t), y)))}, − towards a target class and + away from the true
 * one.
 *
 * <p>The loss is summed over the batch, so that an image's gradient does not depend on its
 * neighbours. The projection goes around the original image, then pixels are clipped to [0, 1].
 */
public final class Pgd {
  private final Classifier f;
  private final AttackSpecification spec;
  private final Ball ball;

  public Pgd(Classifier classifier, AttackSpecification specification) {
    f = classifier;
    spec = specification;
    ball = Ball.of(specification.threat().norm());
  }

  /**
   * Attacks a batch in one go.
   *
   * @param images N images of the classifier's shape
   * @param goals N goals
   * @return what became of each image, or nothing if the observer cancelled
   */
  public Optional<List<AttackedImage>> run(
      List<Image> images, List<Goal> goals, AttackObserver observer) {
    if (images.size() != goals.size()) {
      throw new IllegalArgumentException(images.size() + " images but " + goals.size() + " goals");
    }
    try (NDManager manager = f.engine().manager().newSubManager()) {
      NDArray origin = Pixels.toArray(images, manager);
      AttackRecord record = new AttackRecord(goals, f, spec, origin);
      for (int restart = 0; restart < spec.restarts(); restart++) {
        AttackObserver watching = restart == 0 ? observer : new CancelOnly(observer);
        NDArray start = startOf(images, goals, restart, manager);
        if (!descend(origin, start, record, watching)) {
          return Optional.empty();
        }
      }
      return Optional.of(record.results(images));
    }
  }

  /** Watches for cancelling only. */
  private record CancelOnly(AttackObserver observer) implements AttackObserver {
    @Override
    public boolean isCancelled() {
      return observer.isCancelled();
    }
  }

  /** δ₀: zero, or a random point of the ball. */
  private NDArray startOf(List<Image> images, List<Goal> goals, int restart, NDManager manager) {
    int size = images.getFirst().pixels().length;
    float[] delta = new float[images.size() * size];
    if (spec.randomStart()) {
      for (int i = 0; i < images.size(); i++) {
        float[] own =
            RandomStart.of(spec.threat(), images.get(i), goals.get(i), spec.seed(), restart);
        System.arraycopy(own, 0, delta, i * size, size);
      }
    }
    return manager.create(delta, new Shape(images.size()).addAll(f.shape()));
  }

  /** One restart; false if cancelled. */
  private boolean descend(
      NDArray origin, NDArray delta, AttackRecord record, AttackObserver observer) {
    record.begin();
    NDArray x = clip(origin.add(delta));
    for (int t = 0; t <= spec.steps(); t++) {
      if (observer.isCancelled()) {
        return false;
      }
      try (NDManager step = origin.getManager().newSubManager()) {
        NDArray iterate = x.stopGradient();
        iterate.attach(step);
        boolean last = t == spec.steps();
        iterate.setRequiresGradient(!last);
        NDArray logits = f.logits(iterate);
        NDArray losses = record.losses(logits);
        record.iterate(t, iterate, logits, losses);
        if (observer.wantsFrames()) {
          observer.frame(frame(t, iterate, record));
        }
        if (observer.wantsIterates()) {
          observer.iterate(t, iterate.stopGradient().toFloatArray());
        }
        if (!last) {
          NDArray gradient = f.engine().autograd().gradient(losses.sum(), iterate);
          x = next(origin, iterate.stopGradient(), gradient, record);
          x.attach(origin.getManager());
          record.holdUntilNextStep(x);
        }
      }
    }
    record.end();
    return true;
  }

  /** One line of Algorithm 1. */
  private NDArray next(NDArray origin, NDArray iterate, NDArray gradient, AttackRecord record) {
    NDArray step = spec.stepRule() == StepRule.NORMALIZED ? ball.direction(gradient) : gradient;
    NDArray moved = iterate.add(step.mul(record.signs()).mul(spec.stepSize()));
    NDArray delta = moved.sub(origin);
    record.count(ball.norm(delta).gt(spec.threat().epsilon()), gradient);
    // origin last, so that the sum belongs to this step's manager
    return clip(ball.project(delta, spec.threat().epsilon()).add(origin));
  }

  private NDArray clip(NDArray x) {
    return spec.clip() ? x.clip(0, 1) : x;
  }

  private static AttackFrame frame(int t, NDArray iterate, AttackRecord record) {
    return new AttackFrame(
        t, Pixels.toBytes(iterate.stopGradient()), record.confidence(), record.predicted());
  }
}
