package org.pagexplorer.lab.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.lab.reproduce.ReproduceModels.model;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.JsonFields;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.Page.Block;
import org.pagexplorer.lab.reproduce.Page.Numbers;
import org.pagexplorer.lab.reproduce.Page.Text;

/** Which models stand in which table, by what was measured. */
class AccuracyTablesTest {
  private static final List<String> CIFAR = UsualClasses.CIFAR10.names();

  private static JsonObject result(int clean, String dataset) {
    return JsonFields.parse(
            """
            {"cells": [{"column": "clean", "correct": %d, "n": 100},
              {"column": "L∞ PGD-20, ε = 0.07", "correct": 20, "n": 100},
              {"column": "L2 PGD-20, ε = 0.9", "correct": 30, "n": 100}],
             "dataset": "%s", "seconds": 1}
            """
                .formatted(clean, dataset))
        .object();
  }

  private static AccuracyTables tables(List<OpenModel> all, List<OpenModel> measured) {
    Map<String, JsonObject> results = new HashMap<>();
    measured.forEach(model -> results.put(AccuracyStep.id(model), result(50, "my images")));
    return new AccuracyTables(all, results);
  }

  private static Numbers numbers(List<Block> blocks) {
    return (Numbers) blocks.getFirst();
  }

  private static List<String> names(List<Block> blocks) {
    return numbers(blocks).rows().stream()
        .filter(row -> !row.get(1).equals("–"))
        .map(List::getFirst)
        .toList();
  }

  private static String texts(List<Block> blocks) {
    return blocks.stream()
        .filter(Text.class::isInstance)
        .map(block -> ((Text) block).text())
        .toList()
        .toString();
  }

  @Test
  void modelsOfOtherSizesOrClassesAreListedApart() {
    List<String> birds = List.of("wren", "robin");
    List<OpenModel> all =
        List.of(
            model("vanilla", InputShape.CIFAR, CIFAR, "a"),
            model("vanilla", InputShape.STL, UsualClasses.STL10.names(), "b"),
            model("vanilla", InputShape.CIFAR, birds, "c"),
            model("vanilla", new InputShape(3, 64, 64), CIFAR, "d"));
    AccuracyTables tables = tables(all, all);
    assertEquals(List.of("Vanilla"), names(tables.table("table-1")));
    assertEquals(List.of("Vanilla"), names(tables.table("table-2")));
    assertEquals(List.of("vanilla c", "vanilla d"), names(tables.others()));
    String caption = numbers(tables.table("table-1")).caption();
    assertTrue(caption.contains("measured on my images, n = 100"), caption);
    assertTrue(caption.contains("L2 PGD-20, ε = 0.9"), "the measured column's: " + caption);
    assertFalse(caption.contains("0.031"), caption);
  }

  @Test
  void aRowsModelIsChosenAmongTheMeasuredAndTheOthersStandBelow() {
    OpenModel paper = model("class-mean", 1, "lambda", "0.4");
    OpenModel near = model("class-mean", 2, "lambda", "0.5");
    OpenModel far = model("class-mean", 3, "lambda", "1");
    List<Block> blocks = tables(List.of(paper, far, near), List.of(far, near)).table("table-1");
    assertEquals(
        List.of("Class Mean", "class-mean 3 (another Class Mean, λ = 1.0, seed 3)"), names(blocks));
  }

  @Test
  void nothingIsSaidToBeMeasuredOnlyWhereTheTableHasNoMeasuredRow() {
    OpenModel robust = model("adversarial", 1, "norm", "l2");
    List<Block> some = tables(List.of(robust), List.of(robust)).table("table-1");
    assertEquals(List.of("adversarial 1 (no row of the paper's)"), names(some));
    assertTrue(texts(some).contains("Not measured"), texts(some));
    assertTrue(numbers(some).caption().contains("n = 100"), "of the row that there is");
    List<Block> none = tables(List.of(robust), List.of()).table("table-1");
    assertTrue(texts(none).contains("Nothing here is measured"), texts(none));
    assertTrue(numbers(none).caption().contains("ε = 0.031"), "the paper's");
  }

  @Test
  void oneMissingModelIsTrainedByItsRecipe() {
    List<OpenModel> all =
        List.of(
            model("vanilla", 1, "a", "a"),
            model("one-image", 1, "a", "a"),
            model("class-mean", 1, "a", "a"),
            model("rigd", 1, "teacher", "Robust L2"),
            model("rigd", 1, "teacher", "Robust Linf"));
    String text = texts(tables(all, all).table("table-1"));
    assertTrue(text.contains("trains it by the recipe paper/cifar10/nearest-neighbor."), text);
  }

  @Test
  void figure5SaysOnHowManyImages() {
    List<OpenModel> all = List.of(model("class-mean", 1, "lambda", "0.4"));
    Numbers figure = numbers(tables(all, all).ablation());
    assertTrue(figure.caption().contains("n = 100,"), figure.caption());
    assertEquals(List.of("λ = 0.4"), names(List.of(figure)));
  }
}
