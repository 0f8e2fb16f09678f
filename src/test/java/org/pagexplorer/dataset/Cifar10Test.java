package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.InputShape;

class Cifar10Test {
  @TempDir Path folder;

  @Test
  void batchesFollowEachOtherInTheOrderOfTheirNames() {
    Written.cifarBatch(folder.resolve("data_batch_2.bin"), 5, 6);
    Written.cifarBatch(folder.resolve("data_batch_1.bin"), 0, 9, 3);
    Dataset train = Datasets.open(folder, Split.TRAIN);
    assertEquals(5, train.size());
    assertArrayEquals(new int[] {0, 9, 3, 5, 6}, labels(train));
    assertEquals("CIFAR-10 (subset)", train.name());
    assertEquals(InputShape.CIFAR, train.shape());
    assertEquals("airplane", train.classes().getFirst());
    assertThrows(IndexOutOfBoundsException.class, () -> train.label(5));
  }

  @Test
  void pixelsAreThePlanesRowByRow() {
    Written.cifarBatch(folder.resolve("test_batch.bin"), 1, 2);
    Dataset test = Datasets.open(folder, Split.TEST);
    byte[] bytes = test.bytes(1);
    assertEquals(3072, bytes.length);
    assertEquals((byte) (7 + 1024 + 32 * 2 + 3), bytes[1024 + 32 * 2 + 3]);
    int green = (7 + 1024 + 32 * 2 + 3) % 256;
    assertEquals(green / 255f, test.image(1).at(1, 2, 3));
  }

  @Test
  void callersGetArraysOfTheirOwn() {
    Written.cifarBatch(folder.resolve("test_batch.bin"), 1);
    Dataset test = Datasets.open(folder, Split.TEST);
    test.bytes(0)[0] = 99;
    assertEquals(0, test.bytes(0)[0]);
  }

  @Test
  void tenThousandTestImagesAreAllOfCifar() {
    Written.cifarBatch(folder.resolve("test_batch.bin"), new int[10_000]);
    assertEquals("CIFAR-10", Datasets.open(folder, Split.TEST).name());
  }

  @Test
  void otherClassesAreNotCalledCifar() {
    Path mine = folder.resolve("mine");
    Written.cifarBatch(mine.resolve("test_batch.bin"), 1);
    Written.file(
        mine.resolve("batches.meta.txt"), "cup\nplate\n\n".getBytes(StandardCharsets.UTF_8));
    Dataset test = Datasets.open(mine, Split.TEST);
    assertEquals("mine", test.name());
    assertEquals(List.of("cup", "plate"), test.classes());
  }

  @Test
  void aBatchCutShortIsRefused() {
    Path file = Written.file(folder.resolve("test_batch.bin"), new byte[3072]);
    assertEquals(
        "The file "
            + file
            + " has 3072 bytes, which is not a whole number of records of 3073 bytes:"
            + " it was probably cut short, so download or unpack it again.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void anEmptyBatchIsRefused() {
    Path file = Written.file(folder.resolve("test_batch.bin"), new byte[0]);
    assertEquals(
        "The file "
            + file
            + " has 0 bytes, which is not a whole number of records of 3073 bytes:"
            + " it was probably cut short, so download or unpack it again.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void aLabelBeyondTheClassesIsRefused() {
    Path file = Written.cifarBatch(folder.resolve("test_batch.bin"), 9, 200);
    assertEquals(
        "Record 1 of "
            + file
            + " has label 200, but there are only 10 classes:"
            + " the file is damaged or not a CIFAR batch, so download it again.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void aMissingSplitIsRefused() {
    Written.cifarBatch(folder.resolve("test_batch.bin"), 9);
    assertEquals(
        "There are no training images in " + folder + ": choose test.",
        Written.refusal(() -> Datasets.open(folder, Split.TRAIN)));
  }

  @Test
  void anEmptyListOfClassesIsRefused() {
    Written.cifarBatch(folder.resolve("test_batch.bin"), 9);
    Path file = Written.file(folder.resolve("batches.meta.txt"), new byte[] {'\n'});
    assertEquals(
        "The file " + file + " names no class: write one class name per line.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  private static int[] labels(Dataset dataset) {
    return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
  }
}
