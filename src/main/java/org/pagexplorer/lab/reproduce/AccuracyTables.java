package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.Measured.Count;
import org.pagexplorer.lab.reproduce.Page.Block;
import org.pagexplorer.lab.reproduce.Page.Items;
import org.pagexplorer.lab.reproduce.Page.Numbers;
import org.pagexplorer.lab.reproduce.Page.Text;
import org.pagexplorer.lab.toy.SeedStudy;

/** Tables 1, 2, and 4 and the numbers of Figure 5, measured beside published. */
final class AccuracyTables {
  private static final int CIFAR_SIDE = 32;

  private final Roles roles;
  private final Map<String, JsonObject> results;

  AccuracyTables(Roles roles, Map<String, JsonObject> results) {
    this.roles = roles;
    this.results = results;
  }

  private Optional<Measured> measured(OpenModel model) {
    return Optional.ofNullable(results.get(AccuracyStep.id(model))).map(Measured::of);
  }

  /** Models of a table: of CIFAR's input size, or of a larger one. */
  private Roles of(PaperTables.Table table) {
    boolean cifar = table.dataset().equals("CIFAR-10");
    return new Roles(
        roles.models().stream()
            .filter(model -> (model.card().architecture().input().height() == CIFAR_SIDE) == cifar)
            .toList());
  }

  /** Table 1 or 2, with a sentence for each row that differs, and the paper's claims. */
  List<Block> table(String id) {
    PaperTables.Table table = PaperTables.of(id);
    Roles own = of(table);
    Map<String, Measured> byRow = new LinkedHashMap<>();
    List<List<String>> rows = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (PaperTables.Row row : table.rows()) {
      Optional<OpenModel> model = own.of(table, row);
      Optional<Measured> measured = model.flatMap(this::measured);
      rows.add(row(row.title(), measured, Optional.of(row), table));
      if (measured.isPresent()) {
        byRow.put(row.id(), measured.get());
        sentence(model.get(), measured.get(), table, row).ifPresent(sentences::add);
      } else {
        missing.add(row.title());
      }
    }
    for (OpenModel model : own.others(table)) {
      measured(model)
          .ifPresent(
              found ->
                  rows.add(
                      row(
                          model.name() + " (no row of the paper's)",
                          Optional.of(found),
                          Optional.empty(),
                          table)));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Numbers(caption(table, byRow), heads(table), rows));
    if (!missing.isEmpty()) {
      blocks.add(new Text(missing(table, missing)));
    }
    if (!sentences.isEmpty()) {
      blocks.add(new Text("Where the intervals do not overlap, and what differs:"));
      blocks.add(new Items(sentences));
    }
    List<String> claims = new Claims(byRow).sentences();
    if (!claims.isEmpty()) {
      blocks.add(new Text("What the paper concludes from it (section 5.2), on these models:"));
      blocks.add(new Items(claims));
    }
    return blocks;
  }

  private static String missing(PaperTables.Table table, List<String> missing) {
    String recipes = table.id().equals("table-2") ? "paper/stl10" : "paper/cifar10";
    return (missing.size() == table.rows().size()
            ? "Nothing here is measured: none of the given models takes this dataset's images."
            : "Not measured, since no such model was given: " + String.join(", ", missing) + ".")
        + " pag reproduce --train trains them by the recipes "
        + recipes
        + ".";
  }

  private static String caption(PaperTables.Table table, Map<String, Measured> rows) {
    String n =
        rows.values().stream()
            .findFirst()
            .map(row -> String.format(Locale.ROOT, ", n = %,d", row.clean().n()))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s: %s. Accuracy in %% with Wilson's 95 %% interval%s; the paper's, n = %,d. Attacks:"
            + " PGD-20, random start, α = 2ε/20, ε = 0.031 in L∞ and %s in L2.",
        table.place(),
        table.title(),
        n,
        table.images(),
        table.id().equals("table-2") ? "1.5" : "0.5");
  }

  private static List<String> heads(PaperTables.Table table) {
    List<String> heads = new ArrayList<>(List.of("trained with"));
    for (String column : table.columns()) {
      heads.add(column + ", here");
      heads.add("paper");
    }
    return heads;
  }

  private static List<String> row(
      String name,
      Optional<Measured> measured,
      Optional<PaperTables.Row> published,
      PaperTables.Table table) {
    List<String> row = new ArrayList<>(List.of(name));
    for (int j = 0; j < table.columns().size(); j++) {
      int place = j;
      row.add(
          measured
              .map(found -> found.cells().get(place))
              .map(
                  count ->
                      Claims.words(count)
                          + published
                              .map(p -> " " + verdict(count, p.values().get(place), table).sign())
                              .orElse(""))
              .orElse("–"));
      row.add(published.map(p -> hundredths(p.values().get(place))).orElse("–"));
    }
    return row;
  }

  private static Verdict verdict(Count here, double paper, PaperTables.Table table) {
    return Verdict.of(here.interval(), table.interval(paper));
  }

  private static String hundredths(double percent) {
    return String.format(Locale.ROOT, "%.2f", percent);
  }

  private static Optional<String> sentence(
      OpenModel model, Measured measured, PaperTables.Table table, PaperTables.Row row) {
    List<String> apart = new ArrayList<>();
    for (int j = 0; j < table.columns().size(); j++) {
      Verdict verdict = verdict(measured.cells().get(j), row.values().get(j), table);
      if (verdict != Verdict.AGREES) {
        apart.add(
            "%s is %s the paper's %s"
                .formatted(
                    table.columns().get(j), verdict.words(), hundredths(row.values().get(j))));
      }
    }
    List<String> differences =
        Differences.of(model.card(), Roles.recipe(table, row.id()), table.dataset());
    return apart.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: %s. %s"
                .formatted(
                    model.name(),
                    String.join(", ", apart),
                    differences.isEmpty()
                        ? "Its card says the paper's training."
                        : "Its training: " + String.join(", ", differences) + "."));
  }

  /** Table 4: mean and standard deviation over the seeds at hand. */
  List<Block> seeds() {
    PaperTables.Table table = PaperTables.of("table-4");
    PaperTables.Row paper = table.rows().getFirst();
    List<Measured> all = of(table).seeds().stream().flatMap(m -> measured(m).stream()).toList();
    List<String> here = new ArrayList<>(List.of("here, seeds: " + all.size()));
    List<String> there = new ArrayList<>(List.of("the paper, seeds: 3"));
    for (int j = 0; j < table.columns().size(); j++) {
      int place = j;
      double[] shares = all.stream().mapToDouble(m -> 100 * m.cells().get(place).share()).toArray();
      here.add(shares.length == 0 ? "–" : spread(shares));
      there.add(
          "%s ± %s"
              .formatted(hundredths(paper.values().get(j)), hundredths(paper.deviations().get(j))));
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
        ? hundredths(spread.mean())
        : hundredths(spread.mean()) + " ± " + hundredths(spread.deviation());
  }

  /** The numbers of Figure 5: those of the paper's λ, and of the λ at hand. */
  List<Block> ablation() {
    PaperTables.Table table = PaperTables.of("figure-5");
    List<List<String>> rows = new ArrayList<>();
    Roles own = of(table);
    List<Double> shown = new ArrayList<>();
    for (PaperTables.Row row : table.rows()) {
      double lambda = Double.parseDouble(row.id());
      Optional<Measured> measured =
          own.ablation().stream()
              .filter(model -> Roles.lambda(model.card()) == lambda)
              .findFirst()
              .flatMap(this::measured);
      rows.add(row(row.title(), measured, Optional.of(row), table));
      shown.add(lambda);
    }
    for (OpenModel model : own.ablation()) {
      double lambda = Roles.lambda(model.card());
      if (!shown.contains(lambda)) {
        rows.add(row("λ = " + lambda, measured(model), Optional.empty(), table));
      }
    }
    rows.sort(java.util.Comparator.comparingDouble(AccuracyTables::lambdaOf));
    return List.of(new Numbers(caption(table, Map.of()), heads(table), rows));
  }

  private static double lambdaOf(List<String> row) {
    return Double.parseDouble(row.getFirst().replace("λ = ", ""));
  }
}
