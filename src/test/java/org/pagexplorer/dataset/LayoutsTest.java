package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.InputShape;

/** What people's folders look like, beside those of CIFAR-10's and STL-10's binary files. */
class LayoutsTest {
  @TempDir Path folder;

  private static int[] labels(Dataset dataset) {
    return IntStream.range(0, dataset.size()).map(dataset::label).toArray();
  }

  private Path picture(String path) {
    return Written.picture(folder.resolve(path), 4, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "test, test, test",
    "Test, TEST, test",
    "testing, test, testing",
    "val, valid, val",
    "VALID, val, valid",
    "eval, val, eval",
    "train, Training, train",
    "training, train, training"
  })
  void foldersOfPartsHaveAnyUsualNameInAnyCapitals(String onDisk, String asked, String part) {
    picture(onDisk + "/a/1.png");
    assertEquals(List.of(part), Datasets.parts(folder));
    assertEquals(1, Datasets.open(folder, Split.of(asked)).size());
    assertEquals(1, Datasets.open(folder, Split.ANY).size());
  }

  @Test
  void aWrongPartNamesWhatThereIs() {
    picture("train/a/1.png");
    picture("val/a/1.png");
    assertEquals(
        "There are no \"test\" images in " + folder + ": choose train or val.",
        Written.refusal(() -> Datasets.open(folder, Split.of("test"))));
    assertEquals("val", Datasets.part(folder, Split.TEST));
  }

  @Test
  void trainingImagesAreShownIfThereAreNoOthersAndSaySoButAreNoTestImages() {
    picture("train/a/1.png");
    assertEquals(folder.getFileName() + " (training)", Datasets.open(folder, Split.ANY).name());
    assertEquals(folder.getFileName().toString(), Datasets.open(folder, Split.TRAIN).name());
    assertEquals(
        "There are no test images in " + folder + ": choose train.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void classesWithoutPartsAreAPartOfTheirOwn() {
    picture("dog/1.png");
    picture("cat/1.png");
    assertEquals(List.of("all"), Datasets.parts(folder));
    assertEquals(List.of("cat", "dog"), Datasets.open(folder, Split.ANY).classes());
    assertEquals(
        "There are no training images in " + folder + ": choose all.",
        Written.refusal(() -> Datasets.open(folder, Split.TRAIN)));
  }

  @Test
  void whatSystemsLeaveBehindAndEmptyFoldersAreNoClasses() throws Exception {
    picture("test/a/1.png");
    Written.file(folder.resolve("test/a/._1.png"), new byte[] {0, 5, 22, 7});
    Written.file(folder.resolve("test/a/Thumbs.db"), new byte[1]);
    picture("test/__MACOSX/1.png");
    picture("test/.ipynb_checkpoints/1.png");
    Files.createDirectories(folder.resolve("test/zebra"));
    picture("train/a/1.png");
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals(List.of("a"), test.classes());
    assertEquals(1, test.size());
  }

  @Test
  void aClassThatOnePartHasNoPictureOfIsOneAllTheSame() throws Exception {
    picture("train/a/1.png");
    picture("train/b/1.png");
    picture("test/b/1.png");
    Files.createDirectories(folder.resolve("test/a"));
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals(List.of("a", "b"), test.classes());
    assertArrayEquals(new int[] {1}, labels(test));
  }

  @Test
  void picturesMayLieDeeperInTheirClass() {
    picture("test/a/images/2.png");
    picture("test/a/1.png");
    picture("test/b/deep/er/3.png");
    assertArrayEquals(new int[] {0, 0, 1}, labels(Datasets.open(folder, Split.TEST)));
  }

  @Test
  void theFolderAroundADatasetOrAFileInItOpensItToo() {
    Path file = picture("my/data/test/a/1.png");
    picture("my/data/train/a/1.png");
    assertEquals("data", Datasets.open(folder, Split.TEST).name());
    assertEquals("data", Datasets.open(file, Split.TEST).name());
    Path batch = Written.cifarBatch(folder.resolve("other/test_batch.bin"), 3);
    assertEquals("CIFAR-10 (subset)", Datasets.open(batch, Split.ANY).name());
  }

  @Test
  void picturesWithoutClassesAreOneSentence() {
    picture("1.png");
    assertEquals(
        "The folder "
            + folder
            + " holds no dataset: its pictures have no labels, so put them into one folder per"
            + " class.",
        Written.refusal(() -> Datasets.open(folder, Split.ANY)));
    Path file = Written.file(folder.resolve("notes/a.txt"), new byte[1]);
    assertEquals(
        file + " is not a dataset and not part of one: choose a folder that contains one.",
        Written.refusal(() -> Datasets.open(file, Split.ANY)));
  }

  @ParameterizedTest
  @CsvSource({"MNIST/processed/test.pt, PyTorch", "train.csv, CSV"})
  void filesThatAreNoDatasetsAreToldHowToBecomeSome(String name, String kind) {
    Path file = Written.file(folder.resolve(name), new byte[9]);
    String said = Written.refusal(() -> Datasets.open(file.getParent(), Split.ANY));
    assertTrue(said.contains("holds no dataset: " + kind), said);
    assertTrue(said.contains("save the images with numpy.savez(\"test.npz\", images=…"), said);
  }

  @Test
  void tinyImageNetsLabelsAreInAFileAndItsNamesInAnother() {
    picture("train/n00000001/images/n00000001_0.png");
    picture("train/n00000002/images/n00000002_0.png");
    picture("val/images/val_0.png");
    picture("val/images/val_1.png");
    picture("test/images/test_0.png");
    write("val/val_annotations.txt", "val_0.png\tn00000002\t0\t0\t9\t9\nval_1.png\tn00000001\n");
    write("words.txt", "n00000001\tgoldfish, Carassius\nn00000002\tlizard\nn00000003\tnone\n");
    assertEquals(List.of("val", "train"), Datasets.parts(folder));
    Dataset val = Datasets.open(folder, Split.TEST);
    assertEquals(List.of("goldfish", "lizard"), val.classes());
    assertArrayEquals(new int[] {1, 0}, labels(val));
    assertEquals(val.classes(), Datasets.open(folder, Split.TRAIN).classes());
  }

  @Test
  void idsWithTheSameFirstWordKeepAllOfTheirs() {
    picture("val/n00000001/1.png");
    picture("val/n00000002/1.png");
    write("words.txt", "n00000001\tcrane\nn00000002\tcrane, bird\n");
    assertEquals(List.of("crane", "crane, bird"), Datasets.open(folder, Split.ANY).classes());
  }

  private void write(String path, String text) {
    Written.file(folder.resolve(path), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void cifar100HasFineLabelsAndCoarseOnes() {
    byte[] record = new byte[3074];
    record[0] = 4;
    record[1] = 57;
    record[2] = 99;
    Written.file(folder.resolve("test.bin"), record);
    write("fine_label_names.txt", String.join("\n", UsualClasses.CIFAR100.names()));
    Dataset fine = Datasets.open(folder, Split.TEST);
    assertEquals("pear", fine.classes().get(fine.label(0)));
    assertEquals(99, fine.bytes(0)[0]);
    Dataset coarse = Datasets.open(folder, Split.of("test-coarse"));
    assertEquals("fruit_and_vegetables", coarse.classes().get(coarse.label(0)));
    assertEquals("CIFAR-100 (coarse)", coarse.name());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mnistIsReadPlainAndPacked(boolean packed) {
    WrittenArrays.mnist(folder.resolve("MNIST/raw"), "t10k", packed);
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals("MNIST", test.name());
    assertEquals(new InputShape(1, 2, 3), test.shape());
    assertArrayEquals(new int[] {7, 2}, labels(test));
    assertArrayEquals(new byte[] {6, 7, 8, 9, 10, 11}, test.bytes(1));
    assertEquals("7", test.classes().get(7));
  }

  @Test
  void mnistsRelativesAreToldByFoldersAndNames() {
    WrittenArrays.mnist(folder.resolve("FashionMNIST/raw"), "t10k", true);
    Dataset fashion = Datasets.open(folder, Split.TEST);
    assertEquals("Fashion-MNIST Sneaker", fashion.name() + " " + fashion.classes().get(7));
    Path letters = folder.resolve("EMNIST/raw");
    WrittenArrays.mnist(letters, "emnist-letters-test", true);
    WrittenArrays.mnist(letters, "emnist-balanced-train", true);
    assertEquals(List.of("balanced-train", "letters-test"), Datasets.parts(letters));
    Dataset emnist = Datasets.open(letters, Split.TEST);
    assertEquals("g", emnist.classes().get(emnist.label(0))); // A is 1 in its file
  }

  @Test
  void svhnsDigitsAndPixelsAreWhereTheyBelong() {
    WrittenArrays.svhn(folder.resolve("test_32x32.mat"), 10, 3);
    Dataset test = Datasets.open(folder, Split.TEST);
    assertArrayEquals(new int[] {0, 3}, labels(test));
    assertEquals(new InputShape(3, 4, 5), test.shape());
    assertEquals((byte) (100 + 20 * 2 + 5 * 3 + 4), test.bytes(1)[2 * 20 + 3 * 5 + 4]);
    assertEquals(List.of("test"), Datasets.parts(folder.resolve("test_32x32.mat")));
  }

  @Test
  void cifarsPicklesAreReadAsPython2WroteThem() {
    Written.file(folder.resolve("b/test_batch"), WrittenArrays.cifarPickle("labels", 9, 4));
    Written.file(folder.resolve("b/data_batch_1"), WrittenArrays.cifarPickle("labels", 1));
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals("CIFAR-10 (subset)", test.name());
    assertArrayEquals(new int[] {9, 4}, labels(test));
    assertEquals((byte) (3072 + 5), test.bytes(1)[5]);
    assertEquals(1, Datasets.open(folder, Split.TRAIN).size());
    Written.file(folder.resolve("c/test"), WrittenArrays.cifarPickle("fine_labels", 57));
    Written.file(folder.resolve("c/meta"), new byte[] {(byte) 0x80, 2, '}', '.'});
    assertEquals("CIFAR-100", Datasets.open(folder.resolve("c"), Split.TEST).name());
  }

  @Test
  void parquetsNamesLabelsAndPicturesAreRead() {
    byte[] picture = Written.encoded(Written.picture(4, 3), "png");
    byte[] other = Written.encoded(Written.picture(5, 3), "png");
    String json = "{\"info\":{\"features\":{\"label\":{\"names\":[\"cat\",\"dog\"]}}}}";
    byte[] file = WrittenParquet.of("label", json, 2, List.of(picture, picture, other), 1, 0, 1);
    Path path = Written.file(folder.resolve("pets/data/test-00000-of-00001.parquet"), file);
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals("pets", test.name());
    assertEquals(List.of("cat", "dog"), test.classes());
    assertArrayEquals(new int[] {1, 0, 1}, labels(test));
    assertArrayEquals(RgbPixels.bytes(Written.picture(4, 3)), test.bytes(1));
    assertArrayEquals(
        FittedDataset.bytes(Written.picture(5, 3), new InputShape(3, 3, 4), Fit.CROP),
        test.bytes(2));
    assertEquals(3, Datasets.open(path, Split.ANY).size());
  }

  @Test
  void severalShardsAreOneParquetDataset() {
    byte[] picture = Written.encoded(Written.picture(4, 3), "png");
    for (int shard = 0; shard < 2; shard++) {
      byte[] file = WrittenParquet.of("fine_label", "{}", 9, List.of(picture), 57 + shard);
      Written.file(folder.resolve("train-0000%d-of-00002.parquet".formatted(shard)), file);
    }
    Dataset train = Datasets.open(folder, Split.TRAIN);
    assertArrayEquals(new int[] {57, 58}, labels(train));
    assertEquals("pear", train.classes().get(57));
    assertArrayEquals(train.bytes(0), train.bytes(1));
  }

  @Test
  void labelsBeyondTheClassesAreRefusedEverywhere() {
    Path file = folder.resolve("test_batch");
    Written.file(file, WrittenArrays.cifarPickle("labels", 1, 10));
    assertEquals(
        "Image 1 of "
            + file
            + " has label 10, but there are only 10 classes: the file is damaged or of another"
            + " dataset, so download it again.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void filesWithoutTheirCounterpartsAreOneSentence() {
    byte[] images = WrittenArrays.idx(new byte[6], 1, 2, 3);
    Path file = Written.file(folder.resolve("t10k-images-idx3-ubyte"), images);
    assertEquals(
        "The file "
            + folder.resolve("t10k-labels-idx1-ubyte")
            + " is missing: unpack the dataset's archive again.",
        Written.refusal(() -> Datasets.open(file, Split.TEST)));
    Path svhn = Written.file(folder.resolve("s/test_32x32.mat"), new byte[200]);
    assertEquals(
        "The file " + svhn + " is not a MATLAB file of version 5: save it with MATLAB's -v7.",
        Written.refusal(() -> Datasets.open(svhn, Split.TEST)));
  }

  @Test
  void arraysOfNumPyAreToldByTheirNames() {
    byte[] images = WrittenArrays.npy("|u1", "(2, 1, 2, 3)", WrittenArrays.counting(12));
    byte[] labels =
        WrittenArrays.npy(
            "<i8", "(2,)", new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    byte[] zip = WrittenArrays.npz(Map.of("x_test", images, "y_test", labels));
    Path file = Written.file(folder.resolve("cifar10.npz"), zip);
    Dataset test = Datasets.open(file, Split.TEST);
    assertEquals(Cifar10.CLASSES, test.classes());
    assertEquals(new InputShape(3, 1, 2), test.shape());
    assertArrayEquals(new int[] {1, 0}, labels(test));
    assertArrayEquals(new byte[] {6, 9, 7, 10, 8, 11}, test.bytes(1)); // channels first
    assertEquals(2, Datasets.open(folder, Split.TEST).size());
  }

  @Test
  void whatSavezHasNamedIsImagesThenLabels() {
    byte[] images = WrittenArrays.npy("|u1", "(2, 1, 2, 3)", WrittenArrays.counting(12));
    byte[] labels = WrittenArrays.npy("|u1", "(2,)", new byte[] {1, 0});
    byte[] zip = WrittenArrays.npz(Map.of("arr_0", images, "arr_1", labels));
    Dataset all = Datasets.open(Written.file(folder.resolve("own.npz"), zip), Split.ANY);
    assertArrayEquals(new int[] {1, 0}, labels(all));
    assertArrayEquals(new byte[] {6, 9, 7, 10, 8, 11}, all.bytes(1));
  }

  @Test
  void eachOfCifar10CsCorruptionsIsAPartAndEachSeverity() {
    Path c = folder.resolve("CIFAR-10-C");
    byte[] values = WrittenArrays.counting(10 * 12);
    Written.file(c.resolve("fog.npy"), WrittenArrays.npy("|u1", "(10, 2, 2, 3)", values));
    Written.file(
        c.resolve("labels.npy"),
        WrittenArrays.npy("|u1", "(10,)", new byte[] {3, 5, 3, 5, 3, 5, 3, 5, 3, 5}));
    assertEquals(
        List.of("fog", "fog-1", "fog-2", "fog-3", "fog-4", "fog-5"), Datasets.parts(folder));
    Dataset third = Datasets.open(folder, Split.of("fog-3"));
    assertEquals("CIFAR-10-C (fog-3)", third.name());
    assertArrayEquals(new int[] {3, 5}, labels(third));
    assertArrayEquals(Datasets.open(folder, Split.of("fog")).bytes(5), third.bytes(1));
  }
}
