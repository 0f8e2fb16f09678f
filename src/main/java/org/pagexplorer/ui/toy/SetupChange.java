package org.pagexplorer.ui.toy;

import java.util.List;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Scheme;

/** What becomes of trained networks when the setup changes. */
record SetupChange(ToySetup before, ToySetup after) {

  /** Whether a running training can go on with what was changed. */
  boolean keepsNetworks() {
    return before.points().equals(after.points())
        && before.seed() == after.seed()
        && before.hidden() == after.hidden()
        && before.activation() == after.activation()
        && before.neighbors() == after.neighbors()
        && methods(before).equals(methods(after));
  }

  private static List<Method> methods(ToySetup setup) {
    return setup.schemes().stream().map(Scheme::method).toList();
  }

  /** Whether what was changed has no part in training: epochs, and ε unless one trains with it. */
  boolean keepsTraining() {
    boolean adversarial = methods(before).contains(Method.ADVERSARIAL);
    return before.schemes().equals(after.schemes())
        && before.learningRate() == after.learningRate()
        && before.batch() == after.batch()
        && (!adversarial || before.epsilon() == after.epsilon());
  }
}
