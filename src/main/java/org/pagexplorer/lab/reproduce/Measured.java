package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.JsonFields;
import org.pagexplorer.lab.measure.Cell;
import org.pagexplorer.lab.measure.RobustnessTable;

/**
 * A model's accuracies in the paper's columns: clean, L∞, L2.
 *
 * @param cells one for each column
 * @param columns what each column is, with its radius
 * @param dataset whose images were counted
 * @param seconds that they took
 */
record Measured(List<Count> cells, List<String> columns, String dataset, double seconds) {
  private static final int COLUMNS = 3;
  private static final int MOST = 100_000_000;

  /** So many of n images were classified correctly. */
  record Count(int correct, int n) {
    double share() {
      return (double) correct / n;
    }

    Wilson interval() {
      return Wilson.of(correct, n);
    }
  }

  /** {@code CIFAR-10, n = 500. Attacks: …}: what its columns are. */
  String circumstances() {
    return String.format(
        Locale.ROOT,
        "measured on %s, n = %,d, with Wilson's 95 %% interval. Attacks: %s and %s, random start, α"
            + " = 2ε/20",
        dataset,
        clean().n(),
        columns.get(1),
        columns.get(2));
  }

  Count clean() {
    return cells.getFirst();
  }

  Count linf() {
    return cells.get(1);
  }

  Count l2() {
    return cells.get(2);
  }

  /** Of a table of one model. */
  static JsonObject json(RobustnessTable table) {
    JsonArray cells = new JsonArray();
    double seconds = 0;
    for (int j = 0; j < table.columns().size(); j++) {
      Cell cell = table.cell(0, j);
      JsonObject one = new JsonObject();
      one.addProperty("column", table.columns().get(j).longTitle());
      one.addProperty("correct", cell.correct());
      one.addProperty("n", cell.n());
      cells.add(one);
      seconds += cell.seconds();
    }
    JsonObject json = new JsonObject();
    json.add("cells", cells);
    json.addProperty("dataset", table.dataset().name());
    json.addProperty("seconds", seconds);
    return json;
  }

  /**
   * Reads it again.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Measured of(JsonObject json) {
    JsonFields fields = new JsonFields(json);
    List<Count> cells = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (JsonFields cell : fields.objects("cells", COLUMNS)) {
      int n = cell.whole("n", 1, MOST);
      cells.add(new Count(cell.whole("correct", 0, n), n));
      columns.add(cell.line("column"));
    }
    if (cells.size() != COLUMNS) {
      throw new IllegalArgumentException("\"cells\" must be " + COLUMNS);
    }
    return new Measured(
        List.copyOf(cells),
        List.copyOf(columns),
        fields.line("dataset"),
        fields.number("seconds", 0, 1e12));
  }
}
