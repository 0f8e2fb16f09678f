package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Networks;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;

/** Input-gradients against central differences. */
class GradientTest extends OnEveryDevice {
  private static final Architecture RESNET = Architecture.resNet18(4, Given.SMALL, 5);
  private static final Architecture MLP = Architecture.mlp(12, Given.SMALL, 5);
  private static final int[] LABELS = {3, 0};
  private static final Shape SHAPE = new Shape(2, 3, 8, 8);

  private static List<Image> images() {
    return Given.images(Given.SMALL, 2, 0.1, 0.9, 3);
  }

  private NDArray leaf(NDArray x) {
    NDArray leaf = x.duplicate();
    leaf.setRequiresGradient(true);
    return leaf;
  }

  @Test
  void classifiersGradientIsTheDifferenceQuotientInFloat32() {
    for (Architecture architecture : List.of(RESNET, MLP)) {
      try (Classifier f = Given.classifier(engine, architecture, 5)) {
        NDArray x = Pixels.toArray(images(), manager);
        NDArray leaf = leaf(x);
        NDArray gradient =
            engine.autograd().gradient(CrossEntropy.of(f.logits(leaf), LABELS).sum(), leaf);
        ToDoubleFunction<NDArray> loss =
            at ->
                CrossEntropy.of(f.logits(at), LABELS)
                    .toType(DataType.FLOAT64, false)
                    .sum()
                    .getDouble();
        // Along the gradient, where the quotient is its norm, and along ten random directions.
        double norm = gradient.norm().getFloat();
        assertClose(norm, quotient(loss, x, gradient.div(norm), 1e-3), norm);
        for (int k = 0; k < 10; k++) {
          NDArray u = manager.create(Given.gaussian((int) x.size(), 1, k), SHAPE);
          u = u.div(u.norm());
          NDArray along = u.add(gradient.div(norm)).div(2);
          assertClose(gradient.mul(along).sum().getFloat(), quotient(loss, x, along, 1e-3), norm);
        }
      }
    }
  }

  private static void assertClose(double expected, double actual, double scale) {
    assertTrue(Math.abs(expected - actual) <= 1e-2 * scale, expected + " but " + actual);
  }

  @Test
  void everyPixelsGradientIsTheDifferenceQuotientInFloat64() {
    Weights raw = Weights.of(Given.tensors(RESNET, 5), DataType.FLOAT64, manager);
    TorchLayers layers = TorchLayers.batchNormed(raw, false);
    ToDoubleFunction<NDArray> loss = at -> loss(layers, at).getDouble();
    NDArray x = Pixels.toArray(images(), manager).toType(DataType.FLOAT64, false);
    NDArray leaf = leaf(x);
    double[] gradient = engine.autograd().gradient(loss(layers, leaf), leaf).toDoubleArray();
    double scale = 0;
    for (double value : gradient) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int j = 0; j < gradient.length; j += 41) {
      double[] unit = new double[gradient.length];
      unit[j] = 1;
      double quotient = quotient(loss, x, manager.create(unit, SHAPE), 1e-6);
      assertTrue(
          Math.abs(quotient - gradient[j]) <= 1e-6 * scale, gradient[j] + " but " + quotient);
    }
  }

  private static NDArray loss(TorchLayers layers, NDArray x) {
    NDArray normal = Pixels.normalize(x, Given.NORMALIZATION);
    return CrossEntropy.of(Networks.logits(RESNET, normal, layers), LABELS).sum();
  }

  @Test
  void anImagesGradientDoesNotDependOnItsNeighbors() {
    try (Classifier f = Given.classifier(engine, RESNET, 5)) {
      NDArray both = leaf(Pixels.toArray(images(), manager));
      NDArray alone = leaf(Pixels.toArray(images().subList(1, 2), manager));
      NDArray ofBoth =
          engine.autograd().gradient(CrossEntropy.of(f.logits(both), LABELS).sum(), both);
      NDArray ofOne =
          engine
              .autograd()
              .gradient(CrossEntropy.of(f.logits(alone), new int[] {LABELS[1]}).sum(), alone);
      float largest = ofOne.abs().max().getFloat();
      assertArrayEquals(ofOne.toFloatArray(), ofBoth.get("1:2").toFloatArray(), 1e-4f * largest);
    }
  }

  @Test
  void logitsInputGradientOfALinearModelIsItsRowOverTheDeviation() {
    int d = Given.SMALL.size();
    float[][] w = {Given.gaussian(d, 1, 1), Given.gaussian(d, 1, 2)};
    try (Classifier f =
        Classifier.of(
            engine,
            Architecture.mlp(d, Given.SMALL, 2),
            new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 0.5, 2.0)),
            Given.linear(Given.SMALL, w, new float[2]),
            Precision.EXACT)) {
      List<Image> gradients = InputGradients.ofLogit(f, images(), new int[] {1, 0});
      float[] deviations = {1, 0.5f, 2};
      for (int j = 0; j < d; j++) {
        assertEquals(w[1][j] / deviations[j / 64], gradients.get(0).pixels()[j], 1e-4);
        assertEquals(w[0][j] / deviations[j / 64], gradients.get(1).pixels()[j], 1e-4);
      }
    }
  }

  private static double quotient(
      ToDoubleFunction<NDArray> f, NDArray x, NDArray direction, double h) {
    double up = f.applyAsDouble(x.add(direction.mul(h)));
    double down = f.applyAsDouble(x.sub(direction.mul(h)));
    return (up - down) / (2 * h);
  }
}
