package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.domain.InputShape;
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
    return Recipe.named("paper/" + (isStl(table) ? "stl10/" : "cifar10/") + row);
  }

  private static boolean isStl(PaperTables.Table table) {
    return table.dataset().equals(UsualClasses.STL10.title());
  }

  /** The size of a table's images. */
  static InputShape shape(PaperTables.Table table) {
    return isStl(table) ? InputShape.STL : InputShape.CIFAR;
  }

  /** Whether images of a shape and of these classes, in any order, are of a table's kind. */
  static boolean fits(InputShape shape, List<String> classes, PaperTables.Table table) {
    UsualClasses usual = isStl(table) ? UsualClasses.STL10 : UsualClasses.CIFAR10;
    return shape.equals(shape(table)) && Set.copyOf(classes).equals(Set.copyOf(usual.names()));
  }

  static boolean fits(OpenModel model, PaperTables.Table table) {
    return fits(model.card().architecture().input(), model.card().classes(), table);
  }

  /** Those that take a table's images and know its dataset's classes. */
  Roles fitting(PaperTables.Table table) {
    return new Roles(models.stream().filter(model -> fits(model, table)).toList());
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
   * The model of a row: of several λ, the one nearest to the paper's; one that began with random
   * weights before one that did not; of several seeds, the first.
   */
  Optional<OpenModel> of(PaperTables.Table table, PaperTables.Row row) {
    String wanted = recipe(table, row.id()).arguments().get("--lambda");
    double lambda = wanted == null ? Double.NaN : Double.parseDouble(wanted);
    return models.stream()
        .filter(model -> PaperNumbers.row(model.card()).equals(row.id()))
        .min(
            Comparator.<OpenModel>comparingDouble(m -> distance(lambda(m.card()), lambda))
                .thenComparing(Roles::isTrainedFurther));
  }

  private static boolean isTrainedFurther(OpenModel model) {
    return model.card().initialCheckpoint().isPresent();
  }

  private static double distance(double lambda, double wanted) {
    double distance = Math.abs(lambda - wanted);
    return Double.isNaN(distance) ? 0 : distance;
  }

  /** One Image models that differ in their seeds alone, one of each, of the largest such group. */
  List<OpenModel> seeds() {
    Map<String, Map<Long, OpenModel>> groups = new LinkedHashMap<>();
    for (OpenModel model : models) {
      ModelCard card = model.card();
      if (card.method().equals(Method.ONE_IMAGE.id())) {
        Map<String, String> training = new LinkedHashMap<>(card.training());
        training.remove("images-of-classes"); // drawn by the seed
        String same = card.architecture() + " " + training + " " + card.dataset();
        groups.computeIfAbsent(same, _ -> new LinkedHashMap<>()).putIfAbsent(card.seed(), model);
      }
    }
    return groups.values().stream()
        .max(Comparator.comparingInt(Map::size))
        .map(group -> List.copyOf(group.values()))
        .orElse(List.of());
  }

  /** Class Mean models, one for each λ, from the smallest. */
  List<OpenModel> ablation() {
    Map<Double, OpenModel> byLambda = new LinkedHashMap<>();
    of(Method.CLASS_MEAN)
        .filter(model -> Double.isFinite(lambda(model.card())))
        .sorted(
            Comparator.<OpenModel>comparingDouble(model -> lambda(model.card()))
                .thenComparing(Roles::isTrainedFurther))
        .forEach(model -> byLambda.putIfAbsent(lambda(model.card()), model));
    return List.copyOf(byLambda.values());
  }

  /** All of a method. */
  Stream<OpenModel> of(Method method) {
    return models.stream().filter(model -> model.card().method().equals(method.id()));
  }

  /** Of Figure 1 or 4: the first model of each method, of as many as take the same images. */
  List<OpenModel> oneOfEach(Method... methods) {
    return models.stream()
        .map(anchor -> agreeing(anchor, methods))
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of());
  }

  private List<OpenModel> agreeing(OpenModel anchor, Method... methods) {
    List<OpenModel> chosen = new ArrayList<>();
    for (Method method : methods) {
      of(method).filter(model -> agree(anchor, model)).findFirst().ifPresent(chosen::add);
    }
    return chosen;
  }

  static boolean agree(OpenModel one, OpenModel other) {
    return one.card().classes().equals(other.card().classes())
        && one.card().architecture().input().equals(other.card().architecture().input());
  }
}
