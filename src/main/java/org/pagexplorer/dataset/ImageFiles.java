package org.pagexplorer.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.AtomicFile;

/** Single pictures: a user's own as an input, and an image as a PNG file. */
public final class ImageFiles {

  /**
   * A picture as an input.
   *
   * @param image of the shape asked for, in [0, 1]
   * @param note what was done to it, for instance "center-cropped from 640×480 and resized to
   *     32×32"; empty if it had the size already
   */
  public record FittedImage(Image image, String note) {}

  private ImageFiles() {}

  /**
   * Reads a picture's file and fits it as {@link #fit(BufferedImage, InputShape, Fit)} does.
   *
   * @throws UserException if the file is missing, no image, damaged, or has too many pixels
   */
  public static FittedImage fit(Path file, InputShape shape, Fit fit) {
    return fit(ImageDecoder.decode(file), shape, fit);
  }

  /** The same, cropped where need be. */
  public static FittedImage fit(Path file, InputShape shape) {
    return fit(file, shape, Fit.CROP);
  }

  /**
   * Reads a picture's file as it is.
   *
   * @param mostPixels checked before anything is decoded
   * @throws UserException if the file is missing, no image, damaged, or has more pixels
   */
  public static BufferedImage read(Path file, long mostPixels) {
    ImageDecoder.Size size = ImageDecoder.size(file);
    if ((long) size.width() * size.height() > mostPixels) {
      throw new UserException("The image %s has %s pixels, too many.".formatted(file, size));
    }
    return ImageDecoder.decode(file);
  }

  /**
   * The pixels of an image's file that is somewhere in another file.
   *
   * @param name what it is called in sentences
   * @param shape the only one that it may have, of three channels
   * @throws UserException if it is no image, damaged, or of another size, before it is decoded
   */
  public static Image decode(String name, byte[] content, InputShape shape) {
    ImageDecoder.Size only = new ImageDecoder.Size(shape.width(), shape.height());
    return fit(ImageDecoder.decode(name, content, only), shape, Fit.CROP).image();
  }

  /**
   * Crops the middle to the shape's aspect ratio, if that is the way to fit, and resizes it: the
   * covered area is averaged where it shrinks, pixels are interpolated linearly where it grows.
   * Transparent parts are put on white. One channel is Rec. 601's luma, as {@link Luma} has it.
   *
   * @param shape of one channel or three
   * @throws UserException if the shape has another number of channels
   */
  public static FittedImage fit(BufferedImage picture, InputShape shape, Fit fit) {
    if (shape.channels() != 3 && shape.channels() != 1) {
      throw new UserException(
          "Inputs of " + shape + " are not images: choose a model that takes images.");
    }
    BufferedImage middle = fit == Fit.CROP ? middle(picture, shape) : picture;
    Image image = Resampling.resize(middle, shape.height(), shape.width());
    return new FittedImage(
        shape.channels() == 1 ? Luma.of(image) : image, note(picture, middle, shape, fit));
  }

  /** Whether a picture of one size has to be cropped or resized to have a shape's. */
  static boolean fits(BufferedImage picture, InputShape shape) {
    return picture.getWidth() == shape.width() && picture.getHeight() == shape.height();
  }

  private static BufferedImage middle(BufferedImage picture, InputShape shape) {
    double scale =
        Math.min(
            (double) picture.getWidth() / shape.width(),
            (double) picture.getHeight() / shape.height());
    int width = side(scale * shape.width(), picture.getWidth());
    int height = side(scale * shape.height(), picture.getHeight());
    return picture.getSubimage(
        (picture.getWidth() - width) / 2, (picture.getHeight() - height) / 2, width, height);
  }

  private static int side(double wanted, int available) {
    return Math.clamp(Math.round(wanted), 1, available);
  }

  private static String note(
      BufferedImage picture, BufferedImage middle, InputShape shape, Fit fit) {
    String from = " from " + size(picture);
    String to = " to " + shape.width() + "×" + shape.height();
    boolean cropped = !size(picture).equals(size(middle));
    boolean resized = middle.getWidth() != shape.width() || middle.getHeight() != shape.height();
    if (cropped) {
      return "center-cropped" + from + (resized ? " and resized" : "") + to;
    }
    boolean squashed = picture.getWidth() * shape.height() != picture.getHeight() * shape.width();
    String how = fit == Fit.SQUASH && squashed ? "squashed" : "resized";
    return resized ? how + from + to : "";
  }

  private static String size(BufferedImage picture) {
    return picture.getWidth() + "×" + picture.getHeight();
  }

  /**
   * An image of one channel (shown gray) or three, 8 bits a channel: each value times 255, rounded
   * to the nearest, values outside [0, 1] cut.
   */
  public static BufferedImage toBuffered(Image image) {
    InputShape shape = image.shape();
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException("no picture has the shape " + shape);
    }
    int last = shape.channels() - 1;
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        int red = eightBits(image.at(0, y, x));
        int green = eightBits(image.at(last / 2, y, x));
        int blue = eightBits(image.at(last, y, x));
        picture.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return picture;
  }

  private static int eightBits(float value) {
    return Math.clamp(Math.round(value * 255), 0, 255);
  }

  /**
   * Writes a PNG file as a whole or not at all: beside it first, forced to disk, then renamed over
   * what was there.
   *
   * @throws UserException if it cannot be written
   */
  public static void writePng(Path file, RenderedImage picture) {
    try {
      AtomicFile.write(file.toAbsolutePath(), channel -> encode(picture, channel));
    } catch (IOException e) {
      throw new UserException(
          "The picture "
              + file
              + " could not be written: check that its folder exists and is writable, and that the"
              + " disk is not full.",
          e);
    }
  }

  /** The bytes of a PNG file. */
  public static byte[] png(RenderedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    encode(picture, bytes);
    return bytes.toByteArray();
  }

  private static void encode(RenderedImage picture, OutputStream bytes) throws IOException {
    if (!ImageIO.write(picture, "png", bytes)) {
      throw new IOException("no PNG writer takes this picture");
    }
  }

  /** Row by row: neither all pixels nor all bytes are in memory. */
  private static void encode(RenderedImage picture, FileChannel channel) throws IOException {
    OutputStream bytes = new BufferedOutputStream(Channels.newOutputStream(channel));
    encode(picture, bytes);
    bytes.flush();
  }
}
