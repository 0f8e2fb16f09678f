package org.pagexplorer.lab.figure;

import java.awt.Graphics2D;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A figure ready to be drawn.
 *
 * @param width in points of 1/72 inch
 * @param height in points
 * @param paint draws it
 */
public record Drawing(int width, int height, Consumer<Graphics2D> paint) {

  /** Writes it as PNG, PDF or SVG, told by the name's ending. */
  public void write(Path file) {
    FigureFile.write(file, width, height, paint);
  }
}
