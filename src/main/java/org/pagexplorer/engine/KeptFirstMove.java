package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Set;
import org.pagexplorer.engine.FirstSteps.Step;

/**
 * Moves whole images from the originals on; what the network says of these, and the gradient there,
 * is kept for attacks that follow.
 */
record KeptFirstMove(PgdMove.OfWholeImages whole, Classifier f, FirstSteps.Key key)
    implements PgdMove {

  @Override
  public NDArray start(int restart) {
    return whole.start(restart);
  }

  @Override
  public GoalLosses.View view(GoalLosses losses, int t, NDArray iterate, Set<String> layers) {
    Step known = t == 0 ? f.firstSteps().find(key) : null;
    return known == null
        ? whole.view(losses, t, iterate, layers)
        : new GoalLosses.View(copy(known.logits(), iterate.getManager()), Map.of());
  }

  @Override
  public NDArray next(
      int t, NDArray iterate, GoalLosses.View view, PgdStep.Losses losses, AttackRecord record) {
    if (t > 0) {
      return whole.next(t, iterate, view, losses, record);
    }
    NDManager scratch = iterate.getManager();
    Step known = f.firstSteps().find(key);
    if (known != null) {
      return whole.next(iterate, copy(known.gradient(), scratch), record);
    }
    NDArray gradient = whole.gradient(iterate, losses);
    NDManager manager = f.engine().manager();
    NDArray said = copy(view.logits().stopGradient(), manager);
    f.firstSteps().keep(new Step(key, said, copy(gradient, manager)));
    return whole.next(iterate, gradient, record);
  }

  /** Laid out in memory as it is, since sums depend on it. */
  private static NDArray copy(NDArray array, NDManager into) {
    NDArray copy = array.duplicate();
    copy.attach(into);
    return copy;
  }
}
