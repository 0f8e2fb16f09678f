package org.pagexplorer.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds the TorchScript archive of {@link Autograd} from its readable source: a stored zip of four
 * entries.
 */
final class OperationsArchive {
  private static final String ROOT = "operations/";

  /** Pickle protocol 2: an {@code __torch__.Operations} whose state is {@code {training: True}}. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nOperations\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub.";

  /** Pickle protocol 2: an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private OperationsArchive() {}

  static byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        InputStream source =
            OperationsArchive.class.getResourceAsStream("operations.torchscript")) {
      if (source == null) {
        throw new IllegalStateException("operations.torchscript is missing from the class path");
      }
      add(zip, "data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
      add(zip, "code/__torch__.py", source.readAllBytes());
      add(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      add(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(ROOT + name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setMethod(ZipEntry.STORED); // PyTorch reads stored entries only
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
