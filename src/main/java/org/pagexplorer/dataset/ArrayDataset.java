package org.pagexplorer.dataset;

import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * Images whose bytes can be had at once, from memory or from a mapped file.
 *
 * @param labels one an image
 * @param pixels the bytes of an image, CHW, in an array of the caller's own
 */
record ArrayDataset(
    String name, List<String> classes, InputShape shape, int[] labels, IntFunction<byte[]> pixels)
    implements Dataset {

  /**
   * Checks that every label is a class.
   *
   * @param file named in the sentence
   * @throws UserException naming the first that is none
   */
  static int[] checked(int[] labels, int classes, Object file) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new UserException(
            "Image %d of %s has label %d, but there are only %d classes: the file is damaged or of"
                    .formatted(i, file, labels[i], classes)
                + " another dataset, so download it again.");
      }
    }
    return labels;
  }

  /** Checks that there are as many images as labels, and one at least. */
  static void checkSizes(Object images, long count, Object labels, long labelCount) {
    if (count != labelCount || count == 0) {
      throw new UserException(
          "%s holds %d images but %s holds %d labels: unpack the archive again."
              .formatted(images, count, labels, labelCount));
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public byte[] bytes(int index) {
    return pixels.apply(Objects.checkIndex(index, labels.length));
  }
}
