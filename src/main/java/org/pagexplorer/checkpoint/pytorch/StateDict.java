package org.pagexplorer.checkpoint.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Opaque;
import org.pagexplorer.checkpoint.pytorch.PickledObject.View;
import org.pagexplorer.files.UnusableFileException;

/**
 * Tensors by name, somewhere in what a file holds.
 *
 * @param place the keys that lead there, with dots; empty for all of the file
 * @param tensors by name
 * @param uncalled names whose values only running something would make, and what that is called
 * @param others entries beside them that are no tensors
 * @param isModel whether they are a whole pickled model's, whose code is left out
 */
record StateDict(
    String place,
    SequencedMap<String, View> tensors,
    Map<String, String> uncalled,
    int others,
    boolean isModel) {
  private static final String PARAMETERS = "_parameters";
  private static final String BUFFERS = "_buffers";
  private static final String MODULES = "_modules";

  /** Modules in modules; networks have some ten. */
  private static final int DEEPEST = 64;

  /** Letters of one model's names, and some for each name, in case a module stands there often. */
  private static final int MOST_LETTERS = 4 << 20;

  private static final int NAME = 64;

  /** Names under which training programs keep the weights, the likeliest first. */
  private static final List<String> USUAL =
      List.of("", "state_dict", "model_state_dict", "model", "net", "network");

  private static final List<String> AVERAGES = List.of("ema", "avg", "average", "swa", "shadow");

  /** A dictionary's own entries. */
  static StateDict of(String place, Map<?, ?> entries) {
    SequencedMap<String, View> tensors = new LinkedHashMap<>();
    Map<String, String> uncalled = new LinkedHashMap<>();
    entries.forEach((key, value) -> sort(String.valueOf(key), value, tensors, uncalled));
    return new StateDict(place, tensors, uncalled, entries.size() - tensors.size(), false);
  }

  private static void sort(
      String name, Object value, Map<String, View> tensors, Map<String, String> uncalled) {
    if (value instanceof View view) {
      tensors.put(name, view);
    } else if (value instanceof Opaque opaque && opaque != Opaque.BYTES) {
      uncalled.put(name, opaque.name());
    }
  }

  /** Whether a value is a {@code torch.nn.Module} as pickle writes one. */
  static boolean isModel(Object value) {
    return value instanceof Opaque opaque
        && opaque.parts().get(PARAMETERS) instanceof Map
        && opaque.parts().get(MODULES) instanceof Map;
  }

  /** What a model's {@code state_dict()} would say. */
  static StateDict ofModel(String place, Opaque model) {
    SequencedMap<String, View> tensors = new LinkedHashMap<>();
    Map<String, String> uncalled = new LinkedHashMap<>();
    gather(model, "", DEEPEST, new Letters(), tensors, uncalled);
    return new StateDict(place, tensors, uncalled, 0, true);
  }

  private static final class Letters {
    private long left = MOST_LETTERS;

    String spend(String name) {
      left -= name.length() + NAME;
      if (left < 0) {
        throw new UnusableFileException(
            "its pickled model has far more names than a network needs");
      }
      return name;
    }
  }

  private static void gather(
      Opaque module,
      String prefix,
      int deeper,
      Letters letters,
      Map<String, View> tensors,
      Map<String, String> uncalled) {
    for (String kind : List.of(PARAMETERS, BUFFERS)) {
      if (module.parts().get(kind) instanceof Map<?, ?> own) {
        own.forEach((key, value) -> sort(letters.spend(prefix + key), value, tensors, uncalled));
      }
    }
    if (deeper > 0 && module.parts().get(MODULES) instanceof Map<?, ?> inner) {
      inner.forEach(
          (key, value) -> {
            if (value instanceof Opaque child) {
              String name = letters.spend(prefix + key + ".");
              gather(child, name, deeper - 1, letters, tensors, uncalled);
            }
          });
    }
  }

  /** Whether it holds more than vectors and numbers, as every network's weights do. */
  boolean hasMatrix() {
    return tensors.values().stream().anyMatch(view -> view.sizes().size() > 1);
  }

  /** The first of the keys that lead to it. */
  String root() {
    return place.split("\\.", 2)[0];
  }

  /** An optimizer's moments have the weights' shapes. */
  boolean isOptimizers() {
    return place.toLowerCase(Locale.ROOT).contains("optim");
  }

  /** How likely it is what the file is for, by its place alone; less is likelier. */
  int rank() {
    List<String> keys = new ArrayList<>(List.of(place.split("\\.", -1)));
    // Of a list, the first.
    while (keys.size() > 1 && keys.getLast().matches("\\d+")) {
      keys.removeLast();
    }
    int index = USUAL.indexOf(keys.getLast());
    if (index >= 0) {
      return index;
    }
    boolean isAverage =
        Stream.of(place.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)).anyMatch(AVERAGES::contains);
    return USUAL.size() + (isAverage ? 1 : 0);
  }
}
