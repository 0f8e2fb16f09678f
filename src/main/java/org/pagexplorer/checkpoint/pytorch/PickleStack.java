package org.pagexplorer.checkpoint.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Opaque;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;
import org.pagexplorer.pickle.PickleMemory;

/** A pickle machine's memory, with what it puts into dictionaries, lists, and opaque values. */
final class PickleStack extends PickleMemory {
  /** What a small pickle may cost; a larger one may cost its file's size more. */
  private static final long FREE_BYTES = 8 << 20;

  /**
   * @param fileSize of the whole file, which bounds the memory that is taken
   */
  PickleStack(long fileSize) {
    super(FREE_BYTES + fileSize, "state_dict");
  }

  void pushMap(List<Object> keysAndValues) {
    pushContainer(new LinkedHashMap<>(), 0);
    putAll(keysAndValues);
  }

  void append(List<Object> values) {
    spend((long) SLOT * values.size());
    switch (peek()) {
      case Opaque opaque -> {
        spend((long) ENTRY * values.size());
        if (opaque != Opaque.BYTES) {
          values.forEach(value -> opaque.parts().put((long) opaque.parts().size(), value));
        }
      }
      case ArrayList<?> peeked -> {
        @SuppressWarnings("unchecked") // every list here is made here, of objects
        List<Object> list = (List<Object>) peeked;
        list.addAll(values);
      }
      default -> throw damaged();
    }
  }

  void putAll(List<Object> keysAndValues) {
    spend((long) ENTRY * keysAndValues.size());
    if (keysAndValues.size() % 2 != 0) {
      throw damaged();
    }
    if (peek() instanceof Opaque opaque) {
      setParts(opaque, keysAndValues);
      return;
    }
    if (!(peek() instanceof LinkedHashMap<?, ?>)) {
      throw damaged();
    }
    @SuppressWarnings("unchecked") // every map here is made here, of objects
    Map<Object, Object> map = (Map<Object, Object>) peek();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      put(map, keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  /**
   * Python's {@code __setstate__} is not called: attributes are what the state says, a dictionary
   * or a pair of them.
   */
  void build(Object value, Object state) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      throw new UnusableFileException("its pickle sets the state of something that has none");
    }
    if (value instanceof Opaque opaque) {
      List<?> states = state instanceof List<?> list && list.size() == 2 ? list : List.of(state);
      for (Object each : states) {
        if (each instanceof Map<?, ?> attributes && opaque != Opaque.BYTES) {
          spend((long) ENTRY * attributes.size());
          opaque.parts().putAll(attributes);
        }
      }
    }
    push(value);
  }

  private static void setParts(Opaque opaque, List<Object> keysAndValues) {
    if (opaque == Opaque.BYTES) {
      return;
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      if (isName(keysAndValues.get(i))) {
        opaque.parts().put(keysAndValues.get(i), keysAndValues.get(i + 1));
      }
    }
  }

  /**
   * Keys are text or numbers, whose hash codes cost nothing; an entry under anything else holds no
   * weights and is left out.
   */
  static void put(Map<Object, Object> map, Object key, Object value) {
    if (isName(key) && map.put(key, value) != null) {
      throw new UnusableFileException(
          "its pickle names " + Sentences.quoted(String.valueOf(key)) + " twice");
    }
  }

  private static boolean isName(Object key) {
    return key instanceof String || key instanceof Number || key instanceof Boolean;
  }
}
