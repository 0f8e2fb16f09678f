package org.pagexplorer.dataset;

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
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.pagexplorer.domain.UserException;

/** Reads PNG, JPEG, GIF and BMP files, the header alone or all of it. */
final class ImageDecoder {
  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
  private static final long LARGEST = 100_000_000;

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
    T from(ImageReader reader) throws IOException;
  }

  private ImageDecoder() {}

  /** Whether a file's extension, in any case, is one of the formats. */
  static boolean hasImageName(Path file) {
    return EXTENSIONS.contains(extension(file));
  }

  static boolean hasJpegName(Path file) {
    return extension(file).startsWith("jp");
  }

  private static String extension(Path file) {
    String name = Listing.name(file);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * The size that a file's header tells, without decoding its pixels.
   *
   * @throws UserException if it is no image, or one of more than 100 megapixels
   */
  static Size size(Path file) {
    return read(file, reader -> checkedSize(file.toString(), reader));
  }

  /**
   * The whole image.
   *
   * @throws UserException if it is no image, is damaged, or has more than 100 megapixels
   */
  static BufferedImage decode(Path file) {
    return read(file, reader -> decode(file.toString(), reader));
  }

  /**
   * The whole image.
   *
   * @param name what it is called in sentences
   * @param content of an image's file
   * @throws UserException if it is no image, is damaged, or has more than 100 megapixels
   */
  static BufferedImage decode(String name, byte[] content) {
    return read(name, () -> new ByteArrayInputStream(content), reader -> decode(name, reader));
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) {
    if (!Files.isRegularFile(file)) {
      throw new UserException("There is no file " + file + ": choose another one.");
    }
    // Not FileImageInputStream, which asks the operating system for single bytes.
    return read(file.toString(), () -> Files.newInputStream(file), reading);
  }

  private static <T> T read(String file, Opening opening, Reading<T> reading) {
    try (InputStream bytes = opening.open();
        ImageInputStream stream = new MemoryCacheImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new UserException(
            "The file " + file + " is no image that can be read: choose a PNG, JPEG, GIF or BMP.");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return reading.from(reader);
      } finally {
        reader.dispose();
      }
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers answer damaged files with all kinds of unchecked exceptions.
      throw damaged(file, e);
    }
  }

  private static UserException damaged(String file, Exception cause) {
    return new UserException(
        "The image "
            + file
            + " is damaged or of a rare kind such as CMYK: replace it by an intact PNG or JPEG.",
        cause);
  }

  private static Size checkedSize(String file, ImageReader reader) throws IOException {
    Size size = new Size(reader.getWidth(0), reader.getHeight(0));
    if ((long) size.width() * size.height() > LARGEST) {
      throw new UserException(
          "The image %s has %s pixels: choose one of at most 100 megapixels."
              .formatted(file, size));
    }
    return size;
  }

  private static BufferedImage decode(String file, ImageReader reader) throws IOException {
    checkedSize(file, reader);
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    // A JPEG that was cut short is only warned of, and what is missing of it is grey.
    if (warnings.stream().anyMatch(warning -> warning.contains("premature end"))) {
      throw new IIOException(String.join("; ", warnings));
    }
    return image;
  }
}
