package org.pagexplorer.lab.figure;

import java.awt.image.BufferedImage;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Image;

/** Pictures enlarged by a whole factor, without smoothing. */
final class Enlarged {
  private Enlarged() {}

  static BufferedImage of(Image image, int factor) {
    BufferedImage small = ImageFiles.toBuffered(image);
    BufferedImage large =
        new BufferedImage(
            factor * small.getWidth(), factor * small.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < large.getHeight(); y++) {
      for (int x = 0; x < large.getWidth(); x++) {
        large.setRGB(x, y, small.getRGB(x / factor, y / factor));
      }
    }
    return large;
  }
}
