package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.Recipe;

/** {@code pag train}'s words before they are parsed: recipes, and lists of values to be swept. */
final class TrainArguments {
  /** Options that a sweep may vary. */
  private static final Set<String> SWEPT =
      Set.of(
          "--method",
          "--width",
          "--epochs",
          "--batch",
          "--lr",
          "--schedule",
          "--momentum",
          "--weight-decay",
          "--crop-padding",
          "--horizontal-flip",
          "--lambda",
          "--realization",
          "--gradient-norm-weight",
          "--targets-per-step",
          "--align",
          "--statistics",
          "--neighbors",
          "--clusters",
          "--epsilon",
          "--steps",
          "--limit",
          "--seed");

  /** Options that only some methods have. */
  private static final Map<String, Predicate<Method>> ONLY_OF =
      Map.of(
          "--lambda", Method::aligns,
          "--targets-per-step", Method::aligns,
          "--align", Method::aligns,
          "--statistics", Method::aligns,
          "--neighbors", Method.NEAREST_NEIGHBOR::equals,
          "--clusters", Method.CLUSTER_MEAN::equals,
          "--realization", Method.ADVERSARIAL::equals,
          "--gradient-norm-weight", Method.GRADIENT_NORM::equals,
          "--epsilon", Method.ADVERSARIAL::equals,
          "--steps", Method.ADVERSARIAL::equals);

  private static final int MOST_RUNS = 1000;

  private TrainArguments() {}

  /** Options whose values may look like options themselves. */
  private static final Set<String> VERBATIM = Set.of("--sbatch", "--prologue");

  /** {@code --option=value} as two words. */
  static List<String> split(List<String> words) {
    List<String> split = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      boolean isValue = !split.isEmpty() && VERBATIM.contains(split.getLast());
      if (word.startsWith("--") && equals > 0 && !isValue) {
        split.add(word.substring(0, equals));
        split.add(word.substring(equals + 1));
      } else {
        split.add(word);
      }
    }
    return split;
  }

  /**
   * A recipe's options before the user's own, which win.
   *
   * @param words what follows {@code pag train}
   */
  static List<String> withRecipe(List<String> words) {
    List<String> split = split(words);
    int at = split.indexOf("--recipe");
    if (at < 0 || at + 1 == split.size()) {
      return split;
    }
    List<String> all = new ArrayList<>();
    Recipe.named(split.get(at + 1))
        .arguments()
        .forEach(
            (option, value) -> {
              if (!split.contains(option)) {
                all.add(option);
                all.add(value);
              }
            });
    all.addAll(split);
    return all;
  }

  /**
   * Every run of a sweep: its name, which says what varies, and its words; one run without a name
   * where nothing does. Values that a run's method does not have make no more runs of it.
   */
  static SequencedMap<String, List<String>> runs(List<String> words) {
    return runs(words, List.of());
  }

  /**
   * The same of runs that learn from others, each of which has its own runs of them.
   *
   * @param teachers their methods, whose values the names say, too
   */
  static SequencedMap<String, List<String>> runs(List<String> words, List<String> teachers) {
    SequencedMap<String, List<String>> runs = new LinkedHashMap<>();
    runs.put("", List.of());
    for (int i = 0; i < words.size(); i++) {
      String option = words.get(i);
      boolean varies = SWEPT.contains(option) && i + 1 < words.size();
      List<String> values = varies ? values(words.get(i + 1)) : List.of();
      if (values.size() > 1) {
        runs = product(runs, option, values);
        i++;
      } else {
        runs.replaceAll((name, so) -> with(so, option));
      }
    }
    SequencedMap<String, List<String>> distinct = new LinkedHashMap<>();
    runs.forEach(
        (name, line) -> {
          List<String> own = methods(line);
          List<String> all = new ArrayList<>(teachers);
          all.addAll(own);
          distinct.putIfAbsent(own(name, all), own(name, line, own));
        });
    return distinct;
  }

  /** The method, and the one whose gradients adversarial training aligns. */
  private static List<String> methods(List<String> line) {
    String method = value(line, "--method");
    String realization = value(line, "--realization");
    return method.equals(Method.ADVERSARIAL.id()) && !realization.isEmpty()
        ? List.of(method, realization)
        : List.of(method);
  }

  private static String value(List<String> line, String option) {
    int at = line.lastIndexOf(option);
    return at < 0 || at + 1 == line.size() ? "" : line.get(at + 1);
  }

  /** A run's name without what none of some methods has. */
  static String own(String name, List<String> methods) {
    return Arrays.stream(name.split("_", -1))
        .filter(part -> methods.stream().anyMatch(method -> !isForeign(part, method)))
        .collect(Collectors.joining("_"));
  }

  private static boolean isForeign(String part, String method) {
    return ONLY_OF.keySet().stream().anyMatch(option -> isForeign(part, option, method));
  }

  private static List<String> own(String name, List<String> line, List<String> methods) {
    List<String> own = new ArrayList<>(line);
    for (String part : name.split("_", -1)) {
      for (String option : ONLY_OF.keySet()) {
        if (methods.stream().allMatch(method -> isForeign(part, option, method))) {
          int at = own.lastIndexOf(option);
          own.subList(at, at + 2).clear();
        }
      }
    }
    return own;
  }

  private static boolean isForeign(String part, String option, String method) {
    return part.startsWith(option.substring(2) + "-")
        && Stream.of(Method.values())
            .anyMatch(
                each ->
                    each.id().equals(method)
                        && !Objects.requireNonNull(ONLY_OF.get(option)).test(each));
  }

  private static SequencedMap<String, List<String>> product(
      SequencedMap<String, List<String>> runs, String option, List<String> values) {
    SequencedMap<String, List<String>> product = new LinkedHashMap<>();
    if ((long) runs.size() * values.size() > MOST_RUNS) {
      throw new UserException("A sweep of more than " + MOST_RUNS + " runs; use fewer values.");
    }
    for (Map.Entry<String, List<String>> run : runs.entrySet()) {
      for (String value : values) {
        String name = option.substring(2) + "-" + value.replace('/', '-'); // 8/255 is one folder
        product.put(
            run.getKey().isEmpty() ? name : run.getKey() + "_" + name,
            with(with(run.getValue(), option), value));
      }
    }
    return product;
  }

  private static List<String> with(List<String> words, String word) {
    List<String> more = new ArrayList<>(words);
    more.add(word);
    return more;
  }

  /** {@code 0.1,0.4} or {@code 1..3}. */
  private static List<String> values(String text) {
    if (text.matches("\\d{1,9}\\.\\.\\d{1,9}")) {
      String[] ends = text.split("\\.\\.", -1);
      List<String> values = new ArrayList<>();
      int last = Integer.parseInt(ends[1]);
      for (int value = Integer.parseInt(ends[0]); value <= last; value++) {
        values.add(String.valueOf(value));
        if (values.size() > MOST_RUNS) {
          throw new UserException("A sweep of more than " + MOST_RUNS + " runs; use fewer values.");
        }
      }
      return values;
    }
    return Arrays.stream(text.split(",", -1)).filter(value -> !value.isBlank()).toList();
  }
}
