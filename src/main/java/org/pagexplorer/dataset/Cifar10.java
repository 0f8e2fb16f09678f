package org.pagexplorer.dataset;

import java.nio.file.Path;
import java.util.List;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * CIFAR-10's binary version (Krizhevsky, 2009): records of a label byte and 3,072 pixels, the red,
 * green and blue plane row by row. A file may hold any whole number of records.
 */
final class Cifar10 implements Dataset {
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int RECORD = 1 + InputShape.CIFAR.size();
  private static final int TRAIN_IMAGES = 50_000;
  private static final int TEST_IMAGES = 10_000;

  private final String name;
  private final List<String> classes;
  private final List<BinaryFile> batches;
  private final int size;

  private Cifar10(String name, List<String> classes, List<BinaryFile> batches) {
    this.name = name;
    this.classes = classes;
    this.batches = batches;
    this.size = size(batches);
  }

  /** Whether a folder holds a file of this format. */
  static boolean isIn(Path folder) {
    return !files(folder, Split.TRAIN).isEmpty() || !files(folder, Split.TEST).isEmpty();
  }

  static Dataset open(Path folder, Split split) {
    List<Path> files = files(folder, split);
    if (files.isEmpty()) {
      throw new UserException(
          "The folder %s has no %s, so CIFAR-10's %s split is missing: unpack the archive again."
              .formatted(folder, pattern(split), split.id()));
    }
    List<String> classes = ClassNames.read(folder.resolve("batches.meta.txt"), CLASSES);
    List<BinaryFile> batches = files.stream().map(file -> BinaryFile.open(file, RECORD)).toList();
    batches.forEach(batch -> checkLabels(batch, classes.size()));
    return new Cifar10(name(folder, split, classes, size(batches)), classes, batches);
  }

  private static List<Path> files(Path folder, Split split) {
    return Listing.entries(folder, file -> isBatch(Listing.name(file), split));
  }

  private static boolean isBatch(String name, Split split) {
    return switch (split) {
      case TRAIN -> name.startsWith("data_batch_") && name.endsWith(".bin");
      case TEST -> name.equals("test_batch.bin");
    };
  }

  private static String pattern(Split split) {
    return switch (split) {
      case TRAIN -> "data_batch_*.bin";
      case TEST -> "test_batch.bin";
    };
  }

  private static void checkLabels(BinaryFile batch, int classes) {
    for (int i = 0; i < batch.records(); i++) {
      if (batch.unsigned(i, 0) >= classes) {
        throw new UserException(
            "Record %d of %s has label %d, but there are only %d classes: "
                    .formatted(i, batch.path(), batch.unsigned(i, 0), classes)
                + "the file is damaged or no CIFAR-10 batch, so download it again.");
      }
    }
  }

  private static int size(List<BinaryFile> batches) {
    return batches.stream().mapToInt(BinaryFile::records).sum();
  }

  private static String name(Path folder, Split split, List<String> classes, int size) {
    if (!classes.equals(CLASSES)) {
      return Listing.folderName(folder);
    }
    int official = split == Split.TRAIN ? TRAIN_IMAGES : TEST_IMAGES;
    return size == official ? "CIFAR-10" : "CIFAR-10 (subset)";
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public InputShape shape() {
    return InputShape.CIFAR;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int label(int index) {
    Position at = locate(index);
    return at.batch().unsigned(at.index(), 0);
  }

  @Override
  public byte[] bytes(int index) {
    Position at = locate(index);
    return at.batch().bytes(at.index(), 1);
  }

  private record Position(BinaryFile batch, int index) {}

  private Position locate(int index) {
    int rest = index;
    for (BinaryFile batch : batches) {
      if (rest < batch.records()) {
        return new Position(batch, rest);
      }
      rest -= batch.records();
    }
    throw new IndexOutOfBoundsException("image " + index + " of " + size);
  }
}
