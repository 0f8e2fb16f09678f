package org.pagexplorer.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.UserException;

/**
 * Masks as pictures: what is white may change, and black not, by Rec. 601's luma; where a picture
 * has transparent parts, its opacity counts instead.
 */
public final class MaskFile {
  private static final int OPAQUE = 255;

  private MaskFile() {}

  /**
   * Reads a mask and fits it as the image itself is fitted.
   *
   * @param shape whose height and width the mask gets
   * @throws UserException if the file is missing, no image, or lets nothing change
   */
  public static Mask read(Path file, InputShape shape, Fit fit) {
    Mask mask = fitted(ImageDecoder.decode(file), shape, fit);
    if (mask.isEmpty()) {
      throw new UserException(
          "The mask "
              + file
              + " is black all over: paint what may change in white, or leave it out.");
    }
    return mask;
  }

  /**
   * The mask of a file that is somewhere in another file.
   *
   * @param name what it is called in sentences
   * @throws UserException if it is no image, damaged, or of another size
   */
  public static Mask decode(String name, byte[] content, InputShape shape) {
    ImageDecoder.Size only = new ImageDecoder.Size(shape.width(), shape.height());
    return fitted(ImageDecoder.decode(name, content, only), shape, Fit.CROP);
  }

  /**
   * The same of any size.
   *
   * @throws UserException if it is no image, or damaged
   */
  public static Mask decode(String name, byte[] content) {
    ImageDecoder.Size size = ImageDecoder.size(name, content);
    return decode(name, content, new InputShape(1, size.height(), size.width()));
  }

  /** A mask as one of another size, all of it. */
  public static Mask resized(Mask mask, InputShape shape) {
    return mask.fits(shape) ? mask : fitted(picture(mask), shape, Fit.SQUASH);
  }

  private static Mask fitted(BufferedImage picture, InputShape shape, Fit fit) {
    InputShape gray = new InputShape(1, shape.height(), shape.width());
    Image values = ImageFiles.fit(levels(picture), gray, fit).image();
    return Mask.of(shape.height(), shape.width(), values.pixels());
  }

  private static BufferedImage levels(BufferedImage picture) {
    boolean byOpacity = hasTransparentParts(picture);
    BufferedImage gray =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < picture.getHeight(); y++) {
      int[] rgb = RgbPixels.row(picture, y);
      for (int x = 0; x < rgb.length; x++) {
        int level = byOpacity ? picture.getRGB(x, y) >>> 24 : luma(rgb[x]);
        gray.getRaster().setSample(x, y, 0, level);
      }
    }
    return gray;
  }

  private static boolean hasTransparentParts(BufferedImage picture) {
    if (!picture.getColorModel().hasAlpha()) {
      return false;
    }
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if (picture.getRGB(x, y) >>> 24 != OPAQUE) {
          return true;
        }
      }
    }
    return false;
  }

  private static int luma(int rgb) {
    byte[] color = {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb};
    return Luma.of(color)[0] & OPAQUE;
  }

  /** A PNG file, 8 bits of gray a pixel, from which {@link #decode} makes the same mask. */
  public static byte[] png(Mask mask) {
    try {
      return ImageFiles.png(picture(mask));
    } catch (IOException e) {
      throw new IllegalStateException("a picture in memory can be encoded", e);
    }
  }

  /**
   * Writes such a file.
   *
   * @throws UserException if it cannot be written
   */
  public static void write(Path file, Mask mask) {
    ImageFiles.writePng(file, picture(mask));
  }

  private static BufferedImage picture(Mask mask) {
    BufferedImage gray =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) gray.getRaster().getDataBuffer()).getData();
    System.arraycopy(mask.levels(), 0, pixels, 0, pixels.length);
    return gray;
  }
}
