package org.pagexplorer.checkpoint.pytorch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Opaque;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * The sets of weights within what a file holds.
 *
 * @param sets the likeliest first; never empty
 * @param facts class names, mean and std that the file says beside them, as JSON arrays
 * @param names Python's, of what made no tensors and was never run
 */
record StateDicts(List<StateDict> sets, Map<String, String> facts, List<String> names) {
  private static final int DEEPEST = 6;
  private static final int LONGEST_KEY = 100;
  private static final int MOST_NAMES = 20;

  /** A value, and the keys that lead to it. */
  private record Place(String path, int depth, Object value) {
    Place inner(Object key, Object inner) {
      String name = String.valueOf(key);
      String cut = name.length() > LONGEST_KEY ? name.substring(0, LONGEST_KEY) : name;
      return new Place(path.isEmpty() ? cut : path + "." + cut, depth + 1, inner);
    }
  }

  /**
   * Finds them.
   *
   * @throws UnusableFileException if there are none
   */
  static StateDicts in(Object root, Unpickler.Mentions mentions) {
    List<StateDict> found = found(root);
    List<String> names = List.copyOf(mentions.others());
    if (found.isEmpty()) {
      throw new UnusableFileException(
          "it holds no tensors by name"
              + (names.isEmpty()
                  ? ""
                  : "; what it holds would be made by "
                      + some(names)
                      + ", and nothing of it was run"),
          "save a state_dict: torch.save(model.state_dict(), …)");
    }
    int most = found.stream().mapToInt(set -> set.tensors().size()).max().orElse(0);
    // Half as many: an average of the weights without the buffers is still a model.
    found.sort(
        Comparator.comparing(StateDict::isOptimizers)
            .thenComparing(set -> !set.hasMatrix())
            .thenComparing(set -> 2 * set.tensors().size() <= most)
            .thenComparing(StateDict::rank));
    return new StateDicts(List.copyOf(found), Facts.in(root), names);
  }

  /** From the outermost inwards, so that each is found where the fewest keys lead to it. */
  private static List<StateDict> found(Object root) {
    List<StateDict> found = new ArrayList<>();
    Search search = new Search();
    search.add(new Place("", 0, root));
    for (Place place = search.places.poll(); place != null; place = search.places.poll()) {
      StateDict set = set(place);
      if (!set.tensors().isEmpty()) {
        found.add(set);
      }
      if (place.depth() < DEEPEST && !set.isModel()) {
        search.addInside(place);
      }
    }
    return found;
  }

  private static StateDict set(Place place) {
    return switch (place.value()) {
      case Opaque opaque when StateDict.isModel(opaque) -> StateDict.ofModel(place.path(), opaque);
      case Opaque opaque -> StateDict.of(place.path(), opaque.parts());
      case Map<?, ?> map -> StateDict.of(place.path(), map);
      default -> StateDict.of(place.path(), Map.of());
    };
  }

  /** What is still to be looked into: each thing once, since a dictionary may hold itself. */
  private static final class Search {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Queue<Place> places = new ArrayDeque<>();

    void add(Place place) {
      if (seen.add(place.value())) {
        places.add(place);
      }
    }

    void addInside(Place place) {
      switch (place.value()) {
        case Opaque opaque -> opaque.parts().forEach((key, value) -> add(place, key, value));
        case Map<?, ?> map -> map.forEach((key, value) -> add(place, key, value));
        case List<?> list -> {
          for (int i = 0; i < list.size(); i++) {
            add(place, i, list.get(i));
          }
        }
        default -> {}
      }
    }

    private void add(Place place, Object key, Object value) {
      boolean mayHoldSome =
          value instanceof Opaque || value instanceof Map || value instanceof List;
      if (mayHoldSome && !seen.contains(value)) {
        add(place.inner(key, value));
      }
    }
  }

  /** What was left out beside one of the sets, a sentence each. */
  List<String> remarks(StateDict set) {
    List<String> remarks = new ArrayList<>();
    if (!set.place().isEmpty()) {
      remarks.add("The weights are those under " + Sentences.quoted(set.place()) + ".");
    }
    if (set.isModel()) {
      remarks.add("It is a whole pickled model, whose weights were read without its code.");
    }
    Map<String, Integer> leftOut = new LinkedHashMap<>();
    sets.stream()
        .filter(other -> other != set)
        .forEach(other -> leftOut.merge(other.root(), other.tensors().size(), Integer::sum));
    leftOut.forEach(
        (root, count) ->
            remarks.add(
                root.isEmpty()
                    ? "Left out: %d tensors beside it.".formatted(count)
                    : "Left out: %d tensors under %s.".formatted(count, Sentences.quoted(root))));
    if (set.others() > 0) {
      remarks.add(
          "Left out: %d entries beside the weights that are not tensors.".formatted(set.others()));
    }
    if (!names.isEmpty()) {
      remarks.add("Neither looked up nor run: " + some(names) + ".");
    }
    return remarks;
  }

  static String some(Collection<String> names) {
    return names.stream().limit(MOST_NAMES).map(Sentences::quoted).collect(Collectors.joining(", "))
        + (names.size() > MOST_NAMES ? " and %d more".formatted(names.size() - MOST_NAMES) : "");
  }
}
