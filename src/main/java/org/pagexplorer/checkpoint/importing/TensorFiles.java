package org.pagexplorer.checkpoint.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
  private static final int START = 9;

  private TensorFiles() {}

  /** What a file's first bytes say. */
  private enum Kind {
    SAFETENSORS,
    INDEX,
    ZIP,
    PICKLE,
    UNKNOWN
  }

  /**
   * Opens safetensors (single or sharded, by its index) and both formats of {@code torch.save}.
   *
   * @throws UserException if it is none of them, damaged, or wants to run something
   */
  public static TensorFile open(Path file) {
    try {
      return switch (kind(file)) {
        case SAFETENSORS -> SafetensorsFile.open(file);
        case INDEX -> ShardedSafetensors.open(file);
        case ZIP -> PyTorchFiles.openZip(file);
        case PICKLE -> PyTorchFiles.openLegacy(file);
        case UNKNOWN ->
            throw new UnusableFileException(
                "it is neither safetensors nor anything that torch.save writes");
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Sentences.unusable(file, e);
    } catch (IOException e) {
      throw Sentences.unreadable(file, e);
    }
  }

  /** Whether it is a TorchScript program; false for everything that is not even a readable zip. */
  public static boolean isTorchScript(Path file) {
    try {
      return kind(file) == Kind.ZIP && PyTorchFiles.isTorchScript(file);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Kind kind(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(RegularFile.check(file))) {
      start = in.readNBytes(START);
    }
    ByteBuffer buffer = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN).put(start);
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
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return Kind.INDEX;
    }
    // A file that calls itself safetensors is told what is wrong with it as one.
    return name.endsWith(".safetensors") ? Kind.SAFETENSORS : Kind.UNKNOWN;
  }
}
