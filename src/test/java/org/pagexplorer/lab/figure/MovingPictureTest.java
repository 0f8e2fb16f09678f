package org.pagexplorer.lab.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/** Frames of noise, read back. */
class MovingPictureTest {
  private static final int FRAMES = 4;
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;

  @TempDir Path folder;

  private static BufferedImage noise(int number) {
    SplittableRandom random = new SplittableRandom(number);
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      picture.setRGB(i % WIDTH, i / WIDTH, random.nextInt(1 << 24));
    }
    return picture;
  }

  private static int[] pixels(BufferedImage picture) {
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }

  private static void assertSame(BufferedImage expected, BufferedImage found) {
    assertArrayEquals(pixels(expected), pixels(found));
  }

  @Test
  void apngKeepsEveryColorOfEveryFrame() throws IOException {
    Path file = folder.resolve("noise.apng");
    new MovingPicture(FRAMES, MovingPictureTest::noise).write(file);
    ReadApng read = ReadApng.of(file);
    assertEquals(FRAMES, read.frames().size());
    for (int i = 0; i < FRAMES; i++) {
      assertSame(noise(i), read.frames().get(i));
    }
    assertEquals(List.of(750, 750, 750, 1500), read.millis());
    assertEquals(0, read.repeats(), "for ever");
    assertSame(noise(0), ImageIO.read(file.toFile())); // by what knows no APNG
  }

  @Test
  void gifHasAllFramesTheirTimesAndALoop() throws IOException {
    // Of few colors, which 256 hold exactly.
    List<BufferedImage> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int x = 0; x < WIDTH; x++) {
        picture.setRGB(x, i, 0xFF0000 + 6 * x);
      }
      frames.add(picture);
    }
    Path file = folder.resolve("few.gif");
    new MovingPicture(FRAMES, frames::get).write(file);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      assertEquals(FRAMES, reader.getNumImages(true));
      for (int i = 0; i < FRAMES; i++) {
        assertSame(frames.get(i), reader.read(i));
        IIOMetadataNode root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        assertEquals(i == FRAMES - 1 ? "150" : "75", control.getAttribute("delayTime"));
        assertEquals(i == 0 ? 1 : 0, root.getElementsByTagName("ApplicationExtension").getLength());
      }
    } finally {
      reader.dispose();
    }
  }

  @Test
  void aFolderHasAFileAFrame() throws IOException {
    Path frames = folder.resolve("frames");
    new MovingPicture(FRAMES, MovingPictureTest::noise).write(frames);
    for (int i = 0; i < FRAMES; i++) {
      assertSame(noise(i), ImageIO.read(frames.resolve("step-00" + i + ".png").toFile()));
    }
    assertThrows(
        UserException.class,
        () ->
            new MovingPicture(FRAMES, MovingPictureTest::noise)
                .write(folder.resolve("absent/a.apng")));
  }

  @Test
  void aFrameThatCannotBeDrawnLeavesTheFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.apng"), "as it was");
    MovingPicture broken =
        new MovingPicture(
            FRAMES,
            i -> {
              if (i == 2) {
                throw new UserException("no");
              }
              return noise(i);
            });
    assertThrows(UserException.class, () -> broken.write(file));
    assertEquals("as it was", Files.readString(file));
    try (var left = Files.list(folder)) {
      assertEquals(Collections.singletonList(file), left.toList());
    }
  }

  @Test
  void smallPicturesAreEnlargedByAWholeFactor() {
    Image image = new Image(new InputShape(1, 2, 3), new float[] {0, 0.2f, 0.4f, 0.6f, 0.8f, 1});
    BufferedImage large = MovingPicture.enlarged(image);
    assertEquals(258, large.getWidth());
    assertEquals(172, large.getHeight());
    for (int y = 0; y < 172; y++) {
      for (int x = 0; x < 258; x++) {
        int gray = 51 * (y / 86 * 3 + x / 86);
        assertEquals(gray, large.getRGB(x, y) & 255);
      }
    }
  }
}
