package org.pagexplorer.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The paper's trainings by name (section C.2, Table 3): {@code paper/cifar10/class-mean}.
 *
 * @param id its name
 * @param arguments options of {@code pag train} and their values
 * @param chosen options whose values the paper does not give
 */
public record Recipe(String id, SequencedMap<String, String> arguments, List<String> chosen) {
  private static final SequencedMap<String, Recipe> ALL = all();

  public Recipe {
    arguments = new LinkedHashMap<>(arguments);
    chosen = List.copyOf(chosen);
  }

  private static SequencedMap<String, Recipe> all() {
    List<Recipe> recipes = new ArrayList<>();
    for (boolean cifar : new boolean[] {true, false}) {
      String root = "paper/" + (cifar ? "cifar10/" : "stl10/");
      recipes.add(aligned(root + "one-image", "one-image", cifar, cifar ? "0.5" : "0.25"));
      recipes.add(aligned(root + "class-mean", "class-mean", cifar, cifar ? "0.4" : "0.2"));
      recipes.add(aligned(root + "nearest-neighbor", "nearest-neighbor", cifar, "0.4"));
      recipes.add(aligned(root + "rigd-l2", "rigd", cifar, "0.4"));
      recipes.add(aligned(root + "rigd-linf", "rigd", cifar, "0.4"));
      recipes.add(of(root + "vanilla", "vanilla", cifar, Map.of(), List.of()));
      recipes.add(teacher(root + "teacher-l2", cifar, "l2", cifar ? "0.5" : "1.5"));
      recipes.add(teacher(root + "teacher-linf", cifar, "linf", "0.03137254901960784"));
    }
    SequencedMap<String, Recipe> byId = new LinkedHashMap<>();
    recipes.forEach(recipe -> byId.put(recipe.id(), recipe));
    return byId;
  }

  private static Recipe aligned(String id, String method, boolean cifar, String lambda) {
    boolean sampled = method.equals("nearest-neighbor");
    Map<String, String> own = new LinkedHashMap<>();
    own.put("--lambda", lambda);
    own.put("--align", "logit");
    own.put("--statistics", "running");
    if (sampled) {
      own.put("--neighbors", "100");
    }
    return of(
        id,
        method,
        cifar,
        own,
        sampled ? List.of("--statistics", "--neighbors") : List.of("--statistics"));
  }

  /** Madry et al.'s adversarial training; the paper took CIFAR-10's teachers from elsewhere. */
  private static Recipe teacher(String id, boolean cifar, String norm, String epsilon) {
    return of(
        id,
        "adversarial",
        cifar,
        Map.of("--norm", norm, "--epsilon", epsilon, "--steps", "7"),
        cifar
            ? List.of("--epochs", "--lr", "--batch", "--steps", "--width")
            : List.of("--steps", "--width"));
  }

  private static Recipe of(
      String id, String method, boolean cifar, Map<String, String> own, List<String> chosen) {
    SequencedMap<String, String> arguments = new LinkedHashMap<>();
    arguments.put("--method", method);
    arguments.put("--architecture", "resnet18");
    arguments.put("--width", "64");
    arguments.put("--epochs", "100");
    arguments.put("--batch", cifar ? "64" : "32");
    arguments.put("--lr", "0.01");
    arguments.put("--schedule", "constant");
    arguments.put("--momentum", "0.9");
    arguments.put("--weight-decay", "1e-4");
    arguments.putAll(own);
    List<String> all = new ArrayList<>(List.of("--schedule"));
    all.addAll(chosen);
    return new Recipe(id, arguments, all);
  }

  /**
   * The recipe of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Recipe named(String id) {
    Recipe recipe = ALL.get(id);
    if (recipe == null) {
      throw new IllegalArgumentException(
          "unknown recipe \""
              + id
              + "\"; known are "
              + ALL.keySet().stream().collect(Collectors.joining(", ")));
    }
    return recipe;
  }

  /**
   * The recipes of a list with commas, in which {@code paper/cifar10} means all that begin so.
   *
   * @throws IllegalArgumentException if there is none of such a name
   */
  public static List<Recipe> all(String list) {
    List<Recipe> all = new ArrayList<>();
    for (String name : list.split(",", -1)) {
      List<Recipe> group =
          ALL.values().stream().filter(recipe -> recipe.id().startsWith(name + "/")).toList();
      all.addAll(group.isEmpty() ? List.of(named(name)) : group);
    }
    return all.stream().distinct().toList();
  }

  /** Of RIGD, the recipe of the robust model that it learns from. */
  public Optional<Recipe> teacher() {
    return Optional.ofNullable(ALL.get(id.replace("/rigd-", "/teacher-")))
        .filter(recipe -> !recipe.id().equals(id));
  }

  /** {@code class-mean} of {@code paper/cifar10/class-mean}. */
  public String shortName() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** All names. */
  public static List<String> ids() {
    return List.copyOf(ALL.sequencedKeySet());
  }
}
