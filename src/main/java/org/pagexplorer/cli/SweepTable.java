package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.pagexplorer.domain.ModelCard.Measurement;

/**
 * Final accuracies of a sweep's runs, mean ± standard deviation over seeds (the paper's Table 4).
 */
final class SweepTable {
  private final SequencedMap<String, SequencedMap<String, List<Double>>> groups =
      new LinkedHashMap<>();

  /** Adds a finished run; runs whose names differ in the seed alone are one row. */
  void add(String name, List<Measurement> measured) {
    String row =
        Arrays.stream(name.split("_", -1))
            .filter(part -> !part.startsWith("seed-"))
            .collect(Collectors.joining("_"));
    for (Measurement each : measured) {
      groups
          .computeIfAbsent(row.isEmpty() ? "all" : row, _ -> new LinkedHashMap<>())
          .computeIfAbsent(each.attack(), _ -> new ArrayList<>())
          .add(each.accuracy());
    }
  }

  /** A line a row, for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    groups.forEach(
        (row, columns) -> {
          List<String> cells = new ArrayList<>();
          columns.forEach((attack, values) -> cells.add(attack + " " + words(values)));
          lines.add(row + "  " + String.join("   ", cells));
        });
    return lines;
  }

  /** The same for scripts. */
  List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    groups.forEach(
        (row, columns) ->
            columns.forEach(
                (attack, values) -> {
                  Map<String, Object> cell = new LinkedHashMap<>();
                  cell.put("run", row);
                  cell.put("attack", attack);
                  cell.put("mean", mean(values));
                  cell.put("deviation", deviation(values));
                  cell.put("runs", values.size());
                  rows.add(cell);
                }));
    return rows;
  }

  private static String words(List<Double> values) {
    return String.format(
        Locale.ROOT,
        "%.2f ± %.2f %% (%d)",
        100 * mean(values),
        100 * deviation(values),
        values.size());
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** Of the sample, n − 1; 0 for one value. */
  static double deviation(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
  }
}
