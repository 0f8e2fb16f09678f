package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.ImageFiles.FittedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.files.ThreadCost;

class ImageFilesTest {
  @TempDir Path folder;

  @Test
  void aPictureOfTheRightSizeIsTakenExactly() {
    BufferedImage picture = Written.picture(32, 32);
    FittedImage fitted =
        ImageFiles.fit(Written.picture(folder.resolve("a.png"), 32, 32), InputShape.CIFAR);
    assertEquals("", fitted.note());
    assertEquals((picture.getRGB(3, 2) >> 16 & 0xff) / 255f, fitted.image().at(0, 2, 3), 1e-7f);
    BufferedImage back = ImageFiles.toBuffered(fitted.image());
    assertArrayEquals(RgbPixels.bytes(picture), RgbPixels.bytes(back));
  }

  @Test
  void theNoteSaysWhatWasDone() {
    assertEquals("center-cropped from 640×480 and resized to 32×32", note(640, 480));
    assertEquals("center-cropped from 33×32 to 32×32", note(33, 32));
    assertEquals("resized from 64×64 to 32×32", note(64, 64));
    assertEquals("resized from 16×16 to 32×32", note(16, 16));
    assertEquals("center-cropped from 1×500 and resized to 32×32", note(1, 500));
  }

  private static String note(int width, int height) {
    return ImageFiles.fit(Written.picture(width, height), InputShape.CIFAR, Fit.CROP).note();
  }

  @Test
  void shrinkingAveragesTheCoveredArea() {
    // The middle 3×3 of 5×3 becomes 2×2: each output covers 1.5 pixels a side.
    int[][] gray = {{9, 0, 30, 60, 9}, {9, 90, 120, 150, 9}, {9, 180, 210, 240, 9}};
    BufferedImage picture = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        picture.setRGB(x, y, gray[y][x] * 0x10101);
      }
    }
    Image image = ImageFiles.fit(picture, new InputShape(3, 2, 2), Fit.CROP).image();
    float expected = (0 + 30 / 2f + 90 / 2f + 120 / 4f) / 2.25f / 255;
    assertEquals(expected, image.at(0, 0, 0), 1e-6f);
    expected = (120 / 4f + 150 / 2f + 210 / 2f + 240) / 2.25f / 255;
    assertEquals(expected, image.at(2, 1, 1), 1e-6f);
  }

  @Test
  void growingInterpolatesLinearly() {
    BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(1, 0, 0xffffff);
    picture.setRGB(1, 1, 0xffffff);
    Image image = ImageFiles.fit(picture, new InputShape(3, 4, 4), Fit.CROP).image();
    assertArrayEquals(
        new float[] {0, 0.25f, 0.75f, 1},
        new float[] {image.at(0, 1, 0), image.at(0, 1, 1), image.at(0, 1, 2), image.at(0, 1, 3)},
        1e-6f);
  }

  @Test
  void aFileThatIsNoImageIsRefused() {
    Path file = Written.file(folder.resolve("a.png"), "hello".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "The file "
            + file
            + " is not a readable image: choose a PNG, JPEG, GIF, BMP, TIFF, WebP or PPM.",
        Written.refusal(() -> ImageFiles.fit(file, InputShape.CIFAR)));
  }

  @Test
  void aMissingFileIsRefused() {
    Path file = folder.resolve("none.png");
    assertEquals(
        "There is no file " + file + ": choose another one.",
        Written.refusal(() -> ImageFiles.fit(file, InputShape.CIFAR)));
  }

  /** A PNG of one pixel whose header claims more. */
  private static byte[] claiming(int width, int height) {
    byte[] png = Written.encoded(Written.picture(1, 1), "png");
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }

  @Test
  void aHugeImageIsRefusedByItsHeaderAlone() {
    Path file = Written.file(folder.resolve("huge.png"), claiming(20_000, 20_000));
    assertEquals(
        "The image " + file + " has 20000×20000 pixels: choose one of at most 64 megapixels.",
        Written.refusal(() -> ImageFiles.fit(file, InputShape.CIFAR)));
  }

  @Test
  void aFewBytesThatClaimManyPixelsAreRefusedBeforeMemoryIsTaken() {
    byte[] png = claiming(8_000, 8_000);
    Path file = Written.file(folder.resolve("claims.png"), png);
    ThreadCost before = ThreadCost.now();
    String refusal = Written.refusal(() -> ImageFiles.fit(file, InputShape.CIFAR));
    assertTrue(before.since().bytes() < 4 << 20, before.since().toString());
    assertEquals(
        "The image "
            + file
            + " says that it has 8000×8000 pixels, which its "
            + png.length
            + " bytes cannot hold: replace it by an intact PNG or JPEG.",
        refusal);
  }

  @Test
  void aPictureWithinAnotherFileIsOfTheSizeAskedForBeforeItIsDecoded() {
    byte[] png = claiming(8_000, 8_000);
    ThreadCost before = ThreadCost.now();
    assertEquals(
        "The image of a test is 8000×8000 instead of 32×32.",
        Written.refusal(() -> ImageFiles.decode("of a test", png, InputShape.CIFAR)));
    assertTrue(before.since().bytes() < 4 << 20, before.since().toString());
  }

  @Test
  void whatCompressesBestIsStillRead() {
    BufferedImage black = new BufferedImage(4_000, 2_000, BufferedImage.TYPE_BYTE_BINARY);
    for (String format : new String[] {"png", "gif", "bmp"}) {
      Path file = Written.file(folder.resolve("a." + format), Written.encoded(black, format));
      assertEquals(0, ImageFiles.fit(file, InputShape.CIFAR).image().at(0, 9, 9), format);
    }
  }

  @Test
  void inputsThatAreNoPicturesAreRefused() {
    assertEquals(
        "Inputs of 2×1×1 are not images: choose a model that takes images.",
        Written.refusal(() -> ImageFiles.fit(Written.picture(2, 2), InputShape.PLANE, Fit.CROP)));
  }

  @Test
  void valuesAreRoundedToTheNearestAndCut() {
    InputShape shape = new InputShape(3, 1, 1);
    Image image = new Image(shape, new float[] {-0.5f, 99.6f / 255, 1.5f});
    assertEquals(0xff0064ff, ImageFiles.toBuffered(image).getRGB(0, 0));
  }

  @Test
  void writingReplacesTheFileAndLeavesNothingBeside() throws Exception {
    Path file = Written.file(folder.resolve("a.png"), new byte[1]);
    BufferedImage picture = Written.picture(9, 8);
    ImageFiles.writePng(file, picture);
    assertArrayEquals(RgbPixels.bytes(picture), RgbPixels.bytes(ImageDecoder.decode(file)));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aPictureThatCannotBeWrittenIsOneSentence() {
    Path file = folder.resolve("none/a.png");
    assertEquals(
        "The picture "
            + file
            + " could not be written: check that its folder exists and is writable, and that the"
            + " disk is not full.",
        Written.refusal(() -> ImageFiles.writePng(file, Written.picture(1, 1))));
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void everyEncodingOfAColourGivesThatColour() {
    int[] types = {
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_4BYTE_ABGR,
      BufferedImage.TYPE_BYTE_INDEXED,
      BufferedImage.TYPE_INT_ARGB_PRE
    };
    // A colour that the palette of TYPE_BYTE_INDEXED has.
    int colour = 0xff3366cc;
    for (int type : types) {
      BufferedImage picture = new BufferedImage(1, 1, type);
      picture.setRGB(0, 0, colour);
      assertEquals(colour & 0xffffff, RgbPixels.row(picture, 0)[0] & 0xffffff, "type " + type);
    }
  }
}
