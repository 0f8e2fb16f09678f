package org.pagexplorer.lab.figure;

import java.awt.Graphics2D;
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
    Graphics2D graphics = large.createGraphics(); // which takes the nearest pixel
    graphics.drawImage(small, 0, 0, large.getWidth(), large.getHeight(), null);
    graphics.dispose();
    return large;
  }
}
