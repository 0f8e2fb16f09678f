package org.pagexplorer.dataset;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;

/**
 * The sRGB values of any image, 8 bits a channel. Transparent pixels are seen on white; gray values
 * are taken as they stand in the file.
 */
final class RgbPixels {
  private static final int WHITE = 255;

  private RgbPixels() {}

  /** All of an image as {@code 3 · height · width} unsigned bytes in CHW order. */
  static byte[] bytes(BufferedImage image) {
    int width = image.getWidth();
    int plane = width * image.getHeight();
    byte[] bytes = new byte[3 * plane];
    for (int y = 0; y < image.getHeight(); y++) {
      int[] row = row(image, y);
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        bytes[at] = (byte) (row[x] >> 16);
        bytes[plane + at] = (byte) (row[x] >> 8);
        bytes[2 * plane + at] = (byte) row[x];
      }
    }
    return bytes;
  }

  /** Row {@code y} as {@code 0xRRGGBB}. */
  static int[] row(BufferedImage image, int y) {
    int[] row =
        isGray(image) ? grayRow(image, y) : isCmyk(image) ? cmykRow(image, y) : argbRow(image, y);
    if (image.getColorModel().hasAlpha()) {
      for (int x = 0; x < row.length; x++) {
        row[x] = onWhite(row[x]);
      }
    }
    return row;
  }

  private static boolean isGray(BufferedImage image) {
    return image.getRaster().getNumBands() < 3
        && !(image.getColorModel() instanceof IndexColorModel);
  }

  private static boolean isCmyk(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK;
  }

  /** Inks without a profile, as Pillow and browsers mix them. */
  private static int[] cmykRow(BufferedImage image, int y) {
    int[] row = new int[image.getWidth()];
    for (int x = 0; x < row.length; x++) {
      int black = 255 - sample(image, x, y, 3);
      int rgb = 0;
      for (int ink = 0; ink < 3; ink++) {
        rgb = rgb << 8 | Math.round((255 - sample(image, x, y, ink)) * black / 255f);
      }
      row[x] = 0xff << 24 | rgb;
    }
    return row;
  }

  private static int[] argbRow(BufferedImage image, int y) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return bgrRow(image, y);
    }
    return image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
  }

  /** What getRGB gives too, a pixel at a time. */
  private static int[] bgrRow(BufferedImage image, int y) {
    int[] row = new int[image.getWidth()];
    byte[] rgb = (byte[]) image.getRaster().getDataElements(0, y, row.length, 1, null);
    for (int x = 0; x < row.length; x++) {
      row[x] = (rgb[3 * x] & 255) << 16 | (rgb[3 * x + 1] & 255) << 8 | rgb[3 * x + 2] & 255;
    }
    return row;
  }

  // Not getRGB: it takes Java's gray for linear light and would brighten the image.
  private static int[] grayRow(BufferedImage image, int y) {
    int[] row = new int[image.getWidth()];
    boolean alpha = image.getColorModel().hasAlpha();
    for (int x = 0; x < row.length; x++) {
      int gray = sample(image, x, y, 0);
      int opacity = alpha ? sample(image, x, y, 1) : 255;
      row[x] = opacity << 24 | gray << 16 | gray << 8 | gray;
    }
    return row;
  }

  private static int sample(BufferedImage image, int x, int y, int band) {
    int largest = (1 << image.getSampleModel().getSampleSize(band)) - 1;
    return Math.round(image.getRaster().getSample(x, y, band) * 255f / largest);
  }

  private static int onWhite(int argb) {
    int alpha = argb >>> 24;
    return blend(argb >> 16, alpha) << 16 | blend(argb >> 8, alpha) << 8 | blend(argb, alpha);
  }

  private static int blend(int channel, int alpha) {
    return Math.round(((channel & 0xff) * alpha + WHITE * (255 - alpha)) / 255f);
  }
}
