package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Networks;
import org.pagexplorer.domain.Precision;

class FoldingTest extends OnEveryDevice {
  private static final Architecture NETWORK =
      Architecture.resNet18(4, new InputShape(3, 16, 16), 10);
  private static final List<Image> IMAGES = Given.images(NETWORK.input(), 6, 0, 1, 1);

  private NDArray pixels(DataType type) {
    return Pixels.toArray(IMAGES, manager).toType(type, false);
  }

  private NDArray batchNormed(DataType type) {
    Weights raw = Weights.of(Given.tensors(NETWORK, 7), type, manager);
    NDArray x = Pixels.normalize(pixels(type), Given.NORMALIZATION);
    return Networks.logits(NETWORK, x, TorchLayers.batchNormed(raw, false));
  }

  private NDArray folded(DataType type, UnaryOperator<NDArray> layout) {
    Weights raw = Weights.of(Given.tensors(NETWORK, 7), type, manager);
    Weights folded = Folding.fold(NETWORK, raw, UnaryOperator.identity(), manager);
    if (type == DataType.FLOAT32) {
      folded.toChannelsLast(engine.autograd());
    }
    NDArray x = layout.apply(Pixels.normalize(pixels(type), Given.NORMALIZATION));
    return Networks.logits(NETWORK, x, TorchLayers.folded(folded));
  }

  @Test
  void foldedClassifierComputesTheBatchNormedLogits() {
    NDArray expected = batchNormed(DataType.FLOAT32);
    try (Classifier classifier = Given.classifier(engine, NETWORK, 7)) {
      assertTrue(relativeError(classifier.logits(pixels(DataType.FLOAT32)), expected) < 1e-4);
    }
  }

  @Test
  void foldingIsExactInFloat64() {
    NDArray folded = folded(DataType.FLOAT64, UnaryOperator.identity());
    assertTrue(relativeError(folded, batchNormed(DataType.FLOAT64)) < 1e-11);
  }

  @Test
  void channelsLastComputesTheSameLogits() {
    NDArray folded = folded(DataType.FLOAT32, engine.autograd()::channelsLast);
    assertTrue(relativeError(folded, batchNormed(DataType.FLOAT32)) < 1e-4);
  }

  @Test
  void fastPrecisionIsCloseToExact() {
    NDArray expected = batchNormed(DataType.FLOAT32);
    try (Classifier fast =
        Classifier.of(
            engine, NETWORK, Given.NORMALIZATION, Given.tensors(NETWORK, 7), Precision.FAST)) {
      double tolerance = fast.isBfloat16() ? 0.1 : 1e-4;
      assertTrue(relativeError(fast.logits(pixels(DataType.FLOAT32)), expected) < tolerance);
    }
  }

  @Test
  void foldedWeightsHaveNoBatchNormsAndNeedNoGradients() {
    Weights raw = Weights.of(Given.tensors(NETWORK, 7), DataType.FLOAT32, manager);
    raw.trainable().forEach(weight -> weight.setRequiresGradient(true));
    Weights folded = Folding.fold(NETWORK, raw, UnaryOperator.identity(), manager);
    for (String name : folded.names()) {
      assertTrue(!name.contains("bn") && !name.contains("shortcut.1"), name);
      assertTrue(!folded.get(name).hasGradient(), name);
    }
    assertEquals(20 * 2 + 2, folded.names().size()); // 20 convolutions and one linear layer
  }

  @Test
  void foldedWeightsAreACopy() {
    Weights raw = Weights.of(Given.tensors(NETWORK, 7), DataType.FLOAT32, manager);
    Weights folded = Folding.fold(NETWORK, raw, UnaryOperator.identity(), manager);
    float before = folded.get("linear.bias").getFloat(0);
    raw.get("linear.bias").addi(1);
    assertEquals(before, folded.get("linear.bias").getFloat(0));
    assertNotEquals(before, raw.get("linear.bias").getFloat(0));
  }

  private static double relativeError(NDArray actual, NDArray expected) {
    NDArray wide = expected.toType(DataType.FLOAT64, false);
    double error = actual.toType(DataType.FLOAT64, false).sub(wide).abs().max().getDouble();
    return error / wide.abs().max().getDouble();
  }
}
