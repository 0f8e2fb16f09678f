package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ImageRegion;

/**
 * Projected gradient descent, Algorithm 1 of the paper (Madry et al. 2018): {@code δ_{t+1} =
 * Proj_ε(δ_t ∓ α·step(∇_δ L(f(x + δ_t), y)))}, − toward a target class and + away from the true
 * one.
 *
 * <p>The loss is summed over the batch, so that an image's gradient does not depend on its
 * neighbors. The projection goes around the original image, then pixels are clipped to [0, 1].
 */
public final class Pgd {
  private final Classifier f;
  private final AttackSpecification spec;
  private final PgdStep step;
  private final GoalLosses losses;

  public Pgd(Classifier classifier, AttackSpecification specification) {
    f = classifier;
    spec = specification;
    step = new PgdStep(specification);
    losses = new GoalLosses(classifier, step);
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
    return run(images, goals, Collections.nCopies(images.size(), List.of()), observer);
  }

  /**
   * Attacks regions of the images.
   *
   * @param regions the regions of each image, of its height and width, the last on top; of an image
   *     without any, all of it may change
   */
  public Optional<List<AttackedImage>> run(
      List<Image> images,
      List<Goal> goals,
      List<List<ImageRegion>> regions,
      AttackObserver observer) {
    if (images.size() != goals.size() || images.size() != regions.size()) {
      throw new IllegalArgumentException(
          images.size() + " images, " + goals.size() + " goals, " + regions.size() + " regions");
    }
    try (NDManager manager = f.engine().manager().newSubManager()) {
      NDArray origin = Pixels.toArray(images, manager);
      AttackRecord record = new AttackRecord(goals, f, spec, origin);
      PgdMove move = move(images, goals, regions, origin);
      Sought sought = Sought.of(goals); // regions have classes, or the image's own goal
      PgdMove watched = watched(move, images, sought, observer);
      for (int restart = 0; restart < spec.restarts(); restart++) {
        AttackObserver watching = restart == 0 ? observer : new StepsOnly(observer);
        PgdMove moving = restart == 0 ? watched : move;
        if (!descend(moving, moving.start(restart), sought, record, watching)) {
          return Optional.empty();
        }
      }
      return Optional.of(record.results(images));
    }
  }

  private PgdMove move(
      List<Image> images, List<Goal> goals, List<List<ImageRegion>> regions, NDArray origin) {
    Autograd autograd = f.engine().autograd();
    return regions.stream().allMatch(List::isEmpty)
        ? new PgdMove.OfWholeImages(step, autograd, images, goals, origin)
        : new RegionMove(step, f, images, goals, regions, origin);
  }

  /** Who watches an attack will watch the next one, which often begins with the same step. */
  private PgdMove watched(
      PgdMove move, List<Image> images, Sought sought, AttackObserver observer) {
    return observer.wantsFrames()
            && !spec.randomStart()
            && sought.layers().isEmpty()
            && move instanceof PgdMove.OfWholeImages whole
        ? new KeptFirstMove(whole, f, FirstSteps.Key.of(images, sought.goals(), spec))
        : move;
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

  /**
   * What a batch is attacked for.
   *
   * @param layers that goals are about
   */
  private record Sought(List<Goal> goals, Set<String> layers) {
    static Sought of(List<Goal> goals) {
      return new Sought(goals, GoalLosses.layers(goals.stream()));
    }
  }

  /** One restart; false if cancelled. */
  private boolean descend(
      PgdMove move, NDArray start, Sought sought, AttackRecord record, AttackObserver observer) {
    record.begin();
    NDManager manager = start.getManager();
    NDArray x = start;
    for (int t = 0; t <= spec.steps(); t++) {
      if (observer.isCancelled()) {
        return false;
      }
      observer.step(t);
      try (NDManager scratch = manager.newSubManager()) {
        NDArray iterate = x.stopGradient();
        iterate.attach(scratch);
        boolean last = t == spec.steps();
        GoalLosses.View view =
            last
                ? losses.view(iterate, sought.layers())
                : move.view(losses, t, iterate, sought.layers());
        PgdStep.Losses wanted = losses.of(view, sought.goals());
        record.iterate(t, iterate, view.logits(), wanted.values());
        if (observer.wantsFrames()) {
          observer.frame(frame(t, iterate, record));
        }
        if (observer.wantsIterates()) {
          observer.iterate(t, iterate.stopGradient().toFloatArray());
        }
        if (observer.isCancelled()) {
          return false; // who waits for the next attack does not wait for this one's gradient
        }
        if (!last) {
          x = move.next(t, iterate, view, wanted, record);
          x.attach(manager);
          record.holdUntilNextStep(x);
        }
      }
    }
    record.end();
    return true;
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
