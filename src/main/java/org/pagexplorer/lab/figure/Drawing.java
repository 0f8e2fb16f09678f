package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A figure ready to be drawn, from any thread.
 *
 * @param width in points of 1/72 inch
 * @param height in points
 * @param paint draws it
 */
public record Drawing(int width, int height, Consumer<Graphics2D> paint) {

  /** Writes it as PNG, PDF or SVG, told by the name's ending. */
  public void write(Path file) {
    write(file, FigureFile.PNG_SCALE);
  }

  /**
   * Writes it as PNG, PDF or SVG, told by the name's ending.
   *
   * @param scale pixels a point of a PNG, at least 1
   */
  public void write(Path file, int scale) {
    FigureFile.write(file, width, height, scale, paint);
  }

  /** Its pixels, {@code scale} a point; of a figure too large for that, its upper left part. */
  public BufferedImage pixels(double scale, int mostPixels) {
    int wide = Math.clamp(Math.round(width * scale), 1, mostPixels);
    int high = Math.clamp(Math.round(height * scale), 1, Math.max(1, mostPixels / wide));
    BufferedImage pixels = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = pixels.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, wide, high);
      graphics.setClip(0, 0, wide, high);
      graphics.scale(scale, scale);
      paint.accept(graphics);
    } finally {
      graphics.dispose();
    }
    return pixels;
  }
}
