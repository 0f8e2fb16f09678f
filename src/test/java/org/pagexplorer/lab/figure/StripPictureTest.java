package org.pagexplorer.lab.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.dataset.ImageFiles;

class StripPictureTest {
  @TempDir Path folder;

  private static void paint(Graphics2D g) {
    BufferedImage tile = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      tile.setRGB(i % 64, i / 64, 0x10307 * i);
    }
    g.drawImage(tile, 50, 30, 32, 32, null);
    new Lettering(g).draw("Class Mean", 8, 40, 90, 0.5, 13, true, Color.BLACK);
    g.setColor(Color.RED);
    g.fillRect(10, 50, 31, 9);
  }

  private static BufferedImage atOnce() {
    BufferedImage whole = new BufferedImage(200, 146, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = whole.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, 200, 146);
    g.scale(2, 2);
    paint(g);
    g.dispose();
    return whole;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7 * 200, 100 * 200, 1_000_000})
  void stripsAreTheWholePicture(int pixels) throws Exception {
    Path file = folder.resolve("a.png");
    ImageFiles.writePng(file, new StripPicture(100, 73, 2, pixels, StripPictureTest::paint));
    BufferedImage read = ImageIO.read(file.toFile());
    BufferedImage whole = atOnce();
    assertEquals(whole.getWidth(), read.getWidth());
    assertEquals(whole.getHeight(), read.getHeight());
    for (int y = 0; y < 146; y++) {
      for (int x = 0; x < 200; x++) {
        assertEquals(whole.getRGB(x, y) & 0xffffff, read.getRGB(x, y) & 0xffffff, x + ", " + y);
      }
    }
  }

  @Test
  void aLargePictureIsDrawnInSmallStripsFromTopToBottom() {
    List<Rectangle> clips = new ArrayList<>();
    StripPicture picture =
        new StripPicture(500, 4_000, 2, 1 << 18, g -> clips.add(g.getClipBounds()));
    Path file = folder.resolve("large.png");
    ImageFiles.writePng(file, picture);
    assertEquals(31, clips.size());
    assertTrue(clips.stream().allMatch(clip -> clip.height <= 132), clips.toString());
    assertEquals(
        clips, clips.stream().sorted(java.util.Comparator.comparingInt(c -> c.y)).toList());
  }
}
