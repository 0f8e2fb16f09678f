package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.reproduce.Measured.Count;

/**
 * What the paper concludes from Tables 1 and 2 (section 5.2), and what else they show, tested on
 * the models at hand: their sizes and trainings differ from the paper's, but what it claims need
 * not.
 *
 * @param rows by the paper's names of its rows, those that were measured
 */
record Claims(Map<String, Measured> rows) {
  private static final List<String> ALIGNED =
      List.of("one-image", "class-mean", "nearest-neighbor", "rigd-linf", "rigd-l2");
  private static final List<String> REPRESENTATIVES =
      List.of("one-image", "class-mean", "nearest-neighbor");

  /** A sentence for each claim of section 5.2 that the rows suffice for, with whether it holds. */
  List<String> sentences() {
    List<String> all = new ArrayList<>();
    Measured vanilla = rows.get("vanilla");
    if (vanilla != null) {
      all.addAll(
          claim(
              "Every model trained for aligned gradients is more robust than Vanilla in L2"
                  + " (section 5.2)",
              ALIGNED,
              row -> order(row.l2().interval(), vanilla.l2().interval())));
      all.addAll(
          claim(
              "Every model trained for aligned gradients is more robust than Vanilla in L∞"
                  + " (section 5.2)",
              ALIGNED,
              row -> order(row.linf().interval(), vanilla.linf().interval())));
    }
    all.addAll(
        claim(
            "Aligned models are more robust in L2 than in L∞ (section 5.2)",
            ALIGNED,
            row -> order(row.l2().interval(), row.linf().interval())));
    return all;
  }

  /** The same of what the published rows show without the paper's saying so. */
  List<String> alsoShown() {
    List<String> all = new ArrayList<>();
    Measured vanilla = rows.get("vanilla");
    if (vanilla != null) {
      all.addAll(
          claim(
              "Aligned gradients cost accuracy without an attack",
              ALIGNED,
              row -> order(vanilla.clean().interval(), row.clean().interval())));
    }
    Measured distilled = rows.get("rigd-l2");
    if (distilled != null) {
      all.addAll(
          claim(
              "Gradients distilled from a robust model (RIGD L2) give more L2 robustness than class"
                  + " representatives",
              REPRESENTATIVES,
              row -> order(distilled.l2().interval(), row.l2().interval())));
    }
    return all;
  }

  /** 1 where the first is above the second by their intervals, −1 below, else 0. */
  private static int order(Wilson one, Wilson other) {
    return one.low() > other.high() ? 1 : one.high() < other.low() ? -1 : 0;
  }

  private List<String> claim(String words, List<String> of, Function<Measured, Integer> order) {
    List<Integer> found =
        of.stream().filter(rows::containsKey).map(row -> order.apply(row(row))).toList();
    if (found.isEmpty()) {
      return List.of();
    }
    long holds = found.stream().filter(each -> each > 0).count();
    long fails = found.stream().filter(each -> each < 0).count();
    String verdict =
        holds == found.size() ? "holds" : fails == 0 ? "is undecided" : "does not hold";
    return List.of(
        "%s: %s (%d of %d%s)."
            .formatted(
                words,
                verdict,
                holds,
                found.size(),
                fails == 0 ? "" : String.format(Locale.ROOT, "; the opposite for %d", fails)));
  }

  private Measured row(String id) {
    return java.util.Objects.requireNonNull(rows.get(id));
  }

  /** {@code 58.2 (55.2–61.2)}. */
  static String words(Count count) {
    Wilson interval = count.interval();
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f–%.1f)",
        100 * count.share(),
        100 * interval.low(),
        100 * interval.high());
  }
}
