package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackSpecification;
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
  private final PgdStep step;

  public Pgd(Classifier classifier, AttackSpecification specification) {
    f = classifier;
    spec = specification;
    step = new PgdStep(specification);
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
        AttackObserver watching = restart == 0 ? observer : new StepsOnly(observer);
        NDArray start = step.start(images, goals, restart, origin);
        if (!descend(origin, start, record, watching)) {
          return Optional.empty();
        }
      }
      return Optional.of(record.results(images));
    }
  }

  /** Counts and may cancel, but is shown nothing. */
  private record StepsOnly(AttackObserver observer) implements AttackObserver {
    @Override
    public boolean isCancelled() {
      return observer.isCancelled();
    }

    @Override
    public void step(int t) {
      observer.step(t);
    }
  }

  /** One restart; false if cancelled. */
  private boolean descend(
      NDArray origin, NDArray start, AttackRecord record, AttackObserver observer) {
    record.begin();
    NDArray x = start;
    for (int t = 0; t <= spec.steps(); t++) {
      if (observer.isCancelled()) {
        return false;
      }
      observer.step(t);
      try (NDManager scratch = origin.getManager().newSubManager()) {
        NDArray iterate = x.stopGradient();
        iterate.attach(scratch);
        boolean last = t == spec.steps();
        iterate.setRequiresGradient(!last);
        NDArray logits = f.logits(iterate);
        PgdStep.Losses losses = record.losses(logits);
        record.iterate(t, iterate, logits, losses.values());
        if (observer.wantsFrames()) {
          observer.frame(frame(t, iterate, record));
        }
        if (observer.wantsIterates()) {
          observer.iterate(t, iterate.stopGradient().toFloatArray());
        }
        if (!last) {
          NDArray gradient = f.engine().autograd().gradient(losses.differentiated().sum(), iterate);
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
    NDArray delta = step.delta(origin, iterate, gradient, record.signs());
    record.count(step.ball().norm(delta).gt(spec.threat().epsilon()), gradient);
    return step.project(delta, origin);
  }

  private static AttackFrame frame(int t, NDArray iterate, AttackRecord record) {
    return new AttackFrame(
        t,
        Pixels.toBytes(iterate.stopGradient()),
        record.confidence(),
        record.predicted(),
        record.probabilities());
  }
}
