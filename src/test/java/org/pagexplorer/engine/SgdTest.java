package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest extends OnEveryDevice {

  @Test
  void followsTheWrittenRecursion() {
    double momentum = 0.9;
    double decay = 0.05;
    float[] start = {1, -2, 0.5f};
    NDArray first = manager.create(start.clone()).duplicate();
    NDArray second = manager.create(new float[] {4}).duplicate();
    Sgd sgd = new Sgd(List.of(first, second), momentum, decay, engine.autograd());
    double[] theta = {1, -2, 0.5, 4};
    double[] v = new double[4];
    for (int t = 0; t < 20; t++) {
      double rate = 0.1 / (t + 1);
      float[] gradient = Given.gaussian(4, 1, t);
      sgd.step(
          new NDList(
              manager.create(new float[] {gradient[0], gradient[1], gradient[2]}),
              manager.create(new float[] {gradient[3]})),
          rate);
      for (int i = 0; i < 4; i++) {
        v[i] = momentum * v[i] + gradient[i] + decay * theta[i];
        theta[i] -= rate * v[i];
      }
    }
    assertArrayEquals(
        new float[] {(float) theta[0], (float) theta[1], (float) theta[2]},
        first.toFloatArray(),
        1e-5f);
    assertArrayEquals(new float[] {(float) theta[3]}, second.toFloatArray(), 1e-5f);
  }
}
