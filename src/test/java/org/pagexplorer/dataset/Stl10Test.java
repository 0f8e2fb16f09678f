package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.InputShape;

class Stl10Test {
  private static final int PLANE = 96 * 96;

  @TempDir Path folder;

  @Test
  void columnsOfTheFileBecomeRows() {
    byte[] images = new byte[2 * 3 * PLANE];
    int second = 3 * PLANE;
    // Red: the file's second byte lies one row down; byte 96 begins the second column.
    images[second + 1] = 10;
    images[second + 96] = 20;
    // Blue: column 5, row 7.
    images[second + 2 * PLANE + 5 * 96 + 7] = (byte) 255;
    write(images, 1, 10);
    Dataset test = Datasets.open(folder, Split.TEST);
    byte[] bytes = test.bytes(1);
    assertEquals(10, bytes[96]);
    assertEquals(20, bytes[1]);
    assertEquals((byte) 255, bytes[2 * PLANE + 7 * 96 + 5]);
    assertEquals(1f, test.image(1).at(2, 7, 5));
  }

  @Test
  void labelsCountFromZero() {
    write(new byte[2 * 3 * PLANE], 1, 10);
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals(0, test.label(0));
    assertEquals(9, test.label(1));
    assertEquals("STL-10", test.name());
    assertEquals(InputShape.STL, test.shape());
    assertEquals("monkey", test.classes().get(7));
  }

  @Test
  void aLabelOfZeroIsRefused() {
    write(new byte[3 * PLANE], 0);
    assertEquals(
        "Record 0 of "
            + folder.resolve("test_y.bin")
            + " has label 0, but STL-10's labels are 1 to 10: the file is damaged,"
            + " so download it again.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void imagesCutShortAreRefused() {
    write(new byte[3 * PLANE + 5], 1);
    assertEquals(
        "The file "
            + folder.resolve("test_X.bin")
            + " has 27653 bytes, which is not a whole number of records of 27648 bytes:"
            + " it was probably cut short, so download or unpack it again.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void unequalNumbersOfImagesAndLabelsAreRefused() {
    write(new byte[3 * PLANE], 1, 2);
    assertEquals(
        folder.resolve("test_X.bin")
            + " holds 1 images but "
            + folder.resolve("test_y.bin")
            + " holds 2 labels: unpack the archive again.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void aMissingSplitIsRefused() {
    write(new byte[3 * PLANE], 1);
    assertEquals(
        "There are no training images in " + folder + ": choose test.",
        Written.refusal(() -> Datasets.open(folder, Split.TRAIN)));
  }

  private void write(byte[] images, int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    Written.file(folder.resolve("test_X.bin"), images);
    Written.file(folder.resolve("test_y.bin"), bytes);
  }
}
