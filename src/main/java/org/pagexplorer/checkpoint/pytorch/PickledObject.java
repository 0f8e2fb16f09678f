package org.pagexplorer.checkpoint.pytorch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.files.UnusableFileException;

/**
 * What a pickle holds beside Java's own String, Long, BigInteger, Double, Boolean, List and Map. No
 * Python class is ever looked up.
 */
sealed interface PickledObject {

  /** Python's {@code None}. */
  enum None implements PickledObject {
    NONE
  }

  /**
   * A value of a class that no tensor needs. Its class is never looked up and its constructor never
   * called; what the pickle puts into it (attributes, entries, elements by their index) stays
   * readable, since weights may lie there.
   */
  final class Opaque implements PickledObject {
    /** Bytes, which only numbers that are left out have. */
    static final Opaque BYTES = new Opaque("bytes", Map.of());

    private final String name;
    private final Map<Object, Object> parts;

    private Opaque(String name, Map<Object, Object> parts) {
      this.name = name;
      this.parts = parts;
    }

    /**
     * @param name of its class, or of what Python would call for it
     */
    Opaque(String name) {
      this(name, new LinkedHashMap<>());
    }

    String name() {
      return name;
    }

    /** By attribute, key or index. */
    Map<Object, Object> parts() {
      return parts;
    }
  }

  /**
   * A name, which is never looked up.
   *
   * @param name with its module, for instance {@code collections.OrderedDict}
   */
  record Global(String name) implements PickledObject {}

  /**
   * Numbers that lie elsewhere in the file.
   *
   * @param key where
   * @param dtype their format
   * @param offset values skipped at its beginning (old files' views), at least 0
   * @param length number of values after that
   */
  record Storage(String key, Dtype dtype, long offset, long length) implements PickledObject {
    /** Beyond any disk, and far from overflow. */
    private static final long LONGEST = 1L << 48;

    public Storage {
      if (offset > LONGEST || length > LONGEST) {
        throw new UnusableFileException("a storage claims " + Math.max(offset, length) + " values");
      }
    }
  }

  /**
   * A view of a storage.
   *
   * @param first its first value, counted in the storage
   * @param sizes its sides
   * @param strides distance of neighbors along each side
   */
  record View(Storage storage, long first, List<Long> sizes, List<Long> strides)
      implements PickledObject {
    private static final int MOST_SIDES = 64;

    public View {
      sizes = List.copyOf(sizes);
      strides = List.copyOf(strides);
      if (sizes.size() != strides.size() || sizes.size() > MOST_SIDES) {
        throw new UnusableFileException("a tensor's sides and strides do not fit each other");
      }
      if (first < 0
          || sizes.stream().anyMatch(s -> s < 0)
          || strides.stream().anyMatch(s -> s < 0)) {
        throw new UnusableFileException("a tensor has a negative side, stride or place");
      }
      checkInside(storage, first, sizes, strides);
    }

    private static void checkInside(
        Storage storage, long first, List<Long> sizes, List<Long> strides) {
      if (sizes.contains(0L)) {
        return;
      }
      try {
        long last = first;
        long values = 1;
        for (int i = 0; i < sizes.size(); i++) {
          values = Math.multiplyExact(values, sizes.get(i));
          last = Math.addExact(last, Math.multiplyExact(sizes.get(i) - 1, strides.get(i)));
        }
        if (last < storage.length() && values < Storage.LONGEST) {
          return;
        }
      } catch (ArithmeticException e) {
        // falls through: no storage is that long
      }
      throw new UnusableFileException("a tensor reaches beyond its storage");
    }

    TensorShape shape() {
      return new TensorShape(sizes);
    }
  }
}
