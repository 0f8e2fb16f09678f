package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;

/** What has to be trained for a table or figure to be whole: options of {@code pag train}. */
public final class MissingModels {
  private static final int SEEDS = 3;

  private MissingModels() {}

  /** Table 1 or 2, where a dataset is of its size and classes. */
  public static Optional<PaperTables.Table> table(Dataset dataset) {
    return Stream.of("table-1", "table-2")
        .map(PaperTables::of)
        .filter(table -> Roles.fits(dataset.shape(), dataset.classes(), table))
        .findFirst();
  }

  /**
   * Sweeps, by the name of the folder that keeps their runs. With no models at hand these are all
   * trainings of the paper for one of its datasets.
   *
   * @param models those at hand, whatever they take
   * @param table Table 1, to which Table 4 and Figure 5 belong, or Table 2
   */
  public static SequencedMap<String, List<String>> sweeps(
      List<OpenModel> models, PaperTables.Table table) {
    Roles roles = new Roles(models).fitting(table);
    boolean isCifar = table.id().equals("table-1");
    List<String> recipes = new ArrayList<>();
    for (PaperTables.Row row : table.rows()) {
      if (roles.of(table, row).isEmpty()) {
        Roles.recipe(table, row.id()).teacher().ifPresent(teacher -> recipes.add(teacher.id()));
        recipes.add(Roles.recipe(table, row.id()).id());
      }
    }
    SequencedMap<String, List<String>> sweeps = new LinkedHashMap<>();
    if (!recipes.isEmpty()) {
      sweeps.put(table.id(), List.of("--recipe", String.join(",", recipes)));
    }
    if (isCifar && roles.seeds().size() < SEEDS) {
      sweeps.put(
          "table-4", List.of("--recipe", "paper/cifar10/one-image", "--seed", "1.." + SEEDS));
    }
    if (isCifar && roles.ablation().size() < 2) {
      String lambdas =
          String.join(
              ",", PaperTables.of("figure-5").rows().stream().map(PaperTables.Row::id).toList());
      sweeps.put("figure-5", List.of("--recipe", "paper/cifar10/class-mean", "--lambda", lambdas));
    }
    return sweeps;
  }
}
