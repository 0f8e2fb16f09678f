package org.pagexplorer.dataset;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * Images in NumPy's arrays: N×H×W, N×H×W×C or N×C×H×W of 1 channel or 3, or rows of 784 or 3,072
 * values as MNIST and CIFAR are flattened; of bytes, or of numbers from 0 to 255 or from 0 to 1.
 *
 * @param last whether channels lie beside each other
 * @param scale what makes a value a byte
 */
record ArrayImages(NpyArray array, InputShape shape, boolean last, double scale) {
  private static final int LOOKED_AT = 64;

  /**
   * Tells the order of an array's sides by their lengths, and its scale by its first values.
   *
   * @throws UserException if it is none of these
   */
  static ArrayImages of(NpyArray array) {
    List<Integer> sizes = array.sizes();
    int n = sizes.size();
    double scale = scale(array);
    if (n == 3) {
      return new ArrayImages(array, shape(1, sizes.get(1), sizes.get(2)), false, scale);
    }
    if (n == 4 && isChannels(sizes.get(3))) {
      InputShape shape = shape(sizes.get(3), sizes.get(1), sizes.get(2));
      return new ArrayImages(array, shape, true, scale);
    }
    if (n == 4 && isChannels(sizes.get(1))) {
      InputShape shape = shape(sizes.get(1), sizes.get(2), sizes.get(3));
      return new ArrayImages(array, shape, false, scale);
    }
    if (n == 2 && sizes.get(1) == InputShape.CIFAR.size()) {
      return new ArrayImages(array, InputShape.CIFAR, false, scale);
    }
    if (n == 2 && sizes.get(1) == 28 * 28) {
      return new ArrayImages(array, shape(1, 28, 28), false, scale);
    }
    throw new UserException(
        "The array %s has shape %s, which is not that of images: save N×H×W×C with 1 or 3 channels."
            .formatted(array.name(), sizes));
  }

  private static boolean isChannels(int size) {
    return size == 1 || size == 3;
  }

  private static InputShape shape(int channels, int height, int width) {
    return new InputShape(channels, height, width);
  }

  private static double scale(NpyArray array) {
    if (array.kind() == 'u' && array.width() == 1) {
      return 1;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    long values = array.count() / Math.max(1, array.length()) * Math.min(LOOKED_AT, array.length());
    for (long i = 0; i < values; i++) {
      least = Math.min(least, array.value(i));
      most = Math.max(most, array.value(i));
    }
    if (!(least >= 0 && most <= 255)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The array %s holds values from %.3g to %.3g: save pixels from 0 to 1 or to 255.",
              array.name(),
              least,
              most));
    }
    return most <= 1 && array.kind() != 'i' && array.kind() != 'u' ? 255 : 1;
  }

  /** An image, CHW. */
  byte[] bytes(int index) {
    int size = shape.size();
    int plane = shape.height() * shape.width();
    int channels = shape.channels();
    byte[] bytes = new byte[size];
    long from = (long) index * size;
    byte[] raw = isBytes() ? raw(from, size) : converted(from, size);
    if (!last || channels == 1) {
      return raw;
    }
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < channels; c++) {
        bytes[c * plane + p] = raw[p * channels + c];
      }
    }
    return bytes;
  }

  private boolean isBytes() {
    return array.width() == 1 && scale == 1;
  }

  private byte[] raw(long from, int size) {
    return array.values().asSlice(from, size).toArray(ValueLayout.JAVA_BYTE);
  }

  private byte[] converted(long from, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) Math.clamp(Math.round(array.value(from + i) * scale), 0, 255);
    }
    return bytes;
  }
}
