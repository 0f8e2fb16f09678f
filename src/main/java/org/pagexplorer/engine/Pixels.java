package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;

/** Images to arrays and back, and the model's own first step. */
final class Pixels {
  private Pixels() {}

  /** N × C × H × W, float32. */
  static NDArray toArray(List<Image> images, NDManager manager) {
    InputShape shape = images.getFirst().shape();
    float[] pixels = new float[images.size() * shape.size()];
    for (int i = 0; i < images.size(); i++) {
      if (!images.get(i).shape().equals(shape)) {
        throw new IllegalArgumentException(
            "a batch of " + shape + " holds an image of " + images.get(i).shape());
      }
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * shape.size(), shape.size());
    }
    return manager.create(
        pixels, new Shape(images.size(), shape.channels(), shape.height(), shape.width()));
  }

  static List<Image> toImages(NDArray array, InputShape shape) {
    float[] pixels = array.toFloatArray();
    List<Image> images = new ArrayList<>();
    for (int from = 0; from < pixels.length; from += shape.size()) {
      images.add(new Image(shape, Arrays.copyOfRange(pixels, from, from + shape.size())));
    }
    return images;
  }

  /** All values as bytes, rounded to nearest: what a screen shows. */
  static byte[] toBytes(NDArray array) {
    try (NDArray clipped = array.clip(0, 1);
        NDArray scaled = clipped.mul(255);
        NDArray rounded = scaled.round();
        NDArray bytes = rounded.toType(DataType.UINT8, false)) {
      return bytes.toByteArray();
    }
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
