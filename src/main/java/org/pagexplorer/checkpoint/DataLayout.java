package org.pagexplorer.checkpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/** The format's rule for the data: tensors one after the other, and nothing else. */
final class DataLayout {
  private DataLayout() {}

  /** Whether dtype, shape and offsets of one tensor agree. */
  static void checkBytes(TensorEntry entry) {
    if (entry.begin() > entry.end()) {
      throw wrong(entry, "has reversed offsets, " + entry.begin() + " to " + entry.end());
    }
    long bytes;
    try {
      bytes = Math.multiplyExact(entry.shape().size(), (long) entry.dtype().bytes());
    } catch (ArithmeticException e) {
      throw wrong(entry, "has an impossibly large shape");
    }
    if (bytes != entry.bytes()) {
      throw wrong(entry, "needs " + bytes + " bytes for its shape but has " + entry.bytes());
    }
  }

  /** Whether the tensors cover {@code dataBytes} exactly. */
  static void check(Collection<TensorEntry> entries, long dataBytes) {
    List<TensorEntry> inOrder =
        entries.stream()
            .sorted(
                Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
            .toList();
    long covered = 0;
    for (TensorEntry entry : inOrder) {
      checkPlace(entry, covered, dataBytes);
      covered = entry.end();
    }
    if (covered != dataBytes) {
      throw new UnusableFileException(
          "its last " + (dataBytes - covered) + " bytes belong to no tensor");
    }
  }

  private static void checkPlace(TensorEntry entry, long covered, long dataBytes) {
    if (entry.end() > dataBytes) {
      throw wrong(
          entry,
          "ends at byte " + entry.end() + " but the file has only " + dataBytes + " bytes of data");
    }
    if (entry.begin() < covered) {
      throw wrong(entry, "overlaps another tensor");
    }
    if (entry.begin() > covered) {
      throw wrong(entry, "comes after a hole of " + (entry.begin() - covered) + " bytes");
    }
  }

  private static UnusableFileException wrong(TensorEntry entry, String what) {
    return new UnusableFileException("tensor " + Sentences.quoted(entry.name()) + " " + what);
  }
}
