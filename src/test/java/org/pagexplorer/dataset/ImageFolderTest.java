package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.InputShape;

class ImageFolderTest {
  @TempDir Path folder;

  @Test
  void imagesAreSortedByClassAndThenByName() {
    Written.picture(folder.resolve("test/b/1.png"), 4, 3);
    Written.picture(folder.resolve("test/a/2.PNG"), 4, 3);
    Written.picture(folder.resolve("test/a/1.bmp"), 4, 3);
    Written.file(folder.resolve("test/a/notes.txt"), new byte[1]);
    Written.file(folder.resolve("test/.hidden/x.png"), new byte[1]);
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals(List.of("a", "b"), test.classes());
    assertEquals(3, test.size());
    assertEquals(0, test.label(1));
    assertEquals(1, test.label(2));
    assertEquals(new InputShape(3, 3, 4), test.shape());
    assertEquals(folder.getFileName().toString(), test.name());
  }

  @Test
  void bytesAreChannelsFirst() {
    Written.picture(folder.resolve("test/a/1.png"), 4, 3);
    int rgb = Written.picture(4, 3).getRGB(1, 2);
    byte[] bytes = Datasets.open(folder, Split.TEST).bytes(0);
    assertEquals((byte) (rgb >> 16), bytes[2 * 4 + 1]);
    assertEquals((byte) (rgb >> 8), bytes[12 + 2 * 4 + 1]);
    assertEquals((byte) rgb, bytes[24 + 2 * 4 + 1]);
  }

  @Test
  void grayValuesAreTakenAsTheyStand() {
    BufferedImage gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(1, 0, 0, 100);
    Written.file(folder.resolve("test/a/1.png"), Written.encoded(gray, "png"));
    assertArrayEquals(
        new byte[] {0, 100, 0, 100, 0, 100}, Datasets.open(folder, Split.TEST).bytes(0));
  }

  @Test
  void transparentPixelsAreSeenOnWhite() {
    BufferedImage clear = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0xff102030);
    clear.setRGB(1, 0, 0x80000000);
    Written.file(folder.resolve("test/a/1.png"), Written.encoded(clear, "png"));
    assertArrayEquals(
        new byte[] {0x10, 127, -1, 0x20, 127, -1, 0x30, 127, -1},
        Datasets.open(folder, Split.TEST).bytes(0));
  }

  @Test
  void filesAreDecodedOnlyWhenRead() {
    Written.picture(folder.resolve("test/a/1.jpg"), 32, 32);
    byte[] jpeg = Written.encoded(Written.picture(32, 32), "jpg");
    Path cut =
        Written.file(folder.resolve("test/a/2.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2 + 300));
    Path text =
        Written.file(folder.resolve("test/a/3.jpg"), "no image".getBytes(StandardCharsets.UTF_8));
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals(3072, test.bytes(0).length);
    assertEquals(
        "The image " + cut + " is damaged or of a rare kind: replace it by an intact PNG or JPEG.",
        Written.refusal(() -> test.bytes(1)));
    assertEquals(
        "The file "
            + text
            + " is not a readable image: choose a PNG, JPEG, GIF, BMP, TIFF, WebP or PPM.",
        Written.refusal(() -> test.bytes(2)));
  }

  @Test
  void aSecondPassNeedsNoFiles() throws Exception {
    Path file = Written.picture(folder.resolve("test/a/1.png"), 2, 2);
    Dataset test = Datasets.open(folder, Split.TEST);
    byte[] first = test.bytes(0);
    byte[] kept = first.clone();
    Arrays.fill(first, (byte) 0);
    Files.delete(file);
    assertArrayEquals(kept, test.bytes(0));
  }

  @Test
  void anImageOfAnotherSizeIsFittedToTheFirstOnes() {
    Written.picture(folder.resolve("test/a/1.png"), 4, 3);
    Path second = Written.picture(folder.resolve("test/a/2.png"), 10, 6);
    Dataset test = Datasets.open(folder, Split.TEST);
    assertEquals(
        ImageFiles.fit(second, new InputShape(3, 3, 4)).note(),
        "center-cropped from 10×6 and resized to 4×3");
    float[] expected = ImageFiles.fit(second, new InputShape(3, 3, 4)).image().pixels();
    float[] read = test.image(1).pixels();
    for (int i = 0; i < read.length; i++) {
      assertEquals(expected[i], read[i], 0.51 / 255, "value " + i);
    }
  }

  @Test
  void differentClassesInTheSplitsAreRefused() {
    Written.picture(folder.resolve("test/a/1.png"), 4, 3);
    Written.picture(folder.resolve("train/b/1.png"), 4, 3);
    assertEquals(
        "The folders "
            + folder.resolve("test")
            + " and "
            + folder.resolve("train")
            + " hold different classes, b is missing in the first: give both the same class"
            + " folders.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void aMissingSplitIsRefused() {
    Written.picture(folder.resolve("test/a/1.png"), 4, 3);
    assertEquals(
        "There are no training images in " + folder + ": choose test.",
        Written.refusal(() -> Datasets.open(folder, Split.TRAIN)));
  }

  @Test
  void aSplitWithoutImagesIsRefused() throws Exception {
    Files.createDirectories(folder.resolve("test/a"));
    assertEquals(
        "The folder "
            + folder.resolve("test")
            + " holds no images: put PNG or JPEG files into one folder per class.",
        Written.refusal(() -> Datasets.open(folder, Split.TEST)));
  }

  @Test
  void cifarsClassesAsJpegsAreCalledSo() {
    for (String name : Cifar10.CLASSES) {
      Written.picture(folder.resolve("test").resolve(name).resolve("1.jpg"), 32, 32);
    }
    assertEquals("CIFAR-10 (JPEG)", Datasets.open(folder, Split.TEST).name());
    Written.picture(folder.resolve("test/cat/2.png"), 32, 32);
    assertTrue(Datasets.open(folder, Split.TEST).name().equals(folder.getFileName().toString()));
  }
}
