package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.run.Recipe;
import org.pagexplorer.run.RunDirectory;

class SweepTest {
  @TempDir private Path folder;

  @Test
  void listsAndRangesMultiply() {
    Map<String, List<String>> runs =
        TrainArguments.runs(List.of("--lambda", "0.1,1", "--out", "a,b", "--seed", "1..3"));
    assertEquals(
        List.of(
            "lambda-0.1_seed-1",
            "lambda-0.1_seed-2",
            "lambda-0.1_seed-3",
            "lambda-1_seed-1",
            "lambda-1_seed-2",
            "lambda-1_seed-3"),
        List.copyOf(runs.keySet()));
    assertEquals(
        List.of("--lambda", "1", "--out", "a,b", "--seed", "2"), runs.get("lambda-1_seed-2"));
    assertEquals(
        Map.of("", List.of("--seed", "4", "--lambda", "0.1")),
        TrainArguments.runs(List.of("--seed", "4", "--lambda", "0.1")));
  }

  /** With a realization, λ is the adversarial training's, too. */
  @Test
  void whatAdversarialTrainingBorrowsVaries() {
    Map<String, List<String>> runs =
        TrainArguments.runs(
            List.of(
                "--method", "adversarial,class-mean,gradient-norm",
                "--realization", "class-mean",
                "--lambda", "1,2",
                "--gradient-norm-weight", "3,4"));
    assertEquals(
        List.of(
            "method-adversarial_lambda-1",
            "method-adversarial_lambda-2",
            "method-class-mean_lambda-1",
            "method-class-mean_lambda-2",
            "method-gradient-norm_gradient-norm-weight-3",
            "method-gradient-norm_gradient-norm-weight-4"),
        List.copyOf(runs.keySet()));
  }

  /** Vanilla and adversarial trainings have no λ: one of each is enough for all of them. */
  @Test
  void valuesThatAMethodDoesNotHaveMakeNoMoreRunsOfIt() {
    SweepRuns sweep =
        SweepRuns.of(
            List.of(
                "--recipe",
                "paper/cifar10",
                "--lambda",
                "0.1,0.4",
                "--seed",
                "1,2",
                "--run-dir",
                "/sweep"));
    List<String> names = List.copyOf(sweep.runs().keySet());
    for (String once : List.of("vanilla", "teacher-l2", "teacher-linf")) {
      assertEquals(
          List.of(once + "_seed-1", once + "_seed-2"),
          names.stream().filter(name -> name.startsWith(once + "_")).toList());
      assertFalse(sweep.runs().get(once + "_seed-1").contains("--lambda"));
    }
    assertEquals(3 * 2 + 5 * 4, names.size());
    assertEquals("teacher-l2_seed-2", sweep.teachers().get("rigd-l2_lambda-0.4_seed-2"));
    List<String> student = sweep.runs().get("rigd-l2_lambda-0.4_seed-2");
    assertEquals("0.4", student.get(student.indexOf("--lambda") + 1));
    assertTrue(student.contains("/sweep/teacher-l2_seed-2/model.safetensors"), student.toString());
    assertEquals(
        List.of(
            "method-vanilla",
            "method-class-mean_lambda-1",
            "method-class-mean_lambda-2",
            "method-adversarial_steps-3",
            "method-adversarial_steps-5"),
        List.copyOf(
            TrainArguments.runs(
                    List.of(
                        "--method",
                        "vanilla,class-mean,adversarial",
                        "--lambda",
                        "1,2",
                        "--steps",
                        "3,5"))
                .keySet()));
  }

  @ParameterizedTest
  @CsvSource({
    "paper/cifar10/one-image, 0.5, 64",
    "paper/cifar10/class-mean, 0.4, 64",
    "paper/cifar10/nearest-neighbor, 0.4, 64",
    "paper/cifar10/rigd-l2, 0.4, 64",
    "paper/cifar10/rigd-linf, 0.4, 64",
    "paper/stl10/one-image, 0.25, 32",
    "paper/stl10/class-mean, 0.2, 32",
    "paper/stl10/nearest-neighbor, 0.4, 32",
    "paper/stl10/rigd-l2, 0.4, 32",
    "paper/stl10/rigd-linf, 0.4, 32"
  })
  void recipesAreThePapers(String id, String lambda, String batch) {
    Map<String, String> arguments = Recipe.named(id).arguments();
    assertEquals(lambda, arguments.get("--lambda"));
    assertEquals(batch, arguments.get("--batch"));
    assertEquals("100", arguments.get("--epochs"));
    assertEquals("0.01", arguments.get("--lr"));
    assertEquals("0.9", arguments.get("--momentum"));
    assertEquals("1e-4", arguments.get("--weight-decay"));
  }

  @Test
  void whatIsSaidBesideARecipeWins() {
    List<String> words =
        TrainArguments.withRecipe(List.of("--recipe", "paper/stl10/class-mean", "--lambda=0.7"));
    assertEquals("0.7", words.get(words.lastIndexOf("--lambda") + 1));
    assertEquals(words.indexOf("--lambda"), words.lastIndexOf("--lambda"));
    assertEquals("32", words.get(words.indexOf("--batch") + 1));
    String unknown =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TrainArguments.withRecipe(List.of("--recipe", "paper/x")))
                .getMessage());
    assertTrue(unknown.contains("paper/cifar10/vanilla"), unknown);
  }

  @Test
  void aSweepTrainsEveryCombinationOnceAndReportsMeansOverSeeds() {
    Path images = Pag.dataset(folder.resolve("images"), 40);
    Path runs = folder.resolve("runs");
    Object[] arguments =
        Pag.words(
            "train --recipe paper/cifar10/class-mean --dataset {} --architecture mlp --width 4"
                + " --epochs 2 --batch 20 --lambda 0.1,1 --seed 1..3 --test-images 20 --threads 1"
                + " --run-dir {} --json",
            images,
            runs);
    Pag pag = Pag.run(arguments);
    assertEquals(0, pag.code(), pag.err());
    List<JsonObject> table = table(pag);
    assertEquals(2 * 3, table.size());
    List<Double> clean = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      Path run = runs.resolve("lambda-1_seed-" + seed);
      clean.add(
          CheckpointFiles.readCard(run.resolve("model.safetensors"))
              .clean()
              .orElseThrow()
              .accuracy());
      assertEquals(
          "1.0",
          CheckpointFiles.readCard(run.resolve("model.safetensors")).training().get("lambda"));
    }
    double mean = (clean.get(0) + clean.get(1) + clean.get(2)) / 3;
    double squares = clean.stream().mapToDouble(c -> (c - mean) * (c - mean)).sum();
    JsonObject row =
        table.stream()
            .filter(r -> r.get("run").getAsString().equals("lambda-1"))
            .filter(r -> r.get("attack").getAsString().equals("clean"))
            .findFirst()
            .orElseThrow();
    assertEquals(mean, row.get("mean").getAsDouble(), 1e-12);
    assertEquals(Math.sqrt(squares / 2), row.get("deviation").getAsDouble(), 1e-12);
    assertEquals(3, row.get("runs").getAsInt());
    int events = RunDirectory.events(runs.resolve("lambda-1_seed-3")).size();
    assertEquals(table, table(Pag.run(arguments)));
    assertEquals(events, RunDirectory.events(runs.resolve("lambda-1_seed-3")).size());
  }

  @Test
  void aRowIsNamedByWhatVariesBesideTheSeed() {
    for (String name : List.of("seed-1_lambda-0.1", "lambda-0.1_seed-1", "lambda-0.1", "seed-1")) {
      SweepTable table = new SweepTable();
      table.add(name, List.of(new Measurement("clean", "none", 0.5, 10)));
      assertEquals(
          name.contains("lambda") ? "lambda-0.1" : "all", table.rows().getFirst().get("run"), name);
    }
  }

  /** All of them would be written to one file. */
  @Test
  void aSweepTakesNoOut() {
    Pag pag =
        Pag.line(
            "train --method vanilla --seed 1..2 --run-dir {} --out {}",
            folder.resolve("runs"),
            folder.resolve("m.safetensors"));
    assertEquals(1, pag.code());
    assertTrue(pag.err().contains("omit --out"), pag.err());
  }

  private static List<JsonObject> table(Pag pag) {
    String last = pag.out().lines().reduce((a, b) -> b).orElseThrow();
    return Pag.objects(new com.google.gson.Gson().fromJson(last, JsonObject.class).get("table"));
  }
}
