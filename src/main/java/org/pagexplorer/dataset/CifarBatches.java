package org.pagexplorer.dataset;

import java.nio.file.Path;
import java.util.List;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/** Files of records of label bytes and 3,072 pixels, red, green and blue plane row by row. */
final class CifarBatches {
  private final List<BinaryFile> files;

  private CifarBatches(List<BinaryFile> files) {
    this.files = files;
  }

  /**
   * Opens files as one dataset.
   *
   * @param labelBytes before the pixels of each record
   * @param labelAt which of them is the label
   */
  static ArrayDataset open(
      String name, List<String> classes, List<Path> paths, int labelBytes, int labelAt) {
    int record = labelBytes + InputShape.CIFAR.size();
    List<BinaryFile> files = paths.stream().map(file -> BinaryFile.open(file, record)).toList();
    int[] labels = new int[files.stream().mapToInt(BinaryFile::records).sum()];
    int next = 0;
    for (BinaryFile file : files) {
      for (int i = 0; i < file.records(); i++) {
        labels[next++] = checked(file, i, file.unsigned(i, labelAt), classes.size());
      }
    }
    CifarBatches batches = new CifarBatches(files);
    return new ArrayDataset(
        name, classes, InputShape.CIFAR, labels, index -> batches.bytes(index, labelBytes));
  }

  private static int checked(BinaryFile file, int record, int label, int classes) {
    if (label >= classes) {
      throw new UserException(
          "Record %d of %s has label %d, but there are only %d classes: "
                  .formatted(record, file.path(), label, classes)
              + "the file is damaged or not a CIFAR batch, so download it again.");
    }
    return label;
  }

  private byte[] bytes(int index, int from) {
    int rest = index;
    for (BinaryFile file : files) {
      if (rest < file.records()) {
        return file.bytes(rest, from);
      }
      rest -= file.records();
    }
    throw new IndexOutOfBoundsException(index);
  }
}
