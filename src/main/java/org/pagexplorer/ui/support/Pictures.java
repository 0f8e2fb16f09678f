package org.pagexplorer.ui.support;

import java.awt.image.BufferedImage;
import java.nio.IntBuffer;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/** Images of the core as pixels of the screen, 0xAARRGGBB. */
public final class Pictures {
  private static final int OPAQUE = 0xFF000000;

  private Pictures() {}

  /** A picture whose pixels can be replaced in place. */
  public record Picture(PixelBuffer<IntBuffer> buffer, int[] pixels, WritableImage image) {

    /** Black, of the given size. */
    public static Picture of(int width, int height) {
      int[] pixels = new int[width * height];
      java.util.Arrays.fill(pixels, OPAQUE);
      PixelBuffer<IntBuffer> buffer =
          new PixelBuffer<>(
              width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
      return new Picture(buffer, pixels, new WritableImage(buffer));
    }

    /** Shows what was written to {@link #pixels()}; on the FX thread. */
    public void changed() {
      buffer.updateBuffer(whole -> null);
    }
  }

  /** A picture of Java's as one of JavaFX's. */
  public static WritableImage image(BufferedImage from) {
    Picture shown = Picture.of(from.getWidth(), from.getHeight());
    from.getRGB(0, 0, from.getWidth(), from.getHeight(), shown.pixels(), 0, from.getWidth());
    return shown.image();
  }

  /** Writes CHW bytes, from {@code offset} on, as pixels; one channel is shown gray. */
  public static void fromBytes(byte[] chw, int offset, InputShape shape, int[] argb) {
    int plane = shape.height() * shape.width();
    int second = shape.channels() > 1 ? plane : 0;
    int third = shape.channels() > 2 ? 2 * plane : 0;
    for (int i = 0; i < plane; i++) {
      int r = chw[offset + i] & 255;
      int g = chw[offset + second + i] & 255;
      int b = chw[offset + third + i] & 255;
      argb[i] = OPAQUE | r << 16 | g << 8 | b;
    }
  }

  /**
   * Fills a picture that may be smaller: then each of its pixels is the mean of four of those that
   * it covers, which is quick, and enough for a thumbnail.
   *
   * @param chw bytes of that shape
   */
  public static void fromBytes(byte[] chw, InputShape shape, Picture picture) {
    int width = picture.buffer().getWidth();
    int height = picture.buffer().getHeight();
    if (width == shape.width() && height == shape.height()) {
      fromBytes(chw, 0, shape, picture.pixels());
      return;
    }
    int plane = shape.height() * shape.width();
    int second = shape.channels() > 1 ? plane : 0;
    int third = shape.channels() > 2 ? 2 * plane : 0;
    int[] argb = picture.pixels();
    int[] columns = samples(shape.width(), width);
    int[] rows = samples(shape.height(), height);
    for (int y = 0; y < height; y++) {
      int upper = rows[2 * y] * shape.width();
      int lower = rows[2 * y + 1] * shape.width();
      for (int x = 0; x < width; x++) {
        int left = columns[2 * x];
        int right = columns[2 * x + 1];
        int r = mean(chw, upper + left, upper + right, lower + left, lower + right, 0);
        int g = mean(chw, upper + left, upper + right, lower + left, lower + right, second);
        int b = mean(chw, upper + left, upper + right, lower + left, lower + right, third);
        argb[y * width + x] = OPAQUE | r << 16 | g << 8 | b;
      }
    }
  }

  /** For each of some pixels two of those that it covers, at a quarter and three quarters. */
  private static int[] samples(int from, int to) {
    int[] samples = new int[2 * to];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (2 * i + 1) * from / (4 * to);
    }
    return samples;
  }

  private static int mean(byte[] chw, int a, int b, int c, int d, int offset) {
    int sum = (chw[offset + a] & 255) + (chw[offset + b] & 255);
    return (sum + (chw[offset + c] & 255) + (chw[offset + d] & 255) + 2) / 4;
  }

  /** Writes an image in [0, 1] as pixels, rounded to nearest. */
  public static void fromImage(Image image, int[] argb) {
    fromBytes(toBytes(image), 0, image.shape(), argb);
  }

  /** CHW bytes of an image in [0, 1], rounded to nearest. */
  public static byte[] toBytes(Image image) {
    byte[] bytes = new byte[image.pixels().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.clamp(Math.round(255 * image.pixels()[i]), 0, 255);
    }
    return bytes;
  }

  /**
   * {@code 0.5 + scale · values}, clipped: how a perturbation or a gradient is shown around gray.
   */
  public static Image aroundGrey(InputShape shape, float[] values, double scale) {
    float[] shown = new float[values.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = (float) Math.clamp(0.5 + scale * values[i], 0, 1);
    }
    return new Image(shape, shown);
  }

  /** The largest absolute value. */
  public static double largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
