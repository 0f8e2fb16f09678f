package org.pagexplorer.checkpoint.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.pagexplorer.checkpoint.OtherFormats;
import org.pagexplorer.checkpoint.SafetensorsFile;
import org.pagexplorer.checkpoint.ShardedSafetensors;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.pytorch.PyTorchFiles;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.RegularFile;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/** Opens a file of tensors by what it holds, not by what it is called. */
public final class TensorFiles {
  private static final int ZIP = 0x04034b50;
  private static final int PICKLE = 0x80;
  private static final int OLDEST_PROTOCOL = 2;
  private static final int NEWEST_PROTOCOL = 5;
  private static final int GZIP = 0x8b1f;

  /** Wrappers within wrappers. */
  private static final int DEEPEST = 3;

  private TensorFiles() {}

  /** What a file's first bytes say. */
  private enum Kind {
    SAFETENSORS,
    INDEX,
    ZIP,
    PICKLE,
    GZIP,
    UNKNOWN
  }

  /**
   * Opens safetensors (single or sharded, by its index) and both formats of {@code torch.save},
   * also within gzip or a zip archive of one file.
   *
   * @throws UserException if it is none of them, damaged, or wants to run something
   */
  public static TensorFile open(Path file) {
    try {
      return open(file, DEEPEST);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Sentences.unusable(file, e);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  private static TensorFile open(Path file, int deeper) throws IOException {
    if (deeper == 0) {
      throw new UnusableFileException(
          "it was compressed several times over", "unpack it, and open what is in it");
    }
    return switch (kind(file)) {
      case SAFETENSORS -> RegularFile.open(file, SafetensorsFile::open);
      case INDEX -> ShardedSafetensors.open(file);
      case ZIP ->
          UnpackedFile.isWrapper(file)
              ? UnpackedFile.zip(file, inner -> open(inner, deeper - 1))
              : PyTorchFiles.openZip(file);
      case PICKLE -> PyTorchFiles.openLegacy(file);
      case GZIP -> UnpackedFile.gzip(file, inner -> open(inner, deeper - 1));
      case UNKNOWN ->
          throw OtherFormats.in(start(file))
              .orElseGet(
                  () ->
                      new UnusableFileException(
                          "it is neither safetensors nor anything that torch.save writes"));
    };
  }

  /** Whether it is a TorchScript program; false for everything that is not even a readable zip. */
  public static boolean isTorchScript(Path file) {
    try {
      return kind(file) == Kind.ZIP && PyTorchFiles.isTorchScript(file);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a file says of itself what only our own cards say, rightly or wrongly. */
  public static boolean hasCard(Path file) {
    try (TensorFile tensors = open(file)) {
      return tensors.metadata().containsKey("architecture")
          || tensors.metadata().containsKey("software");
    } catch (UserException | IOException e) {
      return false;
    }
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(RegularFile.check(file))) {
      return in.readNBytes(OtherFormats.START);
    }
  }

  private static Kind kind(Path file) throws IOException {
    byte[] start = start(file);
    ByteBuffer buffer =
        ByteBuffer.allocate(OtherFormats.START).order(ByteOrder.LITTLE_ENDIAN).put(start);
    long headerLength = buffer.getLong(0);
    if (headerLength > 0
        && headerLength <= Files.size(file) - Long.BYTES
        && buffer.get(Long.BYTES) == '{') {
      return Kind.SAFETENSORS;
    }
    if (buffer.getInt(0) == ZIP) {
      return Kind.ZIP;
    }
    if ((buffer.get(0) & 0xff) == PICKLE
        && buffer.get(1) >= OLDEST_PROTOCOL
        && buffer.get(1) <= NEWEST_PROTOCOL) {
      return Kind.PICKLE;
    }
    if ((buffer.getShort(0) & 0xffff) == GZIP) {
      return Kind.GZIP;
    }
    if (OtherFormats.in(start).isPresent()) {
      return Kind.UNKNOWN;
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return Kind.INDEX;
    }
    // A file that calls itself safetensors is told what is wrong with it as one.
    return name.endsWith(".safetensors") ? Kind.SAFETENSORS : Kind.UNKNOWN;
  }
}
