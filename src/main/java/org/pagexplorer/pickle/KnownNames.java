package org.pagexplorer.pickle;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/** The Python names that plain values and NumPy's arrays need, and what each stands for here. */
final class KnownNames {
  private static final Set<String> ARRAYS =
      Set.of("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct");

  /** Of protocol 5: bytes, dtype, sizes, order. */
  private static final Set<String> BUFFERS =
      Set.of("numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer");

  private static final String ARRAY = "numpy.ndarray";
  private static final String DTYPE = "numpy.dtype";
  private static final String BYTES = "_codecs.encode";
  private static final Set<String> BYTE_ARRAYS =
      Set.of("builtins.bytearray", "__builtin__.bytearray", "builtins.bytes", "__builtin__.bytes");

  private KnownNames() {}

  /** Python's {@code None}. */
  enum Plain {
    NONE
  }

  /** A name, with its module. */
  record Name(String full) {}

  /** NumPy's type of values, as {@code u1}; its state tells no more that matters for bytes. */
  record Dtype(String text) {}

  /** An array before its state is set. */
  static final class Unfinished {
    private @Nullable PickledArray array;

    /** What it became. */
    Optional<PickledArray> array() {
      return Optional.ofNullable(array);
    }
  }

  /**
   * A name that a pickle asks for.
   *
   * @throws UnusableFileException naming it, if it is not on the list
   */
  static Name named(String full) {
    boolean known =
        ARRAYS.contains(full)
            || BUFFERS.contains(full)
            || BYTE_ARRAYS.contains(full)
            || Set.of(ARRAY, DTYPE, BYTES).contains(full);
    if (!known) {
      throw new UnusableFileException(
          "it asks for "
              + Sentences.quoted(full)
              + ", which no dataset needs, and nothing of it was run");
    }
    return new Name(full);
  }

  /** What Python's {@code callable(*arguments)} would make. */
  static Object call(Object callable, Object arguments) {
    if (!(callable instanceof Name(String name) && arguments instanceof List<?> list)) {
      throw PlainPickle.damaged();
    }
    if (ARRAYS.contains(name)) {
      return new Unfinished();
    }
    if (BUFFERS.contains(name)) {
      return array(list);
    }
    boolean empty = BYTE_ARRAYS.contains(name) && list.isEmpty();
    Object first = list.isEmpty() ? "" : list.getFirst();
    if (first instanceof String text && (empty || !list.isEmpty())) {
      return switch (name) {
        case DTYPE -> new Dtype(text);
        case ARRAY -> throw PlainPickle.damaged();
        default -> latin(text);
      };
    }
    throw PlainPickle.damaged();
  }

  /** Bytes written as text. */
  private static String latin(String text) {
    Charset latin = StandardCharsets.ISO_8859_1;
    if (!new String(text.getBytes(latin), latin).equals(text)) {
      throw PlainPickle.damaged();
    }
    return text;
  }

  private static PickledArray array(List<?> parts) {
    if (parts.size() == 4
        && parts.get(0) instanceof String content
        && parts.get(1) instanceof Dtype dtype
        && parts.get(2) instanceof List<?> sizes
        && "C".equals(parts.get(3))) {
      return new PickledArray(dtype.text(), sizes(sizes), latin(content));
    }
    throw PlainPickle.damaged();
  }

  private static List<Long> sizes(List<?> sizes) {
    return sizes.stream()
        .map(size -> size instanceof Long whole && whole >= 0 ? whole : -1L)
        .toList();
  }

  /** Sets a state: an array's is {@code (version, sizes, dtype, column by column, bytes)}. */
  static void build(Object target, Object state) {
    if (target instanceof Dtype) {
      return;
    }
    if (target instanceof Unfinished unfinished
        && state instanceof List<?> parts
        && parts.size() == 5
        && parts.get(1) instanceof List<?> sizes
        && parts.get(2) instanceof Dtype dtype
        && Boolean.FALSE.equals(parts.get(3))
        && parts.get(4) instanceof String content) {
      unfinished.array = new PickledArray(dtype.text(), sizes(sizes), latin(content));
      return;
    }
    throw PlainPickle.damaged();
  }
}
