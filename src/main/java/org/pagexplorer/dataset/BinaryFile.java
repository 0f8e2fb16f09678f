package org.pagexplorer.dataset;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.domain.UserException;

/**
 * A file of equally long records, mapped into memory: the operating system keeps its pages, not the
 * heap.
 */
record BinaryFile(Path path, MemorySegment content, int recordSize) {

  /**
   * Maps a file.
   *
   * @param recordSize length of a record in bytes
   * @throws UserException if it is missing, unreadable, empty or ends within a record
   */
  static BinaryFile open(Path path, int recordSize) {
    if (!Files.isRegularFile(path)) {
      throw new UserException(
          "The file " + path + " is missing: unpack the dataset's archive again.");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      if (size == 0 || size % recordSize != 0 || size / recordSize > Integer.MAX_VALUE) {
        throw truncated(path, size, recordSize);
      }
      MemorySegment content = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
      return new BinaryFile(path, content, recordSize);
    } catch (IOException e) {
      throw new UserException("The file " + path + " could not be read: check its permissions.", e);
    }
  }

  private static UserException truncated(Path path, long size, int recordSize) {
    return new UserException(
        "The file %s has %d bytes, which is not a whole number of records of %d bytes: "
                .formatted(path, size, recordSize)
            + "it was probably cut short, so download or unpack it again.");
  }

  /** Number of records, at least 1. */
  int records() {
    return (int) (content.byteSize() / recordSize);
  }

  /** The unsigned byte at {@code position} of a record. */
  int unsigned(int index, int position) {
    return Byte.toUnsignedInt(
        content.get(ValueLayout.JAVA_BYTE, (long) index * recordSize + position));
  }

  /** A record's bytes from {@code position} to its end. */
  byte[] bytes(int index, int position) {
    return content
        .asSlice((long) index * recordSize + position, recordSize - position)
        .toArray(ValueLayout.JAVA_BYTE);
  }
}
