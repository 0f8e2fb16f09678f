package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.domain.InputShape;

/** NumPy's arrays as images and as labels. */
class ArraysTest {
  private static NpyArray array(String descr, String shape, byte[] values) {
    byte[] file = WrittenArrays.npy(descr, shape, values);
    return NpyArray.of("x.npy", MemorySegment.ofArray(file));
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(1, 2, 3, 1); 1×2×3",
        "(1, 1, 3, 2); 1×3×2",
        "(1, 3, 2, 1); 1×3×2",
        "(1, 2, 1, 3); 3×2×1",
        "(1, 3, 1, 2); 3×1×2",
        "(1, 2, 3); 1×2×3"
      })
  void sidesTellTheShape(String sides, String shape) {
    byte[] six = WrittenArrays.counting(6);
    assertEquals(shape, ArrayImages.of(array("|u1", sides, six)).shape().toString());
  }

  @Test
  void rowsOfCifarsAndMnistsLengthAreImages() {
    NpyArray cifar = array("|u1", "(1, 3072)", WrittenArrays.counting(3072));
    assertEquals(InputShape.CIFAR, ArrayImages.of(cifar).shape());
    NpyArray mnist = array("|u1", "(1, 784)", WrittenArrays.counting(784));
    assertEquals(new InputShape(1, 28, 28), ArrayImages.of(mnist).shape());
  }

  @Test
  void numbersFrom0To1AndTo255AreBytes() {
    byte[] expected = {0, (byte) 128, (byte) 255};
    NpyArray unit = array("<f4", "(1, 1, 1, 3)", floats(0, 128 / 255f, 1));
    assertArrayEquals(expected, ArrayImages.of(unit).bytes(0));
    NpyArray whole = array("<f4", "(1, 1, 1, 3)", floats(0, 128, 255));
    assertArrayEquals(expected, ArrayImages.of(whole).bytes(0));
    NpyArray big = array(">u2", "(1, 1, 1, 3)", new byte[] {0, 0, 0, (byte) 128, 0, (byte) 255});
    assertArrayEquals(expected, ArrayImages.of(big).bytes(0));
  }

  @Test
  void normalizedImagesAreRefused() {
    NpyArray normalized = array("<f4", "(1, 1, 1, 3)", floats(-1, 0, 1));
    assertEquals(
        "The array x.npy holds values from -1.00 to 1.00: save pixels from 0 to 1 or to 255.",
        Written.refusal(() -> ArrayImages.of(normalized)));
  }

  @Test
  void otherSidesAreRefused() {
    NpyArray odd = array("|u1", "(1, 2, 2, 2)", new byte[8]);
    assertEquals(
        "The array x.npy has shape [1, 2, 2, 2], which is not that of images: save N×H×W×C with 1"
            + " or 3 channels.",
        Written.refusal(() -> ArrayImages.of(odd)));
  }

  @Test
  void labelsAreNumbersColumnsOrRowsOfWhichTheLargestTells() {
    assertArrayEquals(new int[] {2, 0}, ArrayLabels.of(array("|i1", "(2,)", new byte[] {2, 0})));
    assertArrayEquals(new int[] {2, 0}, ArrayLabels.of(array("|i1", "(2, 1)", new byte[] {2, 0})));
    byte[] rows = {0, 0, 1, 1, 0, 0};
    assertArrayEquals(new int[] {2, 0}, ArrayLabels.of(array("|u1", "(2, 3)", rows)));
    NpyArray half = array("<f4", "(1,)", floats(0.5f));
    assertEquals(
        "The array x.npy holds no labels: save one whole number per image, counted from 0.",
        Written.refusal(() -> ArrayLabels.of(half)));
  }

  @Test
  void objectsAreNeverRead() {
    assertEquals(
        "The array x.npy holds Python objects, which are never read: save it as numbers.",
        Written.refusal(() -> array("|O", "(1,)", new byte[8])));
  }

  @Test
  void anArrayCutShortIsRefused() {
    assertEquals(
        "The array x.npy is damaged, empty or cut short: save it again.",
        Written.refusal(() -> array("|u1", "(2, 2)", new byte[3])));
  }
}
