package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pagexplorer.lab.measure.PaperNumbers;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.Page.Block;
import org.pagexplorer.lab.reproduce.Page.Items;
import org.pagexplorer.lab.reproduce.Page.Numbers;
import org.pagexplorer.lab.reproduce.Page.Text;
import org.pagexplorer.lab.toy.SeedStudy;

/** Tables 1, 2, and 4 and the numbers of Figure 5, measured beside published. */
final class AccuracyTables {
  private final Roles measured;
  private final Map<String, Measured> accuracies = new LinkedHashMap<>();

  /**
   * @param models of which some were measured
   * @param results of the steps by their ids
   */
  AccuracyTables(List<OpenModel> models, Map<String, JsonObject> results) {
    measured =
        new Roles(
            models.stream().filter(model -> results.containsKey(AccuracyStep.id(model))).toList());
    for (OpenModel model : measured.models()) {
      String id = AccuracyStep.id(model);
      accuracies.put(id, Measured.of(Objects.requireNonNull(results.get(id))));
    }
  }

  private Measured of(OpenModel model) {
    return Objects.requireNonNull(accuracies.get(AccuracyStep.id(model)));
  }

  /** Table 1 or 2, with a sentence for each row that differs, and the paper's claims. */
  List<Block> table(String id) {
    PaperTables.Table table = PaperTables.of(id);
    Roles own = measured.fitting(table);
    Map<String, Measured> byRow = new LinkedHashMap<>();
    List<OpenModel> others = new ArrayList<>(own.models());
    List<List<String>> rows = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (PaperTables.Row row : table.rows()) {
      Optional<OpenModel> model = own.of(table, row);
      rows.add(AccuracyRows.row(row.title(), model.map(this::of), Optional.of(row), table));
      if (model.isPresent()) {
        others.removeIf(other -> other == model.get());
        byRow.put(row.id(), of(model.get()));
        AccuracyRows.apart(model.get(), of(model.get()), table, row).ifPresent(sentences::add);
      } else {
        missing.add(row.title());
      }
    }
    for (OpenModel model : others) {
      rows.add(
          AccuracyRows.row(other(model, table), Optional.of(of(model)), Optional.empty(), table));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Numbers(
            AccuracyRows.caption(table, own.models().stream().map(this::of).findFirst()),
            AccuracyRows.heads(table),
            rows));
    if (!missing.isEmpty()) {
      blocks.add(new Text(missing(table, missing, own.models().isEmpty())));
    }
    items(blocks, "Where the intervals do not overlap, and what differs:", sentences);
    Claims claims = new Claims(byRow);
    items(blocks, "What the paper concludes from it, on these models:", claims.sentences());
    items(blocks, "What Tables 1 and 2 also show, on these models:", claims.alsoShown());
    return blocks;
  }

  private static void items(List<Block> blocks, String head, List<String> sentences) {
    if (!sentences.isEmpty()) {
      blocks.add(new Text(head));
      blocks.add(new Items(sentences));
    }
  }

  /** Another one of a row that is taken says how it differs from the first. */
  private static String other(OpenModel model, PaperTables.Table table) {
    double lambda = Roles.lambda(model.card());
    return "%s (%s)"
        .formatted(
            model.name(),
            table
                .row(PaperNumbers.row(model.card()))
                .map(
                    row ->
                        "another %s, %sseed %d"
                            .formatted(
                                row.title(),
                                Double.isNaN(lambda) ? "" : "λ = " + lambda + ", ",
                                model.card().seed()))
                .orElse("no row of the paper's"));
  }

  private static String missing(PaperTables.Table table, List<String> missing, boolean isEmpty) {
    return (isEmpty
            ? "Nothing here is measured: no images were given of this dataset's size and classes"
                + " together with a model that takes them."
            : "Not measured, since no such model was given: " + String.join(", ", missing) + ".")
        + " pag reproduce --train trains %s by the recipe%s paper/%s."
            .formatted(
                missing.size() == 1 ? "it" : "them",
                missing.size() == 1 ? "" : "s",
                recipes(table, missing));
  }

  private static String recipes(PaperTables.Table table, List<String> missing) {
    String all = table.id().equals("table-2") ? "stl10" : "cifar10";
    return missing.size() > 1
        ? all
        : table.rows().stream()
            .filter(row -> row.title().equals(missing.getFirst()))
            .findFirst()
            .map(row -> all + "/" + row.id())
            .orElse(all);
  }

  /** Models of other sizes or classes than the paper's datasets, a table for each dataset. */
  List<Block> others() {
    Map<String, List<OpenModel>> byDataset = new LinkedHashMap<>();
    for (OpenModel model : measured.models()) {
      if (!Roles.fits(model, PaperTables.of("table-1"))
          && !Roles.fits(model, PaperTables.of("table-2"))) {
        byDataset.computeIfAbsent(of(model).circumstances(), _ -> new ArrayList<>()).add(model);
      }
    }
    List<Block> blocks = new ArrayList<>();
    byDataset.forEach(
        (circumstances, models) ->
            blocks.add(
                new Numbers(
                    "Models of other datasets than the paper's. Accuracy in %, "
                        + circumstances
                        + ".",
                    List.of("model", "clean", "L∞", "L2"),
                    models.stream()
                        .map(model -> AccuracyRows.plain(model.name(), of(model)))
                        .toList())));
    return blocks;
  }

  /** Table 4: mean and standard deviation over the seeds at hand. */
  List<Block> seeds() {
    PaperTables.Table table = PaperTables.of("table-4");
    PaperTables.Row paper = table.rows().getFirst();
    List<Measured> all = measured.fitting(table).seeds().stream().map(this::of).toList();
    List<String> here = new ArrayList<>(List.of("here, seeds: " + all.size()));
    List<String> there = new ArrayList<>(List.of("the paper, seeds: 3"));
    for (int j = 0; j < table.columns().size(); j++) {
      int place = j;
      double[] shares = all.stream().mapToDouble(m -> 100 * m.cells().get(place).share()).toArray();
      here.add(shares.length == 0 ? "–" : spread(shares));
      there.add(
          "%s ± %s"
              .formatted(
                  AccuracyRows.hundredths(paper.values().get(j)),
                  AccuracyRows.hundredths(paper.deviations().get(j))));
    }
    List<String> heads = new ArrayList<>(List.of(""));
    heads.addAll(table.columns());
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Numbers(
            table.place() + ": " + table.title() + ". Mean and standard deviation, in %.",
            heads,
            List.of(here, there)));
    if (all.size() < 2) {
      blocks.add(
          new Text(
              "A standard deviation needs models of two seeds or more that differ in nothing else;"
                  + " pag reproduce --train trains three by the recipe paper/cifar10/one-image."));
    }
    return blocks;
  }

  private static String spread(double[] values) {
    SeedStudy.Spread spread = SeedStudy.Spread.of(values);
    return values.length < 2
        ? AccuracyRows.hundredths(spread.mean())
        : String.format(Locale.ROOT, "%.2f ± %.2f", spread.mean(), spread.deviation());
  }

  /** The numbers of Figure 5: those of the paper's λ, and of the λ at hand. */
  List<Block> ablation() {
    PaperTables.Table table = PaperTables.of("figure-5");
    Map<Double, Measured> byLambda = new LinkedHashMap<>();
    for (OpenModel model : measured.fitting(table).ablation()) {
      byLambda.put(Roles.lambda(model.card()), of(model));
    }
    Optional<Measured> first = byLambda.values().stream().findFirst();
    List<List<String>> rows = new ArrayList<>();
    for (PaperTables.Row row : table.rows()) {
      Optional<Measured> own = Optional.ofNullable(byLambda.remove(Double.parseDouble(row.id())));
      rows.add(AccuracyRows.row(row.title(), own, Optional.of(row), table));
    }
    byLambda.forEach(
        (lambda, own) ->
            rows.add(AccuracyRows.row("λ = " + lambda, Optional.of(own), Optional.empty(), table)));
    rows.sort(Comparator.comparingDouble(AccuracyTables::lambdaOf));
    return List.of(
        new Numbers(AccuracyRows.caption(table, first), AccuracyRows.heads(table), rows));
  }

  private static double lambdaOf(List<String> row) {
    return Double.parseDouble(row.getFirst().replace("λ = ", ""));
  }
}
