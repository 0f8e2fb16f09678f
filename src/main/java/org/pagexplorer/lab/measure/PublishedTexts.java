package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.pagexplorer.domain.AttackMethod;

/** Published accuracies in words, below those of a table that were measured here. */
public final class PublishedTexts {
  private static final String NOTE =
      "Rows marked as published are from RobustBench and were not measured here";

  private PublishedTexts() {}

  /** Those that may stand in a column with an attack first, then the most robust. */
  static List<PublishedEntry> sorted(List<PublishedEntry> entries, RobustnessTable table) {
    return entries.stream()
        .sorted(
            java.util.Comparator.comparing((PublishedEntry entry) -> !isComparable(entry, table))
                .thenComparing(entry -> -entry.robust().orElse(-1)))
        .toList();
  }

  /** Whether its accuracy under attack may stand in any column. */
  public static boolean isComparable(PublishedEntry entry, RobustnessTable table) {
    return table.columns().stream()
        .anyMatch(
            column ->
                column.attack().isPresent()
                    && entry.in(column, table.dataset().name()).isPresent());
  }

  /** Why it may not, of the column that comes nearest: the one with the same norm, or the first. */
  public static Optional<String> obstacle(PublishedEntry entry, RobustnessTable table) {
    return isComparable(entry, table)
        ? Optional.empty()
        : table.columns().stream()
            .filter(column -> column.attack().isPresent())
            .sorted(java.util.Comparator.comparing(column -> !isSameNorm(entry, column)))
            .findFirst()
            .flatMap(column -> entry.obstacle(column, table.dataset().name()));
  }

  private static boolean isSameNorm(PublishedEntry entry, Column column) {
    return column.attack().map(attack -> attack.threat().norm()).equals(entry.norm());
  }

  /** What is to be known where the attack here is not the leaderboard's. */
  public static Optional<String> caution(RobustnessTable table) {
    return table.columns().stream()
        .flatMap(column -> column.attack().stream())
        .filter(attack -> attack.method() != AttackMethod.AUTOATTACK)
        .findFirst()
        .map(
            attack ->
                "Published accuracies are under AutoAttack, another attack than %s: choose AutoAttack to compare"
                    .formatted(attack.title()));
  }

  /** {@code 69.24}. */
  public static String percent(OptionalDouble share) {
    return share.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", 100 * share.getAsDouble());
  }

  /** Where it is from, its number as published, and why it may not be compared. */
  public static String source(PublishedEntry entry, RobustnessTable table) {
    return String.join(
        "; ",
        Stream.of(
                entry.venue(),
                entry.robust().isEmpty()
                    ? ""
                    : "AutoAttack, %s: %s %%"
                        .formatted(entry.attackWords(), percent(entry.robust())),
                obstacle(entry, table).map(why -> "not comparable: " + why).orElse(""),
                entry.warning(),
                entry.additionalData() ? "additional training data" : "",
                entry.link())
            .filter(text -> !text.isEmpty())
            .toList());
  }

  /** The table with a row for each entry, and a column that says where it is from. */
  static ResultTable whole(
      ResultTable measured, RobustnessTable table, List<PublishedEntry> entries) {
    List<List<String>> rows = new ArrayList<>();
    measured.rows().forEach(row -> rows.add(with(row, "measured here")));
    for (PublishedEntry entry : sorted(entries, table)) {
      rows.add(with(row(entry, measured.heads(), table), source(entry, table)));
    }
    return noted(new ResultTable(with(measured.heads(), "source"), rows, measured.notes()), table);
  }

  /** For print: of those that may be compared alone. */
  static ResultTable compact(
      ResultTable measured, RobustnessTable table, List<PublishedEntry> entries) {
    List<List<String>> rows = new ArrayList<>(measured.rows());
    List<PublishedEntry> comparable =
        sorted(entries, table).stream().filter(entry -> isComparable(entry, table)).toList();
    comparable.forEach(entry -> rows.add(row(entry, measured.heads(), table)));
    ResultTable all = noted(new ResultTable(measured.heads(), rows, measured.notes()), table);
    int left = entries.size() - comparable.size();
    return left == 0
        ? all
        : all.withNotes(
            List.of("%d published with another dataset, norm, or ε are left out".formatted(left)));
  }

  private static ResultTable noted(ResultTable all, RobustnessTable table) {
    List<String> notes = new ArrayList<>(List.of(NOTE));
    caution(table).ifPresent(notes::add);
    return all.withNotes(notes);
  }

  private static List<String> row(PublishedEntry entry, List<String> heads, RobustnessTable table) {
    List<String> row = new ArrayList<>(java.util.Collections.nCopies(heads.size(), ""));
    row.set(0, entry.rowName());
    for (Column column : table.columns()) {
      row.set(heads.indexOf(column.longTitle()), percent(entry.in(column, table.dataset().name())));
    }
    return row;
  }

  private static List<String> with(List<String> row, String more) {
    return Stream.concat(row.stream(), Stream.of(more)).toList();
  }
}
