package org.pagexplorer.ui.attack;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.Sentence;

/**
 * The rows as models of one input size take them, as far as they can be made to fit.
 *
 * @param rows from the top; those that cannot be stay as they are, and have their place
 * @param unfit those that cannot be
 */
record SizedRows(List<Row> rows, List<Unfit> unfit) {
  /** More names would fill the window. */
  private static final int MOST_NAMES = 3;

  /**
   * A row.
   *
   * @param key by which it is arranged, the same in every size
   */
  record Row(String key, OriginalImage image) {}

  /**
   * A row that cannot be made to fit.
   *
   * @param key the image's
   * @param name what it is called
   */
  record Unfit(String key, String name, UserException why) {}

  /** All but these, which another size lacks. */
  List<OriginalImage> without(Set<String> keys) {
    return rows.stream().map(Row::image).filter(image -> !keys.contains(image.key())).toList();
  }

  /** Says which rows are missing, and why; empty for none. */
  static String sentence(Collection<Unfit> all) {
    if (all.isEmpty()) {
      return "";
    }
    List<String> names = all.stream().map(one -> "\"" + one.name() + "\"").distinct().toList();
    String some = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return "%s%s %s left out: %s"
        .formatted(
            some,
            more > 0 ? ", and %,d more".formatted(more) : "",
            names.size() == 1 ? "is" : "are",
            Sentence.of(all.iterator().next().why()));
  }

  /** Where a row of one grid is in another, which may lack some; −1 where it is not. */
  static int place(List<OriginalImage> from, int row, List<OriginalImage> to) {
    if (row < 0 || row >= from.size()) {
      return -1;
    }
    String key = from.get(row).key();
    long alike = from.stream().limit(row).filter(one -> one.key().equals(key)).count();
    return IntStream.range(0, to.size())
        .filter(i -> to.get(i).key().equals(key))
        .skip(alike)
        .findFirst()
        .orElse(-1);
  }
}
