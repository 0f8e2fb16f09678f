package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.UserException;

class MaskFileTest {
  private static final InputShape SHAPE = new InputShape(3, 2, 3);

  @TempDir Path folder;

  private Path written(BufferedImage picture) throws IOException {
    Path file = folder.resolve("mask.png");
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private static BufferedImage picture(int type, int width, int height, int... argb) {
    BufferedImage picture = new BufferedImage(width, height, type);
    for (int i = 0; i < argb.length; i++) {
      picture.setRGB(i % width, i / width, argb[i]);
    }
    return picture;
  }

  @Test
  void whiteMayChangeAndGrayLess() throws IOException {
    int type = BufferedImage.TYPE_INT_RGB;
    Path file = written(picture(type, 3, 2, 0xffffff, 0x808080, 0, 0xff0000, 0x00ff00, 0x0000ff));
    byte[] levels = MaskFile.read(file, SHAPE, Fit.CROP).levels();
    // Rec. 601: 0.299, 0.587 and 0.114 of 255.
    assertArrayEquals(new byte[] {(byte) 255, (byte) 128, 0, 76, (byte) 150, 29}, levels);
  }

  @Test
  void whereThereAreTransparentPartsOpacityCounts() throws IOException {
    int type = BufferedImage.TYPE_INT_ARGB;
    Path file = written(picture(type, 3, 2, 0xff000000, 0, 0x40ffffff, 0xffffffff, 0, 0));
    assertArrayEquals(
        new byte[] {(byte) 255, 0, 64, (byte) 255, 0, 0},
        MaskFile.read(file, SHAPE, Fit.CROP).levels());
  }

  @Test
  void aMaskIsFittedAsItsImageIs() throws IOException {
    BufferedImage wide = new BufferedImage(12, 4, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 4; y++) {
      wide.setRGB(0, y, 0xffffff); // cropped away
      for (int x = 3; x < 6; x++) {
        wide.setRGB(x, y, 0xffffff);
      }
    }
    Path file = written(wide);
    byte[] half = {(byte) 255, (byte) 128, 0, (byte) 255, (byte) 128, 0};
    assertArrayEquals(half, MaskFile.read(file, SHAPE, Fit.CROP).levels());
    byte quarter = 64;
    byte[] squashed = MaskFile.read(file, SHAPE, Fit.SQUASH).levels();
    assertEquals(quarter * 2, squashed[0] & 255, 0);
    assertEquals(128, squashed[1] & 255);
    assertEquals(0, squashed[2]);
  }

  @Test
  void aMaskThatLetsNothingChangeIsRefused() throws IOException {
    Path file = written(picture(BufferedImage.TYPE_INT_RGB, 3, 2));
    UserException e = assertThrows(UserException.class, () -> MaskFile.read(file, SHAPE, Fit.CROP));
    assertEquals(
        "The mask " + file + " is black all over: paint what may change in white, or leave it out.",
        e.getMessage());
  }

  @Test
  void everyLevelSurvivesItsPng() {
    byte[] levels = new byte[16 * 16];
    new Random(1).nextBytes(levels);
    for (int i = 0; i < 256; i++) {
      levels[i] = (byte) (i * 37);
    }
    Mask mask = new Mask(16, 16, levels);
    assertEquals(mask, MaskFile.decode("of a test", MaskFile.png(mask), new InputShape(3, 16, 16)));
  }
}
