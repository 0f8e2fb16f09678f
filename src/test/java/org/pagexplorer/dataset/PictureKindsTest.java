package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.Python;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/** Formats, orientations and channels of pictures. */
class PictureKindsTest {
  /** 3×2: red, green, blue; (10, 20, 30), (40, 50, 60), white; written by Pillow, lossless. */
  static final byte[] WEBP =
      HexFormat.of()
          .parseHex(
              "5249464642000000574542505650384c350000002f024000002f40986db441dcf7fc2da741266d93bf"
                  + "1ee6dfe508b26d3691df9f72f31f68e491acfb06040294b1e2816d22fa1fe30500");

  private static final int[] COLORS = {0xff0000, 0x00ff00, 0x0000ff, 0x0a141e, 0x28323c, 0xffffff};

  @TempDir Path folder;

  private static void assertColors(BufferedImage picture) {
    for (int i = 0; i < 6; i++) {
      assertEquals(COLORS[i], RgbPixels.row(picture, i / 3)[i % 3] & 0xffffff, "pixel " + i);
    }
  }

  @Test
  void webpIsRead() {
    assertColors(ImageDecoder.decode(Written.file(folder.resolve("a.webp"), WEBP)));
    assertColors(ImageDecoder.decode(Written.file(folder.resolve("named.jpg"), WEBP)));
  }

  @Test
  void ppmIsRead() {
    assertColors(ImageDecoder.decode(Written.file(folder.resolve("a.ppm"), ppm())));
  }

  static byte[] ppm() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("P6\n3 2\n255\n".getBytes(StandardCharsets.US_ASCII));
    for (int color : COLORS) {
      bytes.writeBytes(new byte[] {(byte) (color >> 16), (byte) (color >> 8), (byte) color});
    }
    return bytes.toByteArray();
  }

  @Test
  void tiffIsRead() {
    Path file = Written.picture(folder.resolve("a.tiff"), 5, 4);
    assertArrayEquals(
        RgbPixels.bytes(Written.picture(5, 4)), RgbPixels.bytes(ImageDecoder.decode(file)));
  }

  /** A JPEG that says how its camera was held. */
  static byte[] turned(BufferedImage picture, int orientation) {
    byte[] jpeg = Written.encoded(picture, "jpg");
    byte[] exif =
        HexFormat.of()
            .parseHex("ffe100224578696600004d4d002a00000008000101120003000000010000000000000000");
    exif[29] = (byte) orientation;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, 2);
    bytes.writeBytes(exif);
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  /** Where the stored image's left upper corner is in the upright one: 4×2, or 2×4 if turned. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 4",
    "2, 3, 0, 4",
    "3, 3, 1, 4",
    "4, 0, 1, 4",
    "5, 0, 0, 2",
    "6, 1, 0, 2",
    "7, 1, 3, 2",
    "8, 0, 3, 2"
  })
  void picturesStandUprightWhateverTheirOrientation(int exif, int x, int y, int width) {
    BufferedImage stored = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      stored.setRGB(i % 8, i / 8, 0xffffff);
    }
    Path file = Written.file(folder.resolve("a.jpg"), turned(stored, exif));
    BufferedImage upright = ImageDecoder.decode(file);
    assertEquals(8 * width, upright.getWidth());
    assertEquals(new ImageDecoder.Size(8 * width, 64 / width), ImageDecoder.size(file));
    for (int block = 0; block < 8; block++) {
      int green = upright.getRGB(block % width * 8 + 4, block / width * 8 + 4) >> 8 & 255;
      assertEquals(block == y * width + x, green > 128, "block " + block);
    }
  }

  @Test
  void aRemarkThatIsDamagedCostsNoPicture() {
    byte[] jpeg = turned(Written.picture(8, 8), 6);
    Arrays.fill(jpeg, 12, 30, (byte) 0xff);
    assertEquals(8, ImageDecoder.decode(Written.file(folder.resolve("a.jpg"), jpeg)).getWidth());
  }

  @Test
  void grayIsRec601OfColorsAndGraysStayAsTheyAre() {
    byte[] color = {(byte) 255, 0, 0, 77, 0, (byte) 255, 0, 77, 0, 0, (byte) 255, 77};
    assertArrayEquals(new byte[] {76, (byte) 150, 29, 77}, Luma.of(color));
    BufferedImage red = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    red.setRGB(0, 0, 0xff0000);
    Image gray = ImageFiles.fit(red, new InputShape(1, 2, 2), Fit.CROP).image();
    assertEquals(0.299f, gray.at(0, 0, 0), 1e-6f);
    assertEquals(new InputShape(1, 2, 2), gray.shape());
  }

  @Test
  void aGrayDatasetIsRepeatedForColorModelsAndAColorOneIsMadeGray() {
    WrittenArrays.mnist(folder, "t10k", false);
    Dataset mnist = Datasets.open(folder, Split.TEST);
    List<String> said = new ArrayList<>();
    Dataset color = mnist.fitted(new InputShape(3, 2, 3), Fit.CROP, said::add);
    assertArrayEquals(Luma.repeated(mnist.bytes(1)), color.bytes(1));
    Dataset back = color.fitted(new InputShape(1, 2, 3), Fit.CROP, said::add);
    assertArrayEquals(mnist.bytes(1), back.bytes(1));
    assertEquals(List.of(), said);
    assertEquals("MNIST", back.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CROP", "SQUASH"})
  void imagesOfOtherSizesAreCroppedOrSquashedAndThatIsSaidOnce(Fit fit) {
    Written.picture(folder.resolve("test/a/1.png"), 8, 4);
    Path second = Written.picture(folder.resolve("test/a/2.png"), 12, 4);
    Written.picture(folder.resolve("test/a/3.png"), 4, 8);
    List<String> said = new ArrayList<>();
    InputShape shape = new InputShape(3, 4, 8);
    Dataset fitted = Datasets.open(folder, Split.TEST).fitted(shape, fit, said::add);
    fitted.bytes(0);
    assertEquals(List.of(), said);
    byte[] bytes = fitted.bytes(1);
    fitted.bytes(2);
    String how = fit == Fit.CROP ? "center-cropped" : "squashed";
    assertEquals(
        List.of(
            "Images of another size than the model's are resized; the first such one was "
                + how
                + " from 12×4 to 8×4."),
        said);
    Image expected = ImageFiles.fit(second, shape, fit).image();
    for (int i = 0; i < bytes.length; i++) {
      assertEquals(expected.pixels()[i] * 255, bytes[i] & 255, 0.51);
    }
  }

  @Test
  void aResizedDatasetDoesNotHaveThePublishedOnesName() {
    Written.cifarBatch(folder.resolve("test_batch.bin"), new int[10_000]);
    Dataset cifar = Datasets.open(folder, Split.TEST);
    Dataset large = cifar.fitted(InputShape.STL, Fit.CROP, _ -> {});
    assertEquals("CIFAR-10 (resized)", large.name());
    assertEquals(InputShape.STL.size(), large.bytes(9_999).length);
    assertEquals("CIFAR-10", cifar.fitted(InputShape.CIFAR, Fit.CROP, _ -> {}).name());
  }

  @Test
  void onlySoManyDecodedImagesAreKept() {
    int size = (int) Math.min(320L << 20, Runtime.getRuntime().maxMemory() / 8) / 3;
    Decoded decoded = new Decoded(5);
    int[] times = new int[5];
    for (int index : new int[] {0, 0, 1, 2, 3, 4, 4, 0}) {
      decoded.of(
          index,
          i -> {
            times[i]++;
            return new byte[size];
          });
    }
    assertArrayEquals(new int[] {2, 1, 1, 1, 1}, times);
  }

  /** Pillow's own writers and its own reading of them, to the value where nothing is lossy. */
  @Test
  void picturesOfPillowsFormatsAreAsPillowReadsThem() throws Exception {
    assumeTrue(Python.has("PIL, numpy", folder), "there is no Pillow for Python here");
    String printed =
        Python.run(
            """
            import sys, numpy as np
            from PIL import Image, ImageOps
            out = sys.argv[1]
            im = Image.fromarray(np.random.RandomState(1).randint(0, 256, (24, 16, 3), np.uint8))
            kinds = {'rgb.png': im, 'gray.png': im.convert('L'), 'rgba.png': im.convert('RGBA'), 'cmyk.jpg': im.convert('CMYK'),
              'a.gif': im.quantize(16), 'a.bmp': im, 'a.tiff': im, 'cmyk.tiff': im.convert('CMYK'), 'a.ppm': im, 'a.pgm': im.convert('L'), 'a.webp': im, 'a.jpg': im, 'bits.png': im.convert('1')}
            for name, kind in kinds.items():
                more = {'lossless': True} if name == 'a.webp' else {}
                if name == 'a.jpg': ex = im.getexif(); ex[0x112] = 6; more = {'exif': ex}
                kind.save(out + '/' + name, **more)
                read = ImageOps.exif_transpose(Image.open(out + '/' + name)).convert('RGB')
                np.asarray(read).transpose(2, 0, 1).tofile(out + '/' + name + '.raw')
            """,
            folder,
            folder.toString());
    assertEquals("", printed);
    int compared = 0;
    for (Path raw : Listing.entries(folder, file -> file.toString().endsWith(".raw"))) {
      String name = Listing.name(raw).replace(".raw", "");
      byte[] expected = Files.readAllBytes(raw);
      byte[] read = RgbPixels.bytes(ImageDecoder.decode(folder.resolve(name)));
      assertEquals(expected.length, read.length, name);
      for (int i = 0; i < read.length; i++) {
        assertEquals(expected[i] & 255, read[i] & 255, 2, name + " " + i);
      }
      compared++;
    }
    assertEquals(13, compared);
    assertTrue(ImageDecoder.hasImageName(folder.resolve("cmyk.jpg")));
  }
}
