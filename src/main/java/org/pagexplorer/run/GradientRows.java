package org.pagexplorer.run;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sha256;

/**
 * Which rows of a file of gradients belong to which images: found by their place in the dataset
 * (whatever part of it is trained on), by the list that {@code pag gradients --limit} writes, or,
 * where the file holds the images themselves before their gradients, by their pixels.
 */
final class GradientRows {
  /** Metadata: places of the images, where the file does not have all of them. */
  static final String PLACES = "images";

  /** Metadata: {@link #print} of the dataset. */
  static final String PRINT = "dataset-sha256";

  private static final int LOOKED_AT = 16;

  private final GradientFile file;
  private final Dataset data;
  private final Dataset source;
  private final int classes;

  GradientRows(GradientFile file, Dataset data) {
    this.file = file;
    this.data = data;
    source = data.original();
    classes = source.classes().size();
  }

  /**
   * What the file needs to hold for the dataset, looked at without reading more than a few images.
   *
   * @throws UserException in a sentence, if it holds something else
   */
  void check() {
    InputShape shape = data.shape();
    List<Long> sides = file.sides();
    List<Long> wanted =
        List.of((long) shape.channels(), (long) shape.height(), (long) shape.width());
    boolean fits =
        sides.size() == 5
            && (sides.get(1) == classes || hasImages())
            && sides.subList(2, 5).equals(wanted);
    if (!fits) {
      throw new UserException(
          "%s holds %s numbers, but gradients of %s are N × %d × %d × %d × %d; choose a file for these images and classes."
              .formatted(
                  file.path(),
                  String.join(" × ", sides.stream().map(String::valueOf).toList()),
                  data.name(),
                  classes,
                  shape.channels(),
                  shape.height(),
                  shape.width()));
    }
    boolean some = file.metadata().containsKey(PLACES);
    if (!hasImages() && !some && sides.getFirst() != source.size()) {
      throw new UserException(
          "%s holds gradients of %,d images, but %s has %,d; choose the file that was made for it."
              .formatted(file.path(), sides.getFirst(), source.name(), source.size()));
    }
    String print = file.metadata().get(PRINT);
    if (print != null && !print.equals(print(source))) {
      throw new UserException(
          "%s holds gradients of other images than those of %s, or of the same in another order; choose the file that was made for it."
              .formatted(file.path(), source.name()));
    }
    var _ = columns();
  }

  /** Whether an image stands before its gradients, as in the authors' file. */
  private boolean hasImages() {
    return file.sides().get(1) == classes + 1;
  }

  /**
   * Where each image's first gradient is; its others follow.
   *
   * @throws UserException if the file lacks one of the images
   */
  long[] firsts() {
    long each = file.sides().get(1);
    long own = hasImages() ? 1 : 0;
    int[] rows = hasImages() ? byPixels() : byPlace();
    return Arrays.stream(rows).mapToLong(row -> row * each + own).toArray();
  }

  /**
   * Which of an image's gradients is each class's: a file has them in the order of the dataset's
   * classes, also where they are asked for in a model's.
   *
   * @throws UserException if the dataset lacks one of the classes
   */
  int[] columns() {
    int[] columns = IntStream.range(0, data.classes().size()).map(data::originalClass).toArray();
    for (int c = 0; c < columns.length; c++) {
      if (columns[c] < 0) {
        throw new UserException(
            "%s holds gradients for the %d classes of %s, of which \"%s\" is none; choose a dataset and a file with all classes of the model."
                .formatted(file.path(), classes, source.name(), data.classes().get(c)));
      }
    }
    return columns;
  }

  private int[] byPlace() {
    String places = file.metadata().get(PLACES);
    if (places == null) {
      return IntStream.range(0, data.size()).map(data::originalIndex).toArray();
    }
    Map<String, Integer> rows = new HashMap<>();
    for (String place : places.split(",", -1)) {
      rows.put(place, rows.size());
    }
    if (rows.size() != file.sides().getFirst()) {
      throw new UserException(
          file.path() + " is damaged: its list of images has another length; write it again.");
    }
    return IntStream.range(0, data.size())
        .map(i -> row(rows.get(String.valueOf(data.originalIndex(i))), i))
        .toArray();
  }

  private int[] byPixels() {
    Map<ByteBuffer, Integer> rows = new HashMap<>();
    int count = Math.toIntExact(file.sides().getFirst());
    boolean normalized = IntStream.range(0, count).anyMatch(row -> hasNegative(pixels(row)));
    for (int row = 0; row < count; row++) {
      rows.putIfAbsent(digest(bytes(pixels(row), normalized)), row);
    }
    return IntStream.range(0, data.size())
        .map(i -> row(rows.get(digest(data.bytes(i))), i))
        .toArray();
  }

  private int row(@org.jspecify.annotations.Nullable Integer row, int image) {
    if (row == null) {
      throw new UserException(
          "%s has no gradients of image %d of %s; choose a file that has all that are trained on, or write one with the same --limit and --seed."
              .formatted(file.path(), data.originalIndex(image), source.name()));
    }
    return row;
  }

  private float[] pixels(int row) {
    return file.read(row * file.sides().get(1));
  }

  /** Of a whole file, one tells it: an image may have no dark pixel. */
  private static boolean hasNegative(float[] pixels) {
    for (float pixel : pixels) {
      if (pixel < 0) {
        return true;
      }
    }
    return false;
  }

  /** From pixels in [0, 1], or normalized by mean 0.5 and standard deviation 0.5. */
  private static byte[] bytes(float[] pixels, boolean normalized) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      float pixel = normalized ? (pixels[i] + 1) / 2 : pixels[i];
      bytes[i] = (byte) Math.round(255 * Math.clamp(pixel, 0, 1));
    }
    return bytes;
  }

  private static ByteBuffer digest(byte[] bytes) {
    return ByteBuffer.wrap(Sha256.newDigest().digest(bytes));
  }

  /** SHA-256 over a dataset's shape, labels, and 16 evenly spaced images. */
  static String print(Dataset source) {
    MessageDigest digest = Sha256.newDigest();
    InputShape shape = source.shape();
    ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * (4 + source.size()));
    numbers.putInt(shape.channels()).putInt(shape.height()).putInt(shape.width());
    numbers.putInt(source.size());
    for (int i = 0; i < source.size(); i++) {
      numbers.putInt(source.label(i));
    }
    digest.update(numbers.flip());
    for (int k = 0; k < LOOKED_AT; k++) {
      digest.update(source.bytes((int) ((long) k * (source.size() - 1) / (LOOKED_AT - 1))));
    }
    return Sha256.hex(digest);
  }
}
