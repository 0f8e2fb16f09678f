package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the user has arranged rows: those kept, in their order, and those taken out. Rows are known
 * by keys, of which several may be alike; rows that neither list knows came later.
 */
record RowOrder(List<String> kept, List<String> removed) {
  /** Nothing is arranged: rows stand as they come. */
  static final RowOrder NONE = new RowOrder(List.of(), List.of());

  RowOrder {
    kept = List.copyOf(kept);
    removed = List.copyOf(removed);
  }

  boolean isNone() {
    return kept.isEmpty() && removed.isEmpty();
  }

  /** The rows as they are arranged: what came later stands before the others, or after them. */
  <T> List<T> of(List<T> rows, Function<T, String> keyOf) {
    if (isNone()) {
      return rows;
    }
    List<Optional<T>> left = new ArrayList<>(rows.stream().map(Optional::of).toList());
    int known = rows.size();
    List<T> arranged = new ArrayList<>();
    for (String key : kept) {
      int place = place(left, key, keyOf);
      if (place >= 0) {
        known = Math.min(known, place);
        left.set(place, Optional.empty()).ifPresent(arranged::add);
      }
    }
    for (String key : removed) {
      int place = place(left, key, keyOf);
      if (place >= 0) {
        known = Math.min(known, place);
        left.set(place, Optional.empty());
      }
    }
    List<T> all =
        new ArrayList<>(left.subList(0, known).stream().flatMap(Optional::stream).toList());
    all.addAll(arranged);
    left.subList(known, left.size()).stream().flatMap(Optional::stream).forEach(all::add);
    return all;
  }

  private static <T> int place(List<Optional<T>> left, String key, Function<T, String> keyOf) {
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).map(keyOf).filter(key::equals).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  /**
   * With a row at another place.
   *
   * @param keys of the rows as they are
   */
  RowOrder moved(List<String> keys, int from, int to) {
    List<String> next = new ArrayList<>(keys);
    next.add(to, next.remove(from));
    return new RowOrder(next, removed);
  }

  /** Without a row; the same of the keys. */
  RowOrder without(List<String> keys, int row) {
    List<String> next = new ArrayList<>(keys);
    List<String> gone = new ArrayList<>(removed);
    gone.add(next.remove(row));
    return new RowOrder(next, gone);
  }
}
