package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * STL-10's binary version (Coates, Ng and Lee, 2011): 3×96×96 unsigned bytes an image, each channel
 * column by column, and a file of labels that count from 1.
 */
final class Stl10 implements Dataset {
  static final List<String> CLASSES =
      List.of("airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck");

  private final List<String> classes;
  private final BinaryFile images;
  private final BinaryFile labels;

  private Stl10(List<String> classes, BinaryFile images, BinaryFile labels) {
    this.classes = classes;
    this.images = images;
    this.labels = labels;
  }

  /** Whether a folder holds a file of this format. */
  static boolean isIn(Path folder) {
    return Files.exists(images(folder, Split.TRAIN)) || Files.exists(images(folder, Split.TEST));
  }

  static Dataset open(Path folder, Split split) {
    List<String> classes = ClassNames.read(folder.resolve("class_names.txt"), CLASSES);
    BinaryFile images = BinaryFile.open(images(folder, split), InputShape.STL.size());
    BinaryFile labels = BinaryFile.open(folder.resolve(split.id() + "_y.bin"), 1);
    checkSizes(images, labels);
    checkLabels(labels, classes.size());
    return new Stl10(classes, images, labels);
  }

  private static Path images(Path folder, Split split) {
    return folder.resolve(split.id() + "_X.bin");
  }

  private static void checkSizes(BinaryFile images, BinaryFile labels) {
    if (images.records() != labels.records()) {
      throw new UserException(
          "%s holds %d images but %s holds %d labels: unpack the archive again."
              .formatted(images.path(), images.records(), labels.path(), labels.records()));
    }
  }

  private static void checkLabels(BinaryFile labels, int classes) {
    for (int i = 0; i < labels.records(); i++) {
      int label = labels.unsigned(i, 0);
      if (label < 1 || label > classes) {
        throw new UserException(
            "Record %d of %s has label %d, but STL-10's labels are 1 to %d: "
                    .formatted(i, labels.path(), label, classes)
                + "the file is damaged, so download it again.");
      }
    }
  }

  @Override
  public String name() {
    return "STL-10";
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public InputShape shape() {
    return InputShape.STL;
  }

  @Override
  public int size() {
    return images.records();
  }

  @Override
  public int label(int index) {
    return labels.unsigned(index, 0) - 1;
  }

  @Override
  public byte[] bytes(int index) {
    return transposed(images.bytes(index, 0));
  }

  private static byte[] transposed(byte[] columnMajor) {
    int side = InputShape.STL.height();
    byte[] rowMajor = new byte[columnMajor.length];
    for (int plane = 0; plane < columnMajor.length; plane += side * side) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          rowMajor[plane + y * side + x] = columnMajor[plane + x * side + y];
        }
      }
    }
    return rowMajor;
  }
}
