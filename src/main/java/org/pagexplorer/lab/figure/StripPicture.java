package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.Vector;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A drawing as pixels, some rows of which are there at a time: whoever asks for its rows from top
 * to bottom, as a writer of PNG files does, has it drawn a strip after the other. Drawings that
 * look at the clip need not draw all of themselves for each. Pictures, text and rectangles are the
 * same as at once; where strips meet, a smooth curve may differ by a shade.
 */
final class StripPicture implements RenderedImage {
  private final int width;
  private final int height;
  private final int scale;
  private final int rows;
  private final Consumer<Graphics2D> drawing;
  private BufferedImage strip = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
  private int top;
  private boolean drawn;

  /**
   * @param width in points
   * @param height in points
   * @param scale pixels a point
   * @param pixels about as many of them in memory at a time
   */
  StripPicture(int width, int height, int scale, int pixels, Consumer<Graphics2D> drawing) {
    this.width = Math.multiplyExact(width, scale);
    this.height = Math.multiplyExact(height, scale);
    this.scale = scale;
    this.drawing = drawing;
    rows = Math.clamp(pixels / this.width, 1, this.height);
  }

  /** Draws the strip that begins at a row, unless it is there. */
  private void draw(int first) {
    if (drawn && first == top) {
      return;
    }
    top = first;
    drawn = true;
    strip = new BufferedImage(width, Math.min(rows, height - top), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = strip.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, width, strip.getHeight());
      graphics.translate(0, -top);
      graphics.setClip(0, top, width, strip.getHeight());
      graphics.scale(scale, scale);
      drawing.accept(graphics);
    } finally {
      graphics.dispose();
    }
  }

  /** A strip. */
  @Override
  public Raster getTile(int column, int row) {
    draw(row * rows);
    return strip.getRaster().createChild(0, 0, width, strip.getHeight(), 0, top, null);
  }

  @Override
  public Raster getData(Rectangle wanted) {
    Raster tile = getTile(0, wanted.y / rows);
    return wanted.y + wanted.height <= top + strip.getHeight()
        ? tile.createChild(
            wanted.x, wanted.y, wanted.width, wanted.height, wanted.x, wanted.y, null)
        : getData()
            .createChild(wanted.x, wanted.y, wanted.width, wanted.height, wanted.x, wanted.y, null);
  }

  @Override
  public Raster getData() {
    return copyData(null);
  }

  /** All of it at once. */
  @Override
  public WritableRaster copyData(@Nullable WritableRaster into) {
    WritableRaster all =
        into == null ? getColorModel().createCompatibleWritableRaster(width, height) : into;
    for (int row = 0; row < getNumYTiles(); row++) {
      all.setRect(getTile(0, row));
    }
    return all;
  }

  @Override
  public ColorModel getColorModel() {
    return strip.getColorModel();
  }

  @Override
  public SampleModel getSampleModel() {
    return strip.getSampleModel();
  }

  @Override
  public int getWidth() {
    return width;
  }

  @Override
  public int getHeight() {
    return height;
  }

  @Override
  public int getTileWidth() {
    return width;
  }

  @Override
  public int getTileHeight() {
    return rows;
  }

  @Override
  public int getNumXTiles() {
    return 1;
  }

  @Override
  public int getNumYTiles() {
    return Math.ceilDiv(height, rows);
  }

  @Override
  public int getMinX() {
    return 0;
  }

  @Override
  public int getMinY() {
    return 0;
  }

  @Override
  public int getMinTileX() {
    return 0;
  }

  @Override
  public int getMinTileY() {
    return 0;
  }

  @Override
  public int getTileGridXOffset() {
    return 0;
  }

  @Override
  public int getTileGridYOffset() {
    return 0;
  }

  @Override
  public @Nullable Vector<RenderedImage> getSources() {
    return null;
  }

  @Override
  public Object getProperty(String name) {
    return Image.UndefinedProperty;
  }

  @Override
  public String @Nullable [] getPropertyNames() {
    return null;
  }
}
