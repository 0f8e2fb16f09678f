package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.Measured.Count;

/** Measured accuracies beside published ones, in words. */
final class AccuracyRows {
  private AccuracyRows() {}

  /**
   * @param first the first that was measured, if any was
   */
  static String caption(PaperTables.Table table, Optional<Measured> first) {
    List<Column> columns = Column.paper(Roles.shape(table), 0);
    return String.format(
        Locale.ROOT,
        "%s: %s. Accuracy in %%, %s; the paper's, n = %,d.",
        table.place(),
        table.title(),
        first
            .map(Measured::circumstances)
            .orElse(
                "attacks: %s and %s, random start, α = 2ε/20"
                    .formatted(columns.get(1).longTitle(), columns.get(2).longTitle())),
        table.images());
  }

  static List<String> heads(PaperTables.Table table) {
    List<String> heads = new ArrayList<>(List.of("trained with"));
    for (String column : table.columns()) {
      heads.add(column + ", here");
      heads.add("paper");
    }
    return heads;
  }

  static List<String> row(
      String name,
      Optional<Measured> measured,
      Optional<PaperTables.Row> published,
      PaperTables.Table table) {
    List<String> row = new ArrayList<>(List.of(name));
    for (int j = 0; j < table.columns().size(); j++) {
      int place = j;
      row.add(
          measured
              .map(found -> found.cells().get(place))
              .map(
                  count ->
                      Claims.words(count)
                          + published
                              .map(p -> " " + verdict(count, p.values().get(place), table).sign())
                              .orElse(""))
              .orElse("–"));
      row.add(published.map(p -> hundredths(p.values().get(place))).orElse("–"));
    }
    return row;
  }

  /** A row with nothing published beside it. */
  static List<String> plain(String name, Measured measured) {
    return Stream.concat(Stream.of(name), measured.cells().stream().map(Claims::words)).toList();
  }

  private static Verdict verdict(Count here, double paper, PaperTables.Table table) {
    return Verdict.of(here.interval(), table.interval(paper));
  }

  static String hundredths(double percent) {
    return String.format(Locale.ROOT, "%.2f", percent);
  }

  /** What is higher or lower than the paper's, and what differs in the training. */
  static Optional<String> apart(
      OpenModel model, Measured measured, PaperTables.Table table, PaperTables.Row row) {
    List<String> apart = new ArrayList<>();
    for (int j = 0; j < table.columns().size(); j++) {
      Verdict verdict = verdict(measured.cells().get(j), row.values().get(j), table);
      if (verdict != Verdict.AGREES) {
        apart.add(
            "%s is %s the paper's %s"
                .formatted(
                    table.columns().get(j), verdict.words(), hundredths(row.values().get(j))));
      }
    }
    List<String> differences =
        Differences.of(model.card(), Roles.recipe(table, row.id()), table.dataset());
    return apart.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: %s. %s"
                .formatted(
                    model.name(),
                    String.join(", ", apart),
                    differences.isEmpty()
                        ? "Nothing that its card says differs."
                        : "Its training: " + String.join(", ", differences) + "."));
  }
}
