package org.pagexplorer.dataset;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.pagexplorer.domain.UserException;

/**
 * Reads pictures' files, the header alone or all of it, upright: PNG, JPEG, GIF, BMP and TIFF with
 * the JDK's readers, WebP, PPM and JPEGs of CMYK with TwelveMonkeys'.
 */
final class ImageDecoder {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "webp", "ppm", "pgm",
          "pbm", "pnm");

  /** What is said to be readable. */
  static final String FORMATS = "a PNG, JPEG, GIF, BMP, TIFF, WebP or PPM";

  private static final long LARGEST = 64_000_000;
  private static final String UNSUPPORTED = "Unsupported Image Type";

  /**
   * Pixels that a byte can stand for: more than GIF's and PNG's compression of one color can give.
   */
  private static final long MOST_A_BYTE = 10_000;

  static {
    // Otherwise ImageIO copies every stream to a temporary file.
    ImageIO.setUseCache(false);
  }

  /** Width and height in pixels. */
  record Size(int width, int height) {
    @Override
    public String toString() {
      return width + "×" + height;
    }
  }

  private interface Reading<T> {
    T from(ImageReader reader, Orientation orientation, long bytes) throws IOException;
  }

  private ImageDecoder() {}

  /** Whether a file's extension, in any case, is one of the formats. */
  static boolean hasImageName(Path file) {
    return isImageName(Listing.name(file));
  }

  static boolean isImageName(String name) {
    return EXTENSIONS.contains(extension(name));
  }

  static boolean hasJpegName(Path file) {
    return extension(Listing.name(file)).startsWith("jp");
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * The size that a file's header tells, without decoding its pixels.
   *
   * @throws UserException if it is no image, or one of more than 64 megapixels
   */
  static Size size(Path file) {
    return read(
        file,
        (reader, orientation, bytes) ->
            orientation.upright(checkedSize(file.toString(), reader, bytes)));
  }

  /**
   * The whole image.
   *
   * @throws UserException if it is no image, is damaged, or has more than 64 megapixels
   */
  static BufferedImage decode(Path file) {
    return read(file, checked(file.toString()));
  }

  /** The size of an image whose file is in memory; otherwise as of a file. */
  static Size size(String name, byte[] content) {
    return read(
        name,
        content,
        (reader, orientation, bytes) -> orientation.upright(checkedSize(name, reader, bytes)));
  }

  /** The whole image whose file is in memory; otherwise as of a file. */
  static BufferedImage decode(String name, byte[] content) {
    return read(name, content, checked(name));
  }

  private static Reading<BufferedImage> checked(String name) {
    return (reader, orientation, bytes) -> {
      checkedSize(name, reader, bytes);
      return orientation.upright(decode(reader));
    };
  }

  private static <T> T read(String name, byte[] content, Reading<T> reading) {
    return read(name, content.length, () -> new ByteArrayInputStream(content), reading);
  }

  /**
   * The whole image.
   *
   * @param name what it is called in sentences
   * @param content of an image's file
   * @throws UserException if it is no image, is damaged, or of another size
   */
  static BufferedImage decode(String name, byte[] content, Size only) {
    return read(
        name,
        content,
        (reader, orientation, bytes) -> {
          Size size = new Size(reader.getWidth(0), reader.getHeight(0));
          if (!size.equals(only)) {
            throw new UserException(
                "The image %s is %s instead of %s.".formatted(name, size, only));
          }
          return decode(reader);
        });
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          Files.exists(file)
              ? file + " is not a picture file: choose another one."
              : "There is no file " + file + ": choose another one.");
    }
    // Not FileImageInputStream, which asks the operating system for single bytes.
    return read(file.toString(), length(file), () -> Files.newInputStream(file), reading);
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw damaged(file.toString(), e);
    }
  }

  private static <T> T read(String file, long length, Opening opening, Reading<T> reading) {
    try {
      try {
        return read(file, length, opening, reading, true);
      } catch (IIOException e) {
        // The JDK's reader of JPEGs knows no YCCK, and takes CMYK for other colors.
        if (UNSUPPORTED.equals(e.getMessage())) {
          return read(file, length, opening, reading, false);
        }
        throw e;
      }
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers answer damaged files with all kinds of unchecked exceptions.
      throw damaged(file, e);
    }
  }

  private static <T> T read(
      String file, long length, Opening opening, Reading<T> reading, boolean jdk)
      throws IOException {
    try (InputStream bytes = opening.open();
        ImageInputStream stream = new MemoryCacheImageInputStream(bytes)) {
      ImageReader reader =
          reader(stream, jdk)
              .orElseThrow(
                  () ->
                      new UserException(
                          "The file %s is not a readable image: choose %s."
                              .formatted(file, FORMATS)));
      try {
        Orientation orientation = Orientation.of(reader.getFormatName(), opening.open());
        reader.setInput(stream, true, true);
        if (jdk && isCmyk(reader)) {
          throw new IIOException(UNSUPPORTED);
        }
        return reading.from(reader, orientation, length);
      } finally {
        reader.dispose();
      }
    }
  }

  /**
   * A reader of the stream's format.
   *
   * @param jdk whether one of the JDK's own is preferred, whose pixels are those of libjpeg
   */
  private static Optional<ImageReader> reader(ImageInputStream stream, boolean jdk) {
    List<ImageReader> readers = new ArrayList<>();
    ImageIO.getImageReaders(stream).forEachRemaining(readers::add);
    return readers.stream()
        .filter(reader -> jdk == reader.getClass().getName().startsWith("com.sun."))
        .findFirst()
        .or(() -> readers.stream().findFirst());
  }

  private static boolean isCmyk(ImageReader reader) throws IOException {
    if (!reader.getFormatName().equalsIgnoreCase("jpeg")) {
      return false;
    }
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    return types.hasNext()
        && types.next().getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK;
  }

  private static UserException damaged(String file, Exception cause) {
    return new UserException(
        "The image " + file + " is damaged or of a rare kind: replace it by an intact PNG or JPEG.",
        cause);
  }

  private static Size checkedSize(String file, ImageReader reader, long bytes) throws IOException {
    Size size = new Size(reader.getWidth(0), reader.getHeight(0));
    if (size.width() < 1 || size.height() < 1) {
      throw new IIOException("it has no pixels");
    }
    long pixels = (long) size.width() * size.height();
    if (pixels > LARGEST) {
      throw new UserException(
          "The image %s has %s pixels: choose one of at most 64 megapixels.".formatted(file, size));
    }
    if (pixels > MOST_A_BYTE * bytes) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The image %s says that it has %s pixels, which its %,d bytes cannot hold: replace it"
                  + " by an intact PNG or JPEG.",
              file,
              size,
              bytes));
    }
    return size;
  }

  private static BufferedImage decode(ImageReader reader) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    // A JPEG that was cut short is only warned of, and what is missing of it is gray.
    if (warnings.stream().anyMatch(warning -> warning.contains("premature end"))) {
      throw new IIOException(String.join("; ", warnings));
    }
    return image;
  }
}
