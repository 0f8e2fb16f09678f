package org.pagexplorer.ui.attack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.pagexplorer.lab.JsonFields;

/**
 * Which rows of a dataset are shown, as they are remembered and undone.
 *
 * @param choice {@link RowChoice#EACH}, {@link RowChoice#RANDOM}, {@link RowChoice#WRONG}, {@link
 *     RowChoice#TYPED}, or a class
 * @param page from 0
 * @param count rows of a page; of {@link RowChoice#EACH} and {@link RowChoice#TYPED} there are as
 *     many as there are
 * @param indices those that were typed
 * @param order how they have been arranged since
 */
record ShownRows(String choice, int page, int count, List<Integer> indices, RowOrder order) {
  private static final int MOST_KEYS = 100_000;

  static final ShownRows FIRST =
      new ShownRows(RowChoice.EACH, 0, RowChoice.ROWS, List.of(), RowOrder.NONE);

  /** The same rows, as they come. */
  ShownRows unarranged() {
    return new ShownRows(choice, page, count, indices, RowOrder.NONE);
  }

  /** Whether these are the same choice's, only more of them or fewer. */
  boolean isLongerOrShorter(ShownRows than) {
    return choice.equals(than.choice) && page == than.page && indices.equals(than.indices);
  }

  void addTo(JsonObject json) {
    json.addProperty("choice", choice);
    json.addProperty("page", page);
    json.addProperty("count", count);
    JsonArray numbers = new JsonArray();
    indices.forEach(numbers::add);
    json.add("indices", numbers);
    add(json, "order", order.kept());
    add(json, "removed", order.removed());
  }

  private static void add(JsonObject json, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      JsonArray array = new JsonArray();
      texts.forEach(array::add);
      json.add(name, array);
    }
  }

  /** An earlier version did not know how many rows there are. */
  static ShownRows of(JsonFields fields) {
    return new ShownRows(
        fields.raw("choice"),
        fields.whole("page", Integer.MIN_VALUE, Integer.MAX_VALUE),
        fields.has("count") ? fields.whole("count", 1, RowChoice.MOST_CLASSES) : RowChoice.ROWS,
        fields.wholes("indices", 0, Integer.MAX_VALUE),
        new RowOrder(texts(fields, "order"), texts(fields, "removed")));
  }

  private static List<String> texts(JsonFields fields, String name) {
    return fields.has(name) ? fields.lines(name, MOST_KEYS) : List.of();
  }
}
