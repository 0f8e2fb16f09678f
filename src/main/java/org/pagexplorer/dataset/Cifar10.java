package org.pagexplorer.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * CIFAR-10's binary version (Krizhevsky, 2009): records of a label byte and 3,072 pixels, the red,
 * green and blue plane row by row. A file may hold any whole number of records.
 */
final class Cifar10 {
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int TRAIN_IMAGES = 50_000;
  private static final int TEST_IMAGES = 10_000;

  private Cifar10() {}

  /** {@code data_batch_*.bin} and {@code test_batch.bin}. */
  static SequencedMap<String, Supplier<Dataset>> in(Path folder) {
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    add(parts, folder, Split.TEST, "test_batch.bin"::equals);
    add(parts, folder, Split.TRAIN, n -> n.startsWith("data_batch_") && n.endsWith(".bin"));
    return parts;
  }

  private static void add(
      SequencedMap<String, Supplier<Dataset>> parts,
      Path folder,
      Split split,
      Predicate<String> named) {
    List<Path> files = Listing.entries(folder, file -> named.test(Listing.name(file)));
    if (!files.isEmpty()) {
      parts.put(split.id(), () -> open(folder, split, files));
    }
  }

  private static Dataset open(Path folder, Split split, List<Path> files) {
    List<String> classes = ClassNames.read(folder.resolve("batches.meta.txt"), CLASSES);
    Dataset batches = CifarBatches.open("CIFAR-10", classes, files, 1, 0);
    return Datasets.named(batches, name(folder, split, classes, batches.size()));
  }

  /** Datasets of other classes are written in this format too. */
  static String name(Path folder, Split split, List<String> classes, int size) {
    if (!classes.equals(CLASSES)) {
      return Listing.folderName(folder);
    }
    int official = split.equals(Split.TRAIN) ? TRAIN_IMAGES : TEST_IMAGES;
    return size == official ? "CIFAR-10" : "CIFAR-10 (subset)";
  }
}
