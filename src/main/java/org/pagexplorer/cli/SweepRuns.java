package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.run.Recipe;

/**
 * The trainings that a command line of {@code pag train} asks for: of every recipe, every
 * combination of values; those of RIGD with the teachers of their own sweep, which come first, and
 * of which each has its own students.
 *
 * @param runs their words by their names; one without a name where nothing varies
 * @param teachers by the name of a run, the run that has to be finished before it
 */
record SweepRuns(SequencedMap<String, List<String>> runs, Map<String, String> teachers) {
  private static final String RECIPE = "--recipe";
  private static final String TEACHER = "--teacher";
  private static final String RUN_DIR = "--run-dir";

  /**
   * @param words what follows {@code pag train}
   */
  static SweepRuns of(List<String> words) {
    List<String> split = TrainArguments.split(words);
    int at = split.indexOf(RECIPE);
    List<Recipe> recipes =
        at < 0 || at + 1 == split.size() ? List.of() : Recipe.all(split.get(at + 1));
    if (recipes.size() < 2) {
      return new SweepRuns(TrainArguments.runs(TrainArguments.withRecipe(words)), Map.of());
    }
    SequencedMap<String, List<String>> all = new LinkedHashMap<>();
    Map<String, String> teachers = new LinkedHashMap<>();
    for (Recipe recipe : recipes) {
      List<String> own = new ArrayList<>(split);
      own.set(at + 1, recipe.id());
      Optional<Recipe> teacher =
          recipe.teacher().filter(recipes::contains).filter(t -> !split.contains(TEACHER));
      List<String> methods = teacher.stream().map(SweepRuns::method).toList();
      TrainArguments.runs(TrainArguments.withRecipe(own), methods)
          .forEach(
              (varied, line) -> {
                String name = name(recipe, varied);
                teacher.ifPresent(
                    t -> teachers.put(name, name(t, TrainArguments.own(varied, methods))));
                all.put(name, line);
              });
    }
    teachers.forEach(
        (student, teacher) -> all.computeIfPresent(student, (n, l) -> taught(l, teacher)));
    return new SweepRuns(teachersFirst(all, teachers), teachers);
  }

  private static String name(Recipe recipe, String varied) {
    String id = recipe.shortName();
    return varied.isEmpty() ? id : id + "_" + varied;
  }

  private static String method(Recipe recipe) {
    return Objects.requireNonNull(recipe.arguments().get("--method"));
  }

  private static List<String> taught(List<String> line, String teacher) {
    List<String> words = new ArrayList<>(line);
    words.add(TEACHER);
    words.add(UserPath.of(folder(line)).resolve(teacher).resolve("model.safetensors").toString());
    return words;
  }

  /** Where a sweep keeps its runs. */
  static String folder(List<String> line) {
    int at = line.indexOf(RUN_DIR);
    if (at < 0 || at + 1 == line.size()) {
      throw new UserException("A sweep keeps its runs in a folder: specify it with --run-dir DIR.");
    }
    return line.get(at + 1);
  }

  private static SequencedMap<String, List<String>> teachersFirst(
      SequencedMap<String, List<String>> all, Map<String, String> teachers) {
    SequencedMap<String, List<String>> sorted = new LinkedHashMap<>();
    all.forEach(
        (name, line) -> {
          if (!teachers.containsKey(name)) {
            sorted.put(name, line);
          }
        });
    all.forEach(sorted::putIfAbsent);
    return sorted;
  }

  /** Names by what they wait for: first those that wait for nothing, then their students. */
  List<List<String>> levels() {
    List<String> first = runs.keySet().stream().filter(n -> !teachers.containsKey(n)).toList();
    List<String> second = runs.keySet().stream().filter(teachers::containsKey).toList();
    return second.isEmpty() ? List.of(first) : List.of(first, second);
  }
}
