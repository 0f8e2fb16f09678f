package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** Step times by name, in rounds: what is compared is measured in turn, and compared by round. */
final class Speeds {
  private final SequencedMap<String, List<List<Double>>> rounds = new LinkedHashMap<>();

  /** Adds a round's step times, in seconds. */
  void add(String name, List<Double> seconds) {
    rounds.computeIfAbsent(name, _ -> new ArrayList<>()).add(seconds);
  }

  /** Median over all steps of all rounds, in seconds. */
  double median(String name) {
    return median(of(name).stream().flatMap(List::stream).toList());
  }

  /** Median over rounds of how many times as long {@code a} takes as {@code b}. */
  double ratio(String a, String b) {
    return median(ratios(a, b));
  }

  /** Least and largest of the same. */
  List<Double> range(String a, String b) {
    List<Double> ratios = ratios(a, b);
    return List.of(Collections.min(ratios), Collections.max(ratios));
  }

  private List<Double> ratios(String a, String b) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of(a).size(); i++) {
      ratios.add(median(of(a).get(i)) / median(of(b).get(i)));
    }
    return ratios;
  }

  private List<List<Double>> of(String name) {
    return Objects.requireNonNull(rounds.get(name));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** One entry a name, in the order of their first times. */
  List<Map<String, Object>> json(int batch) {
    List<Map<String, Object>> results = new ArrayList<>();
    for (String name : rounds.keySet()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("name", name);
      result.put("imagesPerSecond", batch / median(name));
      result.put("medianMilliseconds", 1000 * median(name));
      result.put("steps", of(name).stream().mapToInt(List::size).sum());
      results.add(result);
    }
    return results;
  }

  List<String> names() {
    return List.copyOf(rounds.keySet());
  }
}
