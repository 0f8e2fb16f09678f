package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.lab.measure.PaperNumbers;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.Recipe;

/** Which of the given models stands for which of the paper's. */
record Roles(List<OpenModel> models) {

  /** The recipe of a row of Tables 1 and 2. */
  static Recipe recipe(PaperTables.Table table, String row) {
    return Recipe.named("paper/" + (table.id().equals("table-2") ? "stl10/" : "cifar10/") + row);
  }

  /** λ of a model's training; NaN where its card says none. */
  static double lambda(ModelCard card) {
    try {
      return Double.parseDouble(card.training().getOrDefault("lambda", ""));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * The model of a row: of several λ, the one nearest to the paper's; of several seeds, the first.
   */
  Optional<OpenModel> of(PaperTables.Table table, PaperTables.Row row) {
    String wanted = recipe(table, row.id()).arguments().get("--lambda");
    double lambda = wanted == null ? Double.NaN : Double.parseDouble(wanted);
    return models.stream()
        .filter(model -> PaperNumbers.row(model.card()).equals(row.id()))
        .min(Comparator.comparingDouble(model -> distance(lambda(model.card()), lambda)));
  }

  private static double distance(double lambda, double wanted) {
    double distance = Math.abs(lambda - wanted);
    return Double.isNaN(distance) ? 0 : distance;
  }

  /** Those that are in no row, which are shown below the paper's. */
  List<OpenModel> others(PaperTables.Table table) {
    return models.stream()
        .filter(model -> table.row(PaperNumbers.row(model.card())).isEmpty())
        .toList();
  }

  /** One Image models that differ in their seeds alone, the first of the largest such group. */
  List<OpenModel> seeds() {
    Map<String, List<OpenModel>> groups = new LinkedHashMap<>();
    for (OpenModel model : models) {
      ModelCard card = model.card();
      if (card.method().equals(Method.ONE_IMAGE.id())) {
        Map<String, String> training = new LinkedHashMap<>(card.training());
        training.remove("images-of-classes"); // drawn by the seed
        String same = card.architecture() + " " + training + " " + card.dataset();
        groups.computeIfAbsent(same, _ -> new ArrayList<>()).add(model);
      }
    }
    return groups.values().stream()
        .max(Comparator.comparingInt(List::size))
        .map(List::copyOf)
        .orElse(List.of());
  }

  /** Class Mean models, one for each λ, from the smallest. */
  List<OpenModel> ablation() {
    Map<Double, OpenModel> byLambda = new LinkedHashMap<>();
    models.stream()
        .filter(model -> model.card().method().equals(Method.CLASS_MEAN.id()))
        .filter(model -> Double.isFinite(lambda(model.card())))
        .sorted(Comparator.comparingDouble(model -> lambda(model.card())))
        .forEach(model -> byLambda.putIfAbsent(lambda(model.card()), model));
    return List.copyOf(byLambda.values());
  }

  /** Of Figure 1 or 4: the first model of each method that take the same images. */
  List<OpenModel> oneOfEach(Method... methods) {
    List<OpenModel> chosen = new ArrayList<>();
    Stream.of(methods)
        .forEach(
            method ->
                models.stream()
                    .filter(model -> model.card().method().equals(method.id()))
                    .filter(model -> chosen.isEmpty() || agree(chosen.getFirst(), model))
                    .findFirst()
                    .ifPresent(chosen::add));
    return chosen;
  }

  static boolean agree(OpenModel one, OpenModel other) {
    return one.card().classes().equals(other.card().classes())
        && one.card().architecture().input().equals(other.card().architecture().input());
  }
}
