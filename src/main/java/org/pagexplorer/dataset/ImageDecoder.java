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
import java.util.function.Function;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.pagexplorer.domain.UserException;

/** Reads PNG, JPEG, GIF and BMP files, the header alone or all of it. */
final class ImageDecoder {
  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
  private static final long LARGEST = 64_000_000;

  /**
   * Pixels that a byte can stand for: more than GIF's and PNG's compression of one colour can give.
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
    T from(ImageReader reader, long bytes) throws IOException;
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
   * @throws UserException if it is no image, or one of more than 64 megapixels
   */
  static Size size(Path file) {
    return read(file, (reader, bytes) -> checkedSize(file.toString(), reader, bytes));
  }

  /**
   * The whole image.
   *
   * @throws UserException if it is no image, is damaged, or has more than 64 megapixels
   */
  static BufferedImage decode(Path file) {
    return read(
        file,
        (reader, bytes) -> {
          checkedSize(file.toString(), reader, bytes);
          return decode(reader);
        });
  }

  /**
   * The whole image, if it has a certain size, which its header says before it is decoded.
   *
   * @param refusal what is said of another size
   * @throws UserException if it is no image, is damaged, or of another size
   */
  static BufferedImage decode(Path file, Size only, Function<Size, UserException> refusal) {
    return read(file, (reader, bytes) -> decode(reader, only, refusal));
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
        content.length,
        () -> new ByteArrayInputStream(content),
        (reader, bytes) ->
            decode(
                reader,
                only,
                size ->
                    new UserException(
                        "The image %s is %s instead of %s.".formatted(name, size, only))));
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          Files.exists(file)
              ? file + " is no file of a picture: choose another one."
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
        return reading.from(reader, length);
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

  private static Size checkedSize(String file, ImageReader reader, long bytes) throws IOException {
    Size size = new Size(reader.getWidth(0), reader.getHeight(0));
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

  private static BufferedImage decode(
      ImageReader reader, Size only, Function<Size, UserException> refusal) throws IOException {
    Size size = new Size(reader.getWidth(0), reader.getHeight(0));
    if (!size.equals(only)) {
      throw refusal.apply(size);
    }
    return decode(reader);
  }

  private static BufferedImage decode(ImageReader reader) throws IOException {
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
