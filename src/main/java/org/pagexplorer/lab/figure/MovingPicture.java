package org.pagexplorer.lab.figure;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.pagexplorer.dataset.AnimatedGif;
import org.pagexplorer.dataset.AnimatedPng;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.AtomicFile;

/**
 * A picture that moves, as a file: APNG, whose colors are exact, GIF, whose frames have 256 colors,
 * or a folder of PNG files. It is played again and again, and rests at its end.
 *
 * @param frames how many there are, at least one
 * @param frame draws each, all of the same size
 */
public record MovingPicture(int frames, IntFunction<BufferedImage> frame) {
  /** What a name can end in; any other name is that of a folder. */
  public static final List<String> ENDINGS = List.of("apng", "png", "gif");

  private static final int ALL_MILLIS = 3000;
  private static final int REST_MILLIS = 1500;
  private static final int SHORTEST_MILLIS = 20;

  /** A picture of its own is at least so large. */
  private static final int LEAST_SIDE = 256;

  /** A frame has to fit into memory several times. */
  private static final long MOST_PIXELS = 40_000_000;

  /**
   * Writes it as the name's ending says; a file is whole or as it was.
   *
   * @throws UserException if it cannot be written
   */
  public void write(Path file) {
    try {
      switch (ending(file)) {
        case "apng", "png" -> AtomicFile.make(file.toAbsolutePath(), this::writePng);
        case "gif" -> AtomicFile.make(file.toAbsolutePath(), this::writeGif);
        default -> writeFolder(file);
      }
    } catch (IOException e) {
      throw new UserException(
          file
              + " could not be written: check that its folder exists and is writable, and that the"
              + " disk is not full.",
          e);
    }
  }

  /** Whether a name is a file's, not a folder's. */
  public static boolean isFile(Path file) {
    return ENDINGS.contains(ending(file));
  }

  /** Whether its colors are not exact there. */
  public static boolean isGif(Path file) {
    return ending(file).equals("gif");
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
  }

  private int millis(int number) {
    return number == frames - 1 ? REST_MILLIS : Math.max(SHORTEST_MILLIS, ALL_MILLIS / frames);
  }

  private void writePng(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      AnimatedPng png = new AnimatedPng(out, frames);
      for (int i = 0; i < frames; i++) {
        png.write(frame.apply(i), millis(i));
      }
    }
  }

  private void writeGif(Path file) throws IOException {
    try (AnimatedGif gif = new AnimatedGif(file)) {
      for (int i = 0; i < frames; i++) {
        gif.write(frame.apply(i), millis(i));
      }
    }
  }

  /** By their steps, from {@code step-000.png} on. */
  private void writeFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < frames; i++) {
      ImageFiles.writePng(folder.resolve("step-%03d.png".formatted(i)), frame.apply(i));
    }
  }

  /** A picture, enlarged by a whole factor without smoothing so that one sees something. */
  public static BufferedImage enlarged(Image image) {
    InputShape shape = image.shape();
    return Enlarged.of(image, Math.ceilDiv(LEAST_SIDE, Math.max(shape.width(), shape.height())));
  }

  /**
   * A figure, as its PNG file has it.
   *
   * @throws UserException if it is too large to be a frame
   */
  public static BufferedImage drawn(GridFigure figure) {
    int scale = FigureFile.PNG_SCALE;
    long pixels = (long) figure.width() * figure.height() * scale * scale;
    if (pixels > MOST_PIXELS) {
      throw new UserException(
          "A frame of this grid would have %,d pixels, and %,d is the most: choose fewer images or targets."
              .formatted(pixels, MOST_PIXELS));
    }
    BufferedImage picture =
        new BufferedImage(
            scale * figure.width(), scale * figure.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.scale(scale, scale);
      figure.draw(graphics);
    } finally {
      graphics.dispose();
    }
    return picture;
  }
}
