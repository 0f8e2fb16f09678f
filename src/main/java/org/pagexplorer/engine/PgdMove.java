package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;

/** How Algorithm 1 moves a batch of images: as a whole, or only some of their regions. */
interface PgdMove {

  /** The first iterate of a restart, in the manager of the originals. */
  NDArray start(int restart);

  /**
   * One line of Algorithm 1.
   *
   * @param iterate x + δ_t, N × C × H × W, with its graph
   * @param view what the classifier says of it
   * @param losses of the iterate to the goals, with their graph
   */
  NDArray next(NDArray iterate, GoalLosses.View view, PgdStep.Losses losses, AttackRecord record);

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
        NDArray iterate, GoalLosses.View view, PgdStep.Losses losses, AttackRecord record) {
      NDArray gradient = autograd.gradient(losses.differentiated().sum(), iterate);
      NDArray delta = step.delta(origin, iterate.stopGradient(), gradient, record.signs());
      record.count(step.ball().norm(delta).gt(step.spec().threat().epsilon()), gradient);
      return step.project(delta, origin);
    }
  }
}
