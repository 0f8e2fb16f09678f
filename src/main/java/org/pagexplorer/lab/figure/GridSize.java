package org.pagexplorer.lab.figure;

import java.nio.file.Path;
import java.util.Locale;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * How large a grid will be, which is known before any of its pictures is made.
 *
 * @param models rows an image
 * @param images originals
 * @param columns pictures of each image a model
 * @param shape of each
 */
public record GridSize(int models, int images, int columns, InputShape shape) {
  /** Originals that a specification holds. */
  public static final int MOST_IMAGES = 100_000;

  /** Values of all originals of a specification: 10,922 images of CIFAR-10. */
  private static final long MOST_VALUES = 1 << 25;

  /** Each is a picture of its own within a PDF or SVG, which is made in memory. */
  private static final long MOST_IN_VECTORS = 5000;

  /** PNG files are drawn in strips, but have to be opened by something. */
  private static final long MOST_PIXELS = 4_000_000_000L;

  private static final long MOST_PIXELS_A_ROW = 200_000;

  /** Goal, numbers and lists of a picture, beside its arrays. */
  private static final long OBJECTS = 500;

  /** Pictures altogether. */
  public long pictures() {
    return (long) models * images * columns;
  }

  /**
   * Whether all pictures will fit into memory.
   *
   * @param copies times that they are in it: 1, or 2 where they are also kept as they are
   * @throws UserException saying how much they need
   */
  public void checkMemory(AttackSpecification attack, int classes, int copies) {
    double values = (double) copies * shape.size() + 2.0 * classes + 2.0 * (attack.steps() + 1);
    double needed = pictures() * (Float.BYTES * values + OBJECTS);
    double most = Runtime.getRuntime().maxMemory() / 2.0;
    if (needed > most) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The %,d pictures of this grid need %,.0f MiB of memory, but only %,.0f MiB are"
                  + " available: choose fewer images or classes, or give Java more (-Xmx).",
              pictures(),
              needed / (1 << 20),
              most / (1 << 20)));
    }
  }

  /**
   * Whether a figure of this format can hold them.
   *
   * @throws UserException saying how many it can
   */
  public void checkFigure(Path file) {
    checkFigure(file, FigureFile.PNG_SCALE);
  }

  /**
   * The same.
   *
   * @param scale pixels a point of a PNG
   */
  public void checkFigure(Path file, int scale) {
    boolean vectors = !FigureFile.isPng(file);
    if (vectors && pictures() > MOST_IN_VECTORS) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "A PDF or SVG holds at most %,d pictures, and this grid has %,d: save it as .png, or"
                  + " choose fewer images or classes.",
              MOST_IN_VECTORS,
              pictures()));
    }
    long width = scale * GridLayout.points(columns + 2L, shape.width(), shape);
    long height = scale * GridLayout.points((long) models * images, shape.height(), shape);
    if (!vectors && (width > MOST_PIXELS_A_ROW || (double) width * height > MOST_PIXELS)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "A figure of this grid would be about %,d×%,d pixels, more than programs can show:"
                  + " choose fewer images or classes.",
              width,
              height));
    }
  }

  /**
   * Whether a specification can hold the originals.
   *
   * @throws UserException saying how many it can
   */
  public static void checkOriginals(int images, InputShape shape) {
    long values = (long) shape.channels() * shape.height() * shape.width();
    if (images * values > MOST_VALUES) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "A figure and its specification hold at most %,d images of %s: choose fewer than"
                  + " these %,d.",
              MOST_VALUES / values,
              shape,
              images));
    }
  }
}
