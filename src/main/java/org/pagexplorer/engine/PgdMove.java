package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Set;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;

/** How Algorithm 1 moves a batch of images: as a whole, or only some of their regions. */
interface PgdMove {

  /** The first iterate of a restart, in the manager of the originals. */
  NDArray start(int restart);

  /** What the classifier says of iterate t, with the graph that the next one needs. */
  default GoalLosses.View view(GoalLosses losses, int t, NDArray iterate, Set<String> layers) {
    iterate.setRequiresGradient(true);
    return losses.view(iterate, layers);
  }

  /**
   * One line of Algorithm 1.
   *
   * @param t of the iterate
   * @param iterate x + δ_t, N × C × H × W, with its graph
   * @param view what the classifier says of it
   * @param losses of the iterate to the goals, with their graph
   */
  NDArray next(
      int t, NDArray iterate, GoalLosses.View view, PgdStep.Losses losses, AttackRecord record);

  /** Every pixel may change. */
  record OfWholeImages(
      PgdStep step, Autograd autograd, List<Image> images, List<Goal> goals, NDArray origin)
      implements PgdMove {

    @Override
    public NDArray start(int restart) {
      return step.start(images, goals, restart, origin);
    }

    @Override
    public NDArray next(
        int t, NDArray iterate, GoalLosses.View view, PgdStep.Losses losses, AttackRecord record) {
      return next(iterate, gradient(iterate, losses), record);
    }

    NDArray gradient(NDArray iterate, PgdStep.Losses losses) {
      return autograd.gradient(losses.differentiated().sum(), iterate);
    }

    /** The same along a gradient that is known. */
    NDArray next(NDArray iterate, NDArray gradient, AttackRecord record) {
      NDArray delta = step.delta(origin, iterate.stopGradient(), gradient, record.signs());
      record.count(step.ball().norm(delta).gt(step.spec().threat().epsilon()), gradient);
      return step.project(delta, origin);
    }
  }
}
