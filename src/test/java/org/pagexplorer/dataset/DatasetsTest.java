package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.InputShape;

class DatasetsTest {
  @TempDir Path folder;

  @Test
  void oneDatasetInsideAFolderIsFound() {
    Written.cifarBatch(folder.resolve("cifar-10-batches-bin/test_batch.bin"), 1);
    Written.file(folder.resolve("other/notes.txt"), new byte[1]);
    assertEquals(1, Datasets.open(folder, Split.TEST).size());
  }

  @Test
  void severalDatasetsInsideAFolderAreRefused() {
    Written.cifarBatch(folder.resolve("one/test_batch.bin"), 1);
    Written.picture(folder.resolve("two/test/a/1.png"), 1, 1);
    assertEquals(
        "The folder " + folder + " holds several datasets: choose one or two.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertEquals(
        "The folder "
            + folder
            + " holds no dataset: choose one with train and test folders that have one folder of"
            + " images per class, or with the files of CIFAR, STL-10, MNIST, SVHN, NumPy, or"
            + " parquet.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void aMissingFolderIsRefused() {
    Path none = folder.resolve("none");
    assertEquals(
        "There is no folder " + none + ": choose one that holds a dataset.",
        Written.refusal(() -> Datasets.open(none, Split.TEST)));
  }

  @Test
  void aFileInsteadOfAFolderIsRefused() {
    Path file = Written.file(folder.resolve("cifar-10-binary.tar.gz"), new byte[1]);
    assertEquals(
        file + " is an archive: unpack it, then choose the folder.",
        Written.refusal(() -> Datasets.open(file, Split.TEST)));
  }

  @Test
  void limitTakesEveryClassEquallyOften() {
    Dataset limited = Datasets.limit(thirty(), 7, 1);
    assertEquals(7, limited.size());
    int[] counts = new int[10];
    IntStream.range(0, 7).forEach(i -> counts[limited.label(i)]++);
    assertArrayEquals(new int[] {3, 2, 2, 0, 0, 0, 0, 0, 0, 0}, counts);
  }

  @Test
  void limitDependsOnTheSeedAlone() {
    Dataset whole = thirty();
    assertEquals(
        Datasets.hash(Datasets.limit(whole, 9, 1)), Datasets.hash(Datasets.limit(whole, 9, 1)));
    assertNotEquals(
        Datasets.hash(Datasets.limit(whole, 9, 1)), Datasets.hash(Datasets.limit(whole, 9, 2)));
  }

  @Test
  void aSmallerLimitBeginsALargerOneAndRepeatsNoImage() {
    Dataset small = Datasets.limit(thirty(), 9, 3);
    Dataset large = Datasets.limit(thirty(), 29, 3);
    for (int i = 0; i < 9; i++) {
      assertArrayEquals(small.bytes(i), large.bytes(i));
    }
    long distinct =
        IntStream.range(0, 29).mapToObj(i -> Arrays.toString(large.bytes(i))).distinct().count();
    assertEquals(29, distinct);
  }

  @Test
  void aLimitBeyondTheSizeChangesNothing() {
    Dataset whole = thirty();
    assertSame(whole, Datasets.limit(whole, 30, 1));
    assertEquals(
        "A limit of 0 images leaves nothing: choose at least 1.",
        Written.refusal(() -> Datasets.limit(whole, 0, 1)));
  }

  @Test
  void hashIsSha256OfShapeLabelsAndBytes() throws Exception {
    Written.cifarBatch(folder.resolve("test_batch.bin"), 4);
    Dataset one = Datasets.open(folder, Split.TEST);
    ByteBuffer expected = ByteBuffer.allocate(16 + 3072);
    expected.putInt(3).putInt(32).putInt(32).putInt(4).put(one.bytes(0));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(expected.array());
    assertEquals(HexFormat.of().formatHex(digest), Datasets.hash(one));
    assertFalse(Datasets.hash(thirty()).equals(Datasets.hash(one)));
  }

  @Test
  void imagesAreHashedInTheirOrderHoweverTheyAreRead() throws Exception {
    InputShape large = new InputShape(1, 4096, 2048); // two of them are hashed at a time
    Dataset five =
        MadeUp.images(
            "large",
            List.of("a", "b"),
            large,
            5,
            index -> {
              byte[] bytes = new byte[large.size()];
              Arrays.fill(bytes, (byte) index);
              return bytes;
            });
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.allocate(12).putInt(1).putInt(4096).putInt(2048).array());
    for (int i = 0; i < 5; i++) {
      digest.update(ByteBuffer.allocate(4).putInt(i % 2).array());
      digest.update(five.bytes(i));
    }
    assertEquals(HexFormat.of().formatHex(digest.digest()), Datasets.hash(five));
  }

  /** Ten images each of three classes. */
  private Dataset thirty() {
    Path batch = folder.resolve("thirty/test_batch.bin");
    Written.cifarBatch(batch, IntStream.range(0, 30).map(i -> i / 10).toArray());
    return Datasets.open(batch.getParent(), Split.TEST);
  }
}
