package org.pagexplorer.checkpoint.pytorch;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.pagexplorer.checkpoint.pytorch.PickledObject.View;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * The state_dict within what a file holds: that itself, or under a key of it.
 *
 * @param tensors by name
 * @param remarks what was left out
 * @param facts class names, mean and std that the file says beside them, as JSON arrays
 */
record StateDict(
    SequencedMap<String, View> tensors, List<String> remarks, Map<String, String> facts) {
  private static final Set<String> FACTS = Set.of("classes", "class_names", "mean", "std");

  /** Names under which training programs keep the weights, the likeliest first. */
  private static final List<String> USUAL =
      List.of("", "state_dict", "model_state_dict", "model", "net", "network");

  private static final int DEEPEST = 3;

  /** A dictionary with tensors in it, and the keys that lead there. */
  private record Found(String path, SequencedMap<String, View> tensors, int others) {
    String root() {
      return path.split("\\.", 2)[0];
    }

    int rank() {
      String last = path.substring(path.lastIndexOf('.') + 1);
      int index = USUAL.indexOf(last);
      return index < 0 ? USUAL.size() : index;
    }
  }

  /**
   * Finds it.
   *
   * @throws UnusableFileException if there is none
   */
  static StateDict in(Object root) {
    List<Found> found = new ArrayList<>();
    collect(root, "", 0, found, Collections.newSetFromMap(new IdentityHashMap<>()));
    int most = found.stream().mapToInt(f -> f.tensors().size()).max().orElse(0);
    // Half as many: an average of the weights without the buffers is still a model.
    Optional<Found> best =
        found.stream()
            .filter(f -> 2 * f.tensors().size() > most)
            .min(Comparator.comparingInt(Found::rank));
    Found state =
        best.orElseThrow(
            () ->
                new UnusableFileException(
                    "it holds no tensors by name",
                    "save a state_dict: torch.save(model.state_dict(), …)"));
    return new StateDict(state.tensors(), remarks(state, found), facts(root));
  }

  /** Lists of names or numbers under the keys that people use. */
  private static Map<String, String> facts(Object root) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (root instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (key instanceof String name
                && FACTS.contains(name)
                && value instanceof List<?> list) {
              boolean plain =
                  list.stream().allMatch(e -> e instanceof String || e instanceof Number);
              if (plain) {
                JsonArray array = new JsonArray();
                list.forEach(
                    e ->
                        array.add(
                            e instanceof Number n
                                ? new JsonPrimitive(n)
                                : new JsonPrimitive((String) e)));
                facts.put(name.equals("class_names") ? "classes" : name, array.toString());
              }
            }
          });
    }
    return facts;
  }

  private static void collect(
      Object value, String path, int depth, List<Found> found, Set<Object> seen) {
    // A dictionary may hold itself.
    if (!(value instanceof Map<?, ?> map) || !seen.add(map)) {
      return;
    }
    SequencedMap<String, View> tensors = new LinkedHashMap<>();
    map.forEach(
        (key, entry) -> {
          if (key instanceof String name && entry instanceof View view) {
            tensors.put(name, view);
          }
        });
    if (!tensors.isEmpty()) {
      found.add(new Found(path, tensors, map.size() - tensors.size()));
    }
    if (depth < DEEPEST && tensors.size() < map.size()) {
      map.forEach(
          (key, entry) -> {
            String name = String.valueOf(key);
            collect(entry, path.isEmpty() ? name : path + "." + name, depth + 1, found, seen);
          });
    }
  }

  private static List<String> remarks(Found state, List<Found> found) {
    List<String> remarks = new ArrayList<>();
    if (!state.path().isEmpty()) {
      remarks.add("The weights are those under " + Sentences.quoted(state.path()) + ".");
    }
    Map<String, Integer> leftOut = new LinkedHashMap<>();
    found.stream()
        .filter(other -> other != state)
        .forEach(other -> leftOut.merge(other.root(), other.tensors().size(), Integer::sum));
    leftOut.forEach(
        (root, count) ->
            remarks.add(
                root.isEmpty()
                    ? "Left out: %d tensors beside it.".formatted(count)
                    : "Left out: %d tensors under %s.".formatted(count, Sentences.quoted(root))));
    if (state.others() > 0) {
      remarks.add(
          "Left out: %d entries beside the weights that are no tensors.".formatted(state.others()));
    }
    return remarks;
  }
}
