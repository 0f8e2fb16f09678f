package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest extends OnEveryDevice {

  /** Against Algorithm 1 of Kingma and Ba (2015), on f(θ) = Σ a θ², whose gradient is 2aθ. */
  @Test
  void followsTheWrittenAlgorithm() {
    float[] a = {1, 3, 0.2f};
    double[] theta = {1, -2, 0.5};
    NDArray parameter = manager.create(new float[] {1, -2, 0.5f}).duplicate();
    NDArray scale = manager.create(a);
    parameter.setRequiresGradient(true);
    Adam adam = new Adam(List.of(parameter), engine.autograd());
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= 50; t++) {
      double rate = 0.1 / t;
      try (NDManager step = manager.newSubManager()) {
        NDArray loss = scale.mul(parameter.square()).sum();
        loss.attach(step);
        adam.step(loss, rate);
      }
      for (int i = 0; i < 3; i++) {
        double g = 2 * a[i] * theta[i];
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        double mHat = m[i] / (1 - Math.pow(0.9, t));
        double vHat = v[i] / (1 - Math.pow(0.999, t));
        theta[i] -= rate * mHat / (Math.sqrt(vHat) + 1e-8);
      }
      float[] expected = {(float) theta[0], (float) theta[1], (float) theta[2]};
      assertArrayEquals(expected, parameter.stopGradient().toFloatArray(), 1e-5f, "step " + t);
    }
  }
}
