package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Stochastic gradient descent with momentum and weight decay, as PyTorch's: {@code g ← ∇ + w·θ; v ←
 * m·v + g; θ ← θ − lr·v}.
 */
final class Sgd implements ParameterUpdate {
  private final List<NDArray> parameters;
  private final List<NDArray> velocities = new ArrayList<>();
  private final Autograd autograd;
  private final double momentum;
  private final double weightDecay;

  Sgd(List<NDArray> parameters, double momentum, double weightDecay, Autograd autograd) {
    this.autograd = autograd;
    this.parameters = parameters;
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    for (NDArray parameter : parameters) {
      velocities.add(parameter.zerosLike());
    }
  }

  @Override
  public List<NDArray> memory() {
    return velocities;
  }

  @Override
  public void step(NDArray loss, double learningRate) {
    NDList gradients = autograd.gradients(loss, parameters);
    JniUtils.setGradMode(false); // the parameters are leaves of the graph
    try {
      step(gradients, learningRate);
    } finally {
      JniUtils.setGradMode(true);
    }
  }

  void step(NDList gradients, double learningRate) {
    for (int i = 0; i < parameters.size(); i++) {
      NDArray parameter = parameters.get(i);
      NDArray velocity = velocities.get(i);
      velocity.muli(momentum).addi(gradients.get(i));
      addScaled(velocity, parameter, weightDecay);
      addScaled(parameter, velocity, -learningRate);
    }
  }

  private static void addScaled(NDArray array, NDArray other, double factor) {
    try (NDArray scaled = other.mul(factor)) {
      array.addi(scaled);
    }
  }
}
