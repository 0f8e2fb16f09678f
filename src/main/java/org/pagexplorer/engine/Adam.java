package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015), as PyTorch's: {@code m ← β₁m + (1 − β₁)∇; v ← β₂v + (1 − β₂)∇²; θ ← θ
 * − lr · m̂/(√v̂ + 1e-8)}.
 */
final class Adam implements ParameterUpdate {
  private final Autograd autograd;
  private final List<NDArray> parameters;
  private final List<NDArray> first = new ArrayList<>();
  private final List<NDArray> second = new ArrayList<>();
  private final List<NDArray> steps = new ArrayList<>();

  Adam(List<NDArray> parameters, Autograd autograd) {
    this.autograd = autograd;
    this.parameters = parameters;
    for (NDArray parameter : parameters) {
      first.add(parameter.zerosLike());
      second.add(parameter.zerosLike());
      steps.add(parameter.getManager().zeros(new Shape()));
    }
  }

  @Override
  public List<NDArray> memory() {
    List<NDArray> all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(steps);
    return all;
  }

  @Override
  public void step(NDArray loss, double learningRate) {
    autograd.adam(learningRate, loss, parameters, first, second, steps);
  }
}
