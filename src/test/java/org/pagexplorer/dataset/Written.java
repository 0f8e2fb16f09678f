package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.function.Executable;
import org.pagexplorer.domain.UserException;

/** Tiny files in the official layouts, written by the tests. */
final class Written {
  private Written() {}

  static Path file(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A CIFAR-10 batch with the labels; pixel {@code p} of record {@code i} is {@code 7i + p}. */
  static Path cifarBatch(Path file, int... labels) {
    byte[] content = new byte[labels.length * 3073];
    for (int i = 0; i < labels.length; i++) {
      content[i * 3073] = (byte) labels[i];
      for (int p = 0; p < 3072; p++) {
        content[i * 3073 + 1 + p] = (byte) (7 * i + p);
      }
    }
    return file(file, content);
  }

  /** Noise, so that a damaged encoding cannot go unnoticed. */
  static BufferedImage picture(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, random.nextInt(0x1000000));
    }
    return picture;
  }

  static byte[] encoded(BufferedImage picture, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes a picture in the format of the file's extension, which may be in capitals. */
  static Path picture(Path file, int width, int height) {
    String name = file.toString();
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return file(file, encoded(picture(width, height), format));
  }

  /** The sentence a refusal shows. */
  static String refusal(Executable action) {
    return assertThrows(UserException.class, action).getMessage();
  }
}
