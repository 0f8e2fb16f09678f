package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.measure.Integrity.Finding;

/** A robustness table in words, for files. */
public final class TableTexts {
  /** What an attacked accuracy says of an image, whatever the attack. */
  public static final String COUNTED = "Any misclassified iterate counts an image as broken";

  private TableTexts() {}

  /** What identifies a number of a table. */
  public record Place(int model, int column) {}

  /**
   * A row a model; for each column the accuracy in %, its interval, n, the paper's value where
   * there is one, and the flags that were raised.
   *
   * @param findings what integrity checks found, by number
   */
  public static ResultTable of(RobustnessTable table, Map<Place, List<Finding>> findings) {
    List<String> heads = new ArrayList<>(List.of("model"));
    for (Column column : table.columns()) {
      String title = column.longTitle();
      heads.addAll(List.of(title, title + ": 95 %", title + ": n", title + ": paper"));
      if (column.attack().isPresent()) {
        heads.add(title + ": flags");
      }
    }
    List<List<String>> rows = new ArrayList<>();
    Set<String> notes = counted(table);
    for (int k = 0; k < table.models().size(); k++) {
      List<String> row = new ArrayList<>(List.of(table.models().get(k).name()));
      for (int j = 0; j < table.columns().size(); j++) {
        add(row, table, k, j, findings.getOrDefault(new Place(k, j), List.of()), notes);
        survivors(table, k, j).ifPresent(notes::add);
      }
      rows.add(row);
    }
    return new ResultTable(heads, rows, List.copyOf(notes));
  }

  /**
   * For print: accuracies in % with their intervals in brackets, the paper's value in a column
   * beside it where there is one for any model, a dagger where a flag was raised; the notes explain
   * them.
   */
  public static ResultTable compact(RobustnessTable table, Map<Place, List<Finding>> findings) {
    List<String> heads = new ArrayList<>(List.of("model"));
    for (int j = 0; j < table.columns().size(); j++) {
      heads.add(table.columns().get(j).longTitle());
      if (isInPaper(table, j)) {
        heads.add("(paper)");
      }
    }
    List<List<String>> rows = new ArrayList<>();
    Set<String> notes = counted(table);
    for (int k = 0; k < table.models().size(); k++) {
      List<String> row = new ArrayList<>(List.of(table.models().get(k).name()));
      for (int j = 0; j < table.columns().size(); j++) {
        Cell cell = table.cell(k, j);
        List<Finding> flagged = flagged(findings.getOrDefault(new Place(k, j), List.of()));
        row.add(
            cell.n() == 0
                ? ""
                : "%s (%s)%s"
                    .formatted(
                        percent(cell.accuracy()),
                        interval(cell.interval()),
                        flagged.isEmpty() ? "" : "†"));
        if (isInPaper(table, j)) {
          row.add(paper(table, k, j));
        }
        notes.add("Accuracy in %, with Wilson's 95 % interval, n = " + cell.n());
        survivors(table, k, j).ifPresent(notes::add);
        for (Finding finding : flagged) {
          notes.add(
              "† %s, %s: %s: %s"
                  .formatted(
                      table.models().get(k).name(),
                      table.columns().get(j).longTitle(),
                      finding.check().title(),
                      finding.check().meaning()));
        }
      }
      rows.add(row);
    }
    return new ResultTable(heads, rows, List.copyOf(notes));
  }

  private static Set<String> counted(RobustnessTable table) {
    boolean attacked = table.columns().stream().anyMatch(column -> column.attack().isPresent());
    return new TreeSet<>(attacked ? List.of(COUNTED) : List.of());
  }

  private static Optional<String> survivors(RobustnessTable table, int model, int column) {
    Column which = table.columns().get(column);
    return Survivors.line(which, table.cell(model, column))
        .map(
            line ->
                "%s, %s: %s".formatted(table.models().get(model).name(), which.longTitle(), line));
  }

  private static boolean isInPaper(RobustnessTable table, int column) {
    return IntStream.range(0, table.models().size())
        .anyMatch(model -> table.paper(model, column).isPresent());
  }

  private static String paper(RobustnessTable table, int model, int column) {
    return table.paper(model, column).map(TableTexts::hundredths).orElse("");
  }

  private static void add(
      List<String> row,
      RobustnessTable table,
      int model,
      int column,
      List<Finding> findings,
      Set<String> notes) {
    Cell cell = table.cell(model, column);
    Column which = table.columns().get(column);
    row.add(cell.n() == 0 ? "" : percent(cell.accuracy()));
    row.add(cell.n() == 0 ? "" : interval(cell.interval()));
    row.add(String.valueOf(cell.n()));
    row.add(paper(table, model, column));
    if (which.attack().isPresent()) {
      row.add(flags(findings));
      flagged(findings).forEach(f -> notes.add(f.check().title() + ": " + f.check().meaning()));
    }
  }

  /** {@code none}, {@code not checked}, or the flags that were raised. */
  public static String flags(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "not checked";
    }
    List<String> raised = flagged(findings).stream().map(f -> f.check().title()).toList();
    return raised.isEmpty() ? "none" : String.join("; ", raised);
  }

  /** The findings that are wrong. */
  public static List<Finding> flagged(List<Finding> findings) {
    return findings.stream().filter(Finding::flagged).toList();
  }

  /** {@code 58.3}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** The paper's digits: {@code 50.62}. */
  private static String hundredths(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  /** {@code 55.3–61.3}. */
  public static String interval(Wilson interval) {
    return percent(interval.low()) + "–" + percent(interval.high());
  }
}
