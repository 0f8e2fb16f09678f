package org.pagexplorer.lab.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.pagexplorer.lab.measure.PaperTables;
import org.pagexplorer.lab.model.OpenModel;

/** What has to be trained for a table or figure to be whole: options of {@code pag train}. */
public final class MissingModels {
  private static final int SEEDS = 3;

  private MissingModels() {}

  /**
   * Sweeps, by the name of the folder that keeps their runs. With no models at hand these are all
   * trainings of the paper for one of its datasets.
   *
   * @param models those at hand that take this dataset's images
   * @param isCifar whether the dataset is CIFAR-10's kind, of which Table 4 and Figure 5 are made
   */
  public static SequencedMap<String, List<String>> sweeps(List<OpenModel> models, boolean isCifar) {
    PaperTables.Table table = PaperTables.of(isCifar ? "table-1" : "table-2");
    Roles roles = new Roles(models);
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
