package org.pagexplorer.domain;

/** How a gradient moves the weights. */
public sealed interface Optimizer {

  /**
   * Stochastic gradient descent (the paper's section C.2).
   *
   * @param momentum in [0, 1)
   * @param weightDecay the L2 penalty, at least 0
   */
  record Sgd(double momentum, double weightDecay) implements Optimizer {}

  /**
   * Adam (Kingma and Ba 2015; the paper's section C.1) with the usual β₁ = 0.9, β₂ = 0.999, 1e-8.
   */
  record Adam() implements Optimizer {}
}
