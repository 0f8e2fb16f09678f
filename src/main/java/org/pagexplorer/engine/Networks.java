package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Normalization;

/**
 * The forward passes, as functions of normalised images and weights. Names, order and strides are
 * those of the usual PyTorch CIFAR ResNet.
 */
final class Networks {
  private Networks() {}

  /**
   * The logits, N × classes, of normalised inputs, N × C × H × W.
   *
   * @param convolution how a convolution and its batch norm are computed; a perceptron has none
   */
  static NDArray logits(
      Architecture architecture, NDArray x, Weights weights, NormalizedConvolution convolution) {
    return switch (architecture.family()) {
      case RESNET18 -> resNet18(x, weights, convolution);
      case MLP -> perceptron(x, weights, Activation::relu);
      case MLP_TANH -> perceptron(x, weights, Activation::tanh);
      case MLP_SIGMOID -> perceptron(x, weights, Activation::sigmoid);
      case MLP_SOFTPLUS -> perceptron(x, weights, Activation::softPlus);
    };
  }

  private static NDArray resNet18(NDArray x, Weights weights, NormalizedConvolution convolution) {
    NDArray h = Activation.relu(convolution.apply(x, "conv1", "bn1", 1, 1));
    for (int stage = 1; stage <= 4; stage++) {
      for (int block = 0; block < 2; block++) {
        boolean narrows = stage > 1 && block == 0;
        h = basicBlock(h, "layer" + stage + "." + block, narrows, convolution);
      }
    }
    // global average pooling; one axis at a time, as DJL's PyTorch mean takes one
    return linear(h.mean(new int[] {3}).mean(new int[] {2}), weights, "linear");
  }

  private static NDArray basicBlock(
      NDArray x, String name, boolean narrows, NormalizedConvolution convolution) {
    int stride = narrows ? 2 : 1;
    NDArray h = Activation.relu(convolution.apply(x, name + ".conv1", name + ".bn1", stride, 1));
    NDArray residual = convolution.apply(h, name + ".conv2", name + ".bn2", 1, 1);
    NDArray shortcut =
        narrows ? convolution.apply(x, name + ".shortcut.0", name + ".shortcut.1", stride, 0) : x;
    return Activation.relu(residual.add(shortcut));
  }

  private static NDArray perceptron(NDArray x, Weights weights, UnaryOperator<NDArray> activation) {
    NDArray flat = x.reshape(x.getShape().get(0), -1);
    return linear(activation.apply(linear(flat, weights, "fc1")), weights, "fc2");
  }

  private static NDArray linear(NDArray x, Weights weights, String name) {
    return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias")).head();
  }

  /** A channel's constants as an array that broadcasts over N × C × H × W. */
  static NDArray perChannel(List<Double> values, DataType type, NDManager manager) {
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    return manager.create(array, new Shape(1, array.length, 1, 1)).toType(type, false);
  }

  /** {@code (x − mean) / std}, the model's own first step. */
  static NDArray normalize(NDArray x, Normalization normalization) {
    if (normalization.isIdentity()) {
      return x;
    }
    NDManager manager = x.getManager();
    NDArray mean = perChannel(normalization.mean(), x.getDataType(), manager);
    NDArray std = perChannel(normalization.std(), x.getDataType(), manager);
    return x.sub(mean).div(std);
  }
}
