package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutogradTest extends OnEveryDevice {
  private static final float[] W = {0.5f, -1, 2, 3};
  private static final float[] X = {1, 2, -0.5f, 0.25f};

  private NDArray leaf(float... values) {
    NDArray leaf = manager.create(values);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  @Test
  void gradientOfASumOfSquares() {
    NDArray x = leaf(X);
    NDArray gradient = engine.autograd().gradient(x.square().mul(manager.create(W)).sum(), x);
    assertArrayEquals(products(2, 1), gradient.toFloatArray(), 1e-6f);
  }

  @Test
  void gradientOfAGradientIsTheSecondDerivative() {
    NDArray x = leaf(X);
    NDArray w = leaf(W);
    NDArray g = engine.autograd().gradientWithGraph(x.square().mul(w).sum(), x);
    assertArrayEquals(products(2, 1), g.stopGradient().toFloatArray(), 1e-6f);
    NDList second = engine.autograd().gradients(g.square().sum(), List.of(w));
    // y = Σ w x², g = 2wx, ∂(Σ g²)/∂w = 8wx²
    assertArrayEquals(products(8, 2), second.head().toFloatArray(), 1e-5f);
  }

  @Test
  void severalVectorJacobianProductsShareOneGraph() {
    NDArray x = leaf(X);
    NDArray w = leaf(W);
    NDArray y = x.square().mul(w);
    NDArray sum = manager.create(0f);
    for (int i = 0; i < X.length; i++) {
      NDArray v = engine.autograd().gradientWithGraph(y.get(i), x);
      sum = sum.add(v.square().sum());
    }
    NDList second = engine.autograd().gradients(sum, List.of(w));
    assertArrayEquals(products(8, 2), second.head().toFloatArray(), 1e-5f);
  }

  @Test
  void gradientsComeInTheOrderOfTheirInputs() {
    NDArray a = leaf(2);
    NDArray b = leaf(3);
    NDArray c = leaf(5);
    NDArray output = a.mul(b).mul(c).sum();
    NDList gradients = engine.autograd().gradients(output, List.of(c, a, b));
    assertEquals(6, gradients.get(0).getFloat());
    assertEquals(15, gradients.get(1).getFloat());
    assertEquals(10, gradients.get(2).getFloat());
  }

  @Test
  void noGradFieldIsEverWritten() {
    NDArray x = leaf(X);
    NDArray w = leaf(W);
    for (int i = 0; i < 3; i++) {
      NDArray g = engine.autograd().gradientWithGraph(x.square().mul(w).sum(), x);
      engine.autograd().gradients(g.square().sum(), List.of(w));
      assertArrayEquals(
          products(2, 1),
          engine.autograd().gradient(x.square().mul(w).sum(), x).toFloatArray(),
          1e-6f);
    }
    // DJL reads an absent .grad as zeros
    assertArrayEquals(new float[4], x.getGradient().toFloatArray());
    assertArrayEquals(new float[4], w.getGradient().toFloatArray());
  }

  @Test
  void bfloat16KeepsEightBitsAndItsGradientFlows() {
    NDArray x = leaf(1 + 1 / 128f, 1 + 1 / 1024f, -3, 1e30f);
    NDArray rounded = engine.autograd().float32(engine.autograd().bfloat16(x));
    float[] values = rounded.stopGradient().toFloatArray();
    assertEquals(1 + 1 / 128f, values[0]);
    assertEquals(1, values[1]);
    assertEquals(-3, values[2]);
    assertEquals(1e30f, values[3], 1e30f / 256);
    NDArray gradient = engine.autograd().gradient(rounded.mul(3).sum(), x);
    assertArrayEquals(new float[] {3, 3, 3, 3}, gradient.toFloatArray());
  }

  /** Against doubles: cross-entropy to 1e-6 of itself, however small, and its direction. */
  @Test
  void crossEntropyIsTheSoftplusOfItsLogOddsAndNeitherSaturates() {
    float[][] rows = {
      {40, 1, -2, 3}, {0.5f, 0.2f, -1, 2}, {-30, 8, 7, 1}, {2e4f, 1e4f, 1.01e4f, 0}
    };
    for (float[] row : rows) {
      NDArray z = manager.create(row).reshape(1, row.length);
      z.setRequiresGradient(true);
      NDArray logOdds = engine.autograd().logOddsAgainst(z, new int[] {0});
      double expected = logSumExp(row[1], row[2], row[3]) - row[0];
      assertEquals(expected, logOdds.stopGradient().getFloat(0), 1e-6 * Math.abs(expected));
      double crossEntropy = expected > 30 ? expected : Math.log1p(Math.exp(expected));
      double loss = engine.autograd().softplus(logOdds).stopGradient().getFloat(0);
      assertEquals(crossEntropy, loss, 1e-5 * crossEntropy);
      float[] gradient = engine.autograd().gradient(logOdds.sum(), z).toFloatArray();
      assertEquals(-1, gradient[0]);
      for (int c = 1; c < row.length; c++) {
        double share = Math.exp(row[c] - logSumExp(row[1], row[2], row[3]));
        assertEquals(share, gradient[c], 1e-6, "class " + c);
      }
    }
  }

  private static double logSumExp(double... values) {
    double largest = Arrays.stream(values).max().orElseThrow();
    return largest + Math.log(Arrays.stream(values).map(v -> Math.exp(v - largest)).sum());
  }

  @Test
  void channelsLastChangesNoValue() {
    float[] values = Given.gaussian(2 * 3 * 4 * 5, 1, 1);
    NDArray x = manager.create(values, new ai.djl.ndarray.types.Shape(2, 3, 4, 5));
    assertArrayEquals(values, engine.autograd().channelsLast(x).toFloatArray());
  }

  /** factor · w · x^power. */
  private static float[] products(double factor, int power) {
    float[] products = new float[W.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = (float) (factor * W[i] * Math.pow(X[i], power));
    }
    return products;
  }
}
