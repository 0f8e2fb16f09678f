package org.pagexplorer.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.pagexplorer.domain.UserException;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/**
 * The numeric variables of a MATLAB file of version 5, which is that of MATLAB 5 to 7.
 *
 * @param content all of it, in memory
 */
record MatlabFile(Path file, Mat5File content) {
  private static final int TEXT = 116;
  private static final long LARGEST = 2L << 30;

  /** No compression gives more for a byte. */
  private static final long MOST_A_BYTE = 1_032;

  /**
   * Reads some variables, and nothing else that is in the file.
   *
   * @throws UserException if it is damaged, or of another version
   */
  static MatlabFile read(Path file, Set<String> variables) {
    checkVersion(file);
    try (Source source = Sources.openFile(file.toFile())) {
      Mat5File content =
          Mat5.newReader(source)
              .disableSubsystemProcessing()
              .setEntryFilter(entry -> variables.contains(entry.getName()))
              .setBufferAllocator(new Bounded(MOST_A_BYTE * Files.size(file)))
              .readMat();
      return new MatlabFile(file, content);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // The library answers damaged files with all kinds of unchecked exceptions.
      throw new UserException(
          "The file " + file + " is damaged or was cut short: download it again.", e);
    }
  }

  private static void checkVersion(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(TEXT), StandardCharsets.ISO_8859_1);
      if (!text.startsWith("MATLAB 5.0")) {
        throw new UserException(
            "The file %s is not a MATLAB file of version 5: save it with MATLAB's -v7."
                .formatted(file));
      }
    } catch (IOException e) {
      throw new UserException("The file " + file + " could not be read: check its permissions.", e);
    }
  }

  /**
   * A variable that is an array of numbers.
   *
   * @throws UserException if there is none of that name
   */
  Matrix matrix(String name) {
    for (MatFile.Entry entry : content.getEntries()) {
      if (entry.getName().equals(name) && entry.getValue() instanceof Matrix matrix) {
        return matrix;
      }
    }
    throw new UserException(
        "The file %s has no array %s: download it again.".formatted(file, name));
  }

  /** Gives no more memory than a file could honestly need. */
  private static final class Bounded implements BufferAllocator {
    private long left;

    Bounded(long most) {
      left = Math.min(LARGEST, most);
    }

    @Override
    public ByteBuffer allocate(int bytes) {
      left -= bytes;
      if (left < 0) {
        throw new IllegalArgumentException("more memory than the file could need");
      }
      return ByteBuffer.allocate(bytes);
    }

    @Override
    public void release(ByteBuffer buffer) {}
  }
}
