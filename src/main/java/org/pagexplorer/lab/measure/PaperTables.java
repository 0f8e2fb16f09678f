package org.pagexplorer.lab.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.JsonFields;

/** The paper's published numbers, from a file that ships: Tables 1, 2, and 4, Figures 3 and 5. */
public final class PaperTables {
  private static final int MOST = 100;
  private static final List<Table> ALL = read();

  private PaperTables() {}

  /**
   * A published table.
   *
   * @param id for instance {@code table-1}
   * @param place where it is in the paper
   * @param dataset its test images' dataset
   * @param images how many of them
   * @param columns a title for each value of a row
   */
  public record Table(
      String id,
      String place,
      String title,
      String dataset,
      int images,
      List<String> columns,
      List<Row> rows) {
    /** The row of that id, if there is one. */
    public Optional<Row> row(String row) {
      return rows.stream().filter(each -> each.id().equals(row)).findFirst();
    }

    /** Wilson's interval of a published accuracy, which the paper itself does not give. */
    public Wilson interval(double percent) {
      return Wilson.of((int) Math.round(percent / 100 * images), images);
    }
  }

  /**
   * A published row.
   *
   * @param values accuracies in %
   * @param deviations standard deviations over seeds, in %; empty where none are given
   */
  public record Row(String id, String title, List<Double> values, List<Double> deviations) {}

  /** The table of that id. */
  public static Table of(String id) {
    return ALL.stream().filter(table -> table.id().equals(id)).findFirst().orElseThrow();
  }

  public static List<Table> all() {
    return ALL;
  }

  private static List<Table> read() {
    try (InputStream in = PaperTables.class.getResourceAsStream("paper.json")) {
      if (in == null) {
        throw new IllegalStateException("paper.json is missing from the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JsonFields.parse(text).objects("tables", MOST).stream()
          .map(PaperTables::table)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Table table(JsonFields json) {
    List<String> columns = json.lines("columns", MOST);
    List<Row> rows = new ArrayList<>();
    for (JsonFields row : json.objects("rows", MOST)) {
      rows.add(
          new Row(
              row.line("id"),
              row.line("title"),
              row.numbers("values", columns.size(), 0, 100),
              row.has("deviations")
                  ? row.numbers("deviations", columns.size(), 0, 100)
                  : List.of()));
    }
    return new Table(
        json.line("id"),
        json.line("place"),
        json.line("title"),
        json.line("dataset"),
        json.whole("images", 1, 1_000_000),
        columns,
        List.copyOf(rows));
  }
}
