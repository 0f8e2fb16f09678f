package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * STL-10's binary version (Coates, Ng and Lee, 2011): 3×96×96 unsigned bytes an image, each channel
 * column by column, and a file of labels that count from 1.
 */
final class Stl10 {
  static final List<String> CLASSES =
      List.of("airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck");

  private Stl10() {}

  /** {@code train_X.bin} and {@code test_X.bin}, with {@code …_y.bin} beside them. */
  static SequencedMap<String, Supplier<Dataset>> in(Path folder) {
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    for (String split : List.of("test", "train")) {
      if (Files.exists(folder.resolve(split + "_X.bin"))) {
        parts.put(split, () -> open(folder, split));
      }
    }
    return parts;
  }

  private static Dataset open(Path folder, String split) {
    List<String> classes = ClassNames.read(folder.resolve("class_names.txt"), CLASSES);
    BinaryFile images = BinaryFile.open(folder.resolve(split + "_X.bin"), InputShape.STL.size());
    BinaryFile labels = BinaryFile.open(folder.resolve(split + "_y.bin"), 1);
    ArrayDataset.checkSizes(images.path(), images.records(), labels.path(), labels.records());
    return new ArrayDataset(
        "STL-10",
        classes,
        InputShape.STL,
        labels(labels, classes.size()),
        index -> transposed(images.bytes(index, 0)));
  }

  private static int[] labels(BinaryFile file, int classes) {
    int[] labels = new int[file.records()];
    for (int i = 0; i < labels.length; i++) {
      int label = file.unsigned(i, 0);
      if (label < 1 || label > classes) {
        throw new UserException(
            "Record %d of %s has label %d, but STL-10's labels are 1 to %d: "
                    .formatted(i, file.path(), label, classes)
                + "the file is damaged, so download it again.");
      }
      labels[i] = label - 1;
    }
    return labels;
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
