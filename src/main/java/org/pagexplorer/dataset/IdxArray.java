package org.pagexplorer.dataset;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;

/**
 * An array of unsigned bytes in MNIST's idx format.
 *
 * @param sizes of its sides
 * @param bytes in which it is
 */
record IdxArray(int[] sizes, byte[] bytes) {
  private static final int UNSIGNED_BYTES = 8;

  /** No compression gives more for a byte. */
  private static final long MOST_A_BYTE = 1_032;

  private static final long LARGEST = 1L << 30;

  /**
   * Reads a file, also a {@code .gz}.
   *
   * @param sides that it has to have
   * @throws UserException if it is missing, damaged, or something else
   */
  static IdxArray read(Path file, int sides) {
    boolean packed = Listing.name(file).toLowerCase(Locale.ROOT).endsWith(".gz");
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        DataInputStream in = new DataInputStream(packed ? new GZIPInputStream(raw) : raw)) {
      int magic = in.readInt();
      if (magic != (UNSIGNED_BYTES << 8 | sides)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "The file %s begins with %d instead of idx's %d: download it again.",
                file,
                magic,
                UNSIGNED_BYTES << 8 | sides));
      }
      int[] sizes = new int[sides];
      long values = 1;
      for (int i = 0; i < sides; i++) {
        sizes[i] = in.readInt();
        values = sizes[i] < 1 || values > LARGEST ? Long.MAX_VALUE : values * sizes[i];
      }
      if (values > LARGEST || values > Files.size(file) * (packed ? MOST_A_BYTE : 1)) {
        throw damaged(file, null);
      }
      byte[] bytes = in.readNBytes((int) values);
      if (bytes.length < values || in.read() >= 0) {
        throw damaged(file, null);
      }
      return new IdxArray(sizes, bytes);
    } catch (EOFException | java.util.zip.ZipException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new UserException("The file " + file + " could not be read: check its permissions.", e);
    }
  }

  private static UserException damaged(Path file, @Nullable Exception cause) {
    return new UserException(
        "The file " + file + " is damaged or was cut short: download it again.", cause);
  }
}
