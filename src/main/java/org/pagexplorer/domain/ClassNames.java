package org.pagexplorer.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Finds a class among a model's by what people write. */
public final class ClassNames {
  /** Fewer are all listed. */
  private static final int MANY = 20;

  private static final int NEAREST = 3;

  /** Letters of a typed word that are compared. */
  private static final int LONGEST = 40;

  private ClassNames() {}

  /**
   * What a class is called among others, of which one before it may have the same name: {@code
   * crane}, or {@code 517:crane}.
   */
  public static String word(List<String> classes, int index) {
    String name = classes.get(index);
    return classes.indexOf(name) == index ? name : index + ":" + name;
  }

  /** {@link #word} of every class. */
  public static List<String> words(List<String> classes) {
    return IntStream.range(0, classes.size()).mapToObj(i -> word(classes, i)).toList();
  }

  /**
   * The index of a class, by its name in whatever case, by the index itself, or by both as {@link
   * #word}; where the index is another class, by the name.
   *
   * @throws UserException if there is none, naming all classes, or the nearest of many
   */
  public static int index(List<String> classes, String word) {
    String name = word.strip();
    int exact = classes.indexOf(name);
    if (exact >= 0) {
      return exact;
    }
    List<Integer> others =
        IntStream.range(0, classes.size())
            .filter(i -> classes.get(i).equalsIgnoreCase(name))
            .boxed()
            .toList();
    if (others.size() == 1) {
      return others.getFirst();
    }
    if (name.matches("\\d{1,9}") && Integer.parseInt(name) < classes.size()) {
      return Integer.parseInt(name);
    }
    int both = byBoth(classes, name);
    if (both >= 0) {
      return both;
    }
    throw new UserException(
        "There is no class \"%s\": %s."
            .formatted(
                word,
                classes.size() > MANY
                    ? "of the %d, the nearest are %s"
                        .formatted(classes.size(), String.join(", ", nearest(classes, name)))
                    : "choose among " + String.join(", ", classes)));
  }

  private static int byBoth(List<String> classes, String word) {
    int colon = word.indexOf(':');
    if (colon < 0 || !word.substring(0, colon).matches("\\d{1,9}")) {
      return -1;
    }
    int index = Integer.parseInt(word.substring(0, colon));
    String name = word.substring(colon + 1);
    return index < classes.size() && classes.get(index).equals(name)
        ? index
        : classes.indexOf(name);
  }

  private static List<String> nearest(List<String> classes, String name) {
    String lower = name.substring(0, Math.min(LONGEST, name.length())).toLowerCase(Locale.ROOT);
    return classes.stream()
        .sorted(Comparator.comparingInt(c -> distance(c.toLowerCase(Locale.ROOT), lower)))
        .limit(NEAREST)
        .toList();
  }

  /** Levenshtein's, of the nearest word or of the whole, in letters. */
  private static int distance(String name, String typed) {
    int nearest = edits(name, typed);
    for (String word : name.split("[ _-]+", -1)) {
      nearest = Math.min(nearest, edits(word, typed) + 1);
    }
    return nearest;
  }

  private static int edits(String one, String other) {
    int[] before = IntStream.rangeClosed(0, other.length()).toArray();
    for (int i = 1; i <= one.length(); i++) {
      int[] now = new int[other.length() + 1];
      now[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(changed, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[other.length()];
  }
}
