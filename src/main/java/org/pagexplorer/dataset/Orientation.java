package org.pagexplorer.dataset;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a camera was held, as EXIF tells it: 1 is upright, 6 a quarter turn to the left, … */
record Orientation(int exif) {
  private static final Orientation UPRIGHT = new Orientation(1);

  /** Of the formats that can tell. */
  private static final Set<String> TELLING = Set.of("jpeg", "png", "tif", "tiff", "webp");

  /**
   * Reads it from a file's beginning; what cannot be read is taken for upright.
   *
   * @param format as ImageIO names it
   */
  static Orientation of(String format, InputStream file) {
    String lower = format.toLowerCase(Locale.ROOT);
    if (!TELLING.contains(lower)) {
      return UPRIGHT;
    }
    try (InputStream in = new BufferedInputStream(file)) {
      Metadata metadata =
          lower.equals("jpeg")
              ? JpegMetadataReader.readMetadata(in, List.of(new ExifReader()))
              : ImageMetadataReader.readMetadata(in);
      ExifIFD0Directory first = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer exif = first == null ? null : first.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return exif == null || exif < 1 || exif > 8 ? UPRIGHT : new Orientation(exif);
    } catch (IOException | ImageProcessingException | RuntimeException e) {
      return UPRIGHT; // a picture's remarks are not worth losing it for
    }
  }

  /** The size of the upright image. */
  ImageDecoder.Size upright(ImageDecoder.Size stored) {
    return turns() ? new ImageDecoder.Size(stored.height(), stored.width()) : stored;
  }

  private boolean turns() {
    return exif >= 5;
  }

  /** The upright image. */
  BufferedImage upright(BufferedImage stored) {
    if (exif == 1) {
      return stored;
    }
    int width = turns() ? stored.getHeight() : stored.getWidth();
    int height = turns() ? stored.getWidth() : stored.getHeight();
    BufferedImage upright = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < stored.getHeight(); y++) {
      int[] row = RgbPixels.row(stored, y);
      for (int x = 0; x < row.length; x++) {
        int right = stored.getWidth() - 1 - x;
        int below = stored.getHeight() - 1 - y;
        switch (exif) {
          case 2 -> upright.setRGB(right, y, row[x]);
          case 3 -> upright.setRGB(right, below, row[x]);
          case 4 -> upright.setRGB(x, below, row[x]);
          case 5 -> upright.setRGB(y, x, row[x]);
          case 6 -> upright.setRGB(below, x, row[x]);
          case 7 -> upright.setRGB(below, right, row[x]);
          default -> upright.setRGB(y, right, row[x]);
        }
      }
    }
    return upright;
  }
}
