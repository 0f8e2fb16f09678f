package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.pagexplorer.domain.Optimizer;

/** Moves parameters in place, against the gradient of a loss. */
interface ParameterUpdate {

  /**
   * @param loss a scalar with its graph back to the parameters
   */
  void step(NDArray loss, double learningRate);

  /** What it remembers between steps, in a fixed order; a resumed training takes it over. */
  List<NDArray> memory();

  static ParameterUpdate of(Optimizer optimizer, List<NDArray> parameters, Autograd autograd) {
    return switch (optimizer) {
      case Optimizer.Sgd(double momentum, double decay) ->
          new Sgd(parameters, momentum, decay, autograd);
      case Optimizer.Adam() -> new Adam(parameters, autograd);
    };
  }
}
