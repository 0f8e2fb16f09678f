package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;

class EvaluateCommandTest extends TwoModels {
  @BeforeAll
  static void write() {
    write(30);
  }

  private static JsonObject evaluate(Object epsilon, Object batch) {
    Pag pag =
        Pag.line(
            "evaluate --model {} --dataset {} --epsilon {} --steps 4 --batch {} --json",
            one,
            data,
            epsilon,
            batch);
    assertEquals(0, pag.code(), pag.err());
    return pag.json();
  }

  private static JsonObject only(JsonObject json) {
    return Pag.objects(json.get("models")).getFirst();
  }

  @Test
  void jsonHoldsAccuraciesWithTheirIntervals() {
    JsonObject json = evaluate(0.5, 100);
    assertEquals("CIFAR-10 (subset)", json.get("dataset").getAsString());
    JsonObject specification = json.getAsJsonObject("specification");
    assertEquals(2 * 0.5 / 4, specification.get("stepSize").getAsDouble());
    assertTrue(specification.get("randomStart").getAsBoolean());
    assertEquals("any-iterate", specification.get("counts").getAsString());
    assertFalse(specification.has("keep"), "no iterate is kept");
    assertEquals("float32", specification.get("precision").getAsString());
    JsonObject row = only(json);
    assertEquals(one.toString(), row.get("file").getAsString());
    assertEquals(30, row.get("n").getAsInt());
    assertInterval(row, "attacked", "interval");
    assertInterval(row, "clean", "cleanInterval");
  }

  private static void assertInterval(JsonObject row, String accuracy, String interval) {
    int right = (int) Math.round(30 * row.get(accuracy).getAsDouble());
    JsonArray ends = row.getAsJsonArray(interval);
    assertEquals(Wilson.of(right, 30).low(), ends.get(0).getAsDouble());
    assertEquals(Wilson.of(right, 30).high(), ends.get(1).getAsDouble());
  }

  @Test
  void withRadiusZeroTheAttackedAccuracyIsTheCleanOne() {
    JsonObject row = only(evaluate(0, 100));
    assertEquals(row.get("clean"), row.get("attacked"));
    assertTrue(row.get("clean").getAsDouble() > 0, "a random model is right by chance");
  }

  @Test
  void aLargeAttackLeavesNothing() {
    Architecture architecture = Architecture.mlp(8, InputShape.CIFAR, 10);
    Path perceptron = Pag.model(folder.resolve("p.safetensors"), 1, architecture, Pag.CLASSES);
    Pag pag =
        Pag.line(
            "evaluate --model {} --dataset {} --epsilon 20 --restarts 5 --json", perceptron, data);
    assertTrue(only(pag.json()).get("clean").getAsDouble() > 0);
    assertEquals(0, only(pag.json()).get("attacked").getAsDouble());
  }

  /** Every option beside its default, and each has to arrive. */
  @ParameterizedTest
  @CsvSource({
    "pgd, 3, 20, 4, 100",
    "pgd-restarts, 3, 3, 4, 100",
    "suite, 3, 20, 4, 3",
    "autoattack, 3, 20, 4, 3",
    "autoattack-rand, 3, 20, 4, 3",
  })
  void everyOptionReachesTheAttack(
      String attack, int given, int steps, int restarts, int iterations) {
    Object[] line =
        Pag.words(
            "evaluate --model {} --dataset {} --limit 2 --attack {} --steps {} --step-size 0.3"
                + " --restarts {} --queries 7 --eot 2 --seed 5 --epsilon 0.6 --json",
            one,
            data,
            attack,
            given,
            restarts);
    JsonObject specification = Pag.run(line).json().getAsJsonObject("specification");
    assertEquals(attack.startsWith("pgd") ? given : steps, specification.get("steps").getAsInt());
    assertEquals(iterations, specification.get("iterations").getAsInt());
    assertEquals(restarts, specification.get("restarts").getAsInt());
    assertEquals(7, specification.get("queries").getAsInt());
    assertEquals(2, specification.get("eot").getAsInt());
    assertEquals(0.3, specification.get("stepSize").getAsDouble());
    assertEquals(0.6, specification.get("epsilon").getAsDouble());
    assertEquals(5, specification.get("seed").getAsInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pgd",
        "pgd-restarts",
        "apgd-ce",
        "apgd-dlr",
        "apgd-t",
        "fab-t",
        "square",
        "suite",
        "autoattack"
      })
  void everyAttackLeavesAtMostWhatIsRightWithoutOne(String attack) {
    Pag pag =
        Pag.line(
            "evaluate --model {} --dataset {} --limit 10 --attack {} --steps 3 --queries 5 --json",
            one,
            data,
            attack);
    assertEquals(0, pag.code(), pag.err());
    JsonObject row = only(pag.json());
    assertTrue(row.get("attacked").getAsDouble() <= row.get("clean").getAsDouble());
    assertEquals(attack, pag.json().getAsJsonObject("specification").get("attack").getAsString());
  }

  @Test
  void autoAttackSaysItsFourInTheirOrderAndWhoIsLeftAfterEach() {
    Object[] line =
        Pag.words(
            "evaluate --model {} --dataset {} --limit 10 --attack autoattack --epsilon 0.05 --steps"
                + " 3 --queries 5 --json",
            one,
            data);
    Pag json = Pag.run(line);
    assertEquals(0, json.code(), json.err());
    JsonObject attacked = Pag.objects(only(json.json()).get("columns")).getLast();
    List<JsonObject> survivors = Pag.objects(attacked.get("survivors"));
    assertEquals(
        List.of("apgd-ce", "apgd-t", "fab-t", "square"),
        survivors.stream().map(one -> one.get("attack").getAsString()).toList());
    int before = 10;
    for (JsonObject after : survivors) {
      assertTrue(after.get("survivors").getAsInt() <= before, survivors.toString());
      before = after.get("survivors").getAsInt();
    }
    assertEquals(10 * attacked.get("accuracy").getAsDouble(), before, 1e-9);
    Pag words = Pag.run(java.util.Arrays.copyOf(line, line.length - 1));
    assertTrue(
        words
            .out()
            .contains(
                "L2 AutoAttack (APGD-CE, APGD-T, FAB-T, Square, in this order, each on the"
                    + " survivors of those before), ε = 0.05, 3 iterations, 5 queries, float32."),
        words.out());
    assertTrue(words.out().contains("    survivors after APGD-CE "), words.out());
  }

  /** Where Auto-PGD begins and what it tries there; {@code autoattack-rand} climbs in one ball. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apgd-ce | 2 iterations, APGD in 3ε, 2ε, and ε, APGD-CE from 5 starts, float32.",
        "apgd-t | 2 iterations, APGD in 3ε, 2ε, and ε, APGD-T toward 5 targets, float32.",
        "apgd-dlr | 2 iterations, APGD in 3ε, 2ε, and ε, float32.",
        "fab-t | 2 iterations, float32.",
        "autoattack-rand | 2 iterations, float32."
      })
  void inL1TheReportSaysWhatAutoPgdDoes(String attack, String effort) {
    Pag pag =
        Pag.line(
            "evaluate --model {} --dataset {} --limit 2 --norm l1 --attack {} --steps 2 --eot 1",
            one,
            data,
            attack);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.out().contains(", ε = 12, " + effort), pag.out());
  }

  /** Logits as they should be: nothing is said. */
  @Test
  void ofPlainLogitsNothingIsWarned() {
    assertEquals(0, only(evaluate(0.1, 100)).getAsJsonArray("warnings").size());
  }

  @Test
  void columnsFlagsCurvesAndTablesComeTogether() throws IOException {
    Path csv = folder.resolve("table.csv");
    Path latex = folder.resolve("table.tex");
    Pag pag =
        Pag.line(
            "evaluate --model {} {} --dataset {} --limit 10 --norm linf,l2 --epsilon 0.1,2 --steps"
                + " 2 --integrity --curve --csv {} --latex {} --json",
            one,
            two,
            data,
            csv,
            latex);
    assertEquals(0, pag.code(), pag.err());
    List<JsonObject> columns = Pag.objects(only(pag.json()).get("columns"));
    assertEquals(
        List.of("clean", "L∞ PGD-2, ε = 0.1", "L2 PGD-2, ε = 2"),
        columns.stream().map(column -> column.get("name").getAsString()).toList());
    JsonObject attacked = columns.getLast();
    assertEquals(7, attacked.getAsJsonArray("integrity").size(), "all checks");
    assertTrue(attacked.getAsJsonArray("flags").toString().contains("few-images"));
    List<JsonObject> curve = Pag.objects(attacked.get("curve"));
    assertEquals(
        columns.getFirst().get("accuracy"), curve.getFirst().get("accuracy"), "at radius 0");
    assertEquals(0, curve.getFirst().get("epsilon").getAsDouble());
    List<String> lines = Files.readAllLines(csv);
    assertTrue(lines.getFirst().startsWith("# "), lines.getFirst());
    String counted = "Any misclassified iterate counts an image as broken";
    assertTrue(lines.contains("# " + counted), lines.toString());
    assertTrue(Files.readString(latex).contains("% " + counted + "\n"));
    assertTrue(lines.getLast().endsWith("few images") || lines.getLast().contains("few images"));
    assertTrue(Files.readString(latex).contains("\\toprule"));
    assertTrue(Files.readString(latex).contains("$^\\dagger$"));
  }

  @Test
  void aRadiusForEachNormIsAsked() {
    Pag pag =
        Pag.run("evaluate", "--model", one, "--dataset", data, "--norm", "linf,l2", "--epsilon", 1);
    assertEquals(2, pag.code());
    assertTrue(pag.err().contains("--epsilon needs a value for each norm: 1 for 2"), pag.err());
  }

  @Test
  void theBatchDoesNotChangeTheNumbers() {
    assertEquals(only(evaluate(0.1, 100)), only(evaluate(0.1, 7)));
  }

  @Test
  void wordsNameTheDataSetAndN() {
    Pag pag = Pag.run("evaluate", "--model", one, "--dataset", data, "--limit", 10);
    assertTrue(pag.out().contains("CIFAR-10 (subset), test split, 10 images; L2, ε = 0.5"));
    assertTrue(pag.out().contains("of 10"), pag.out());
    assertTrue(
        pag.out().contains(", float32. Any misclassified iterate counts an image as broken."),
        pag.out());
  }

  @Test
  void modelsOfOtherClassesAreOneSentence() {
    Path two = Pag.model(folder.resolve("ab.safetensors"), 3, InputShape.CIFAR, List.of("a", "b"));
    assertRefused(two, "has 2 classes but CIFAR-10 (subset) has 10");
  }

  @Test
  void imagesOfAnotherSizeAreResizedAndThatIsSaidOnce() {
    Path large = Pag.model(folder.resolve("large.safetensors"), 3, InputShape.STL, Pag.CLASSES);
    Pag pag = Pag.run("evaluate", "--model", large, "--dataset", data, "--limit", 4, "--steps", 1);
    assertEquals(0, pag.code(), pag.err());
    String note =
        "Images of another size than the model's are resized; the first such one was resized from"
            + " 32×32 to 96×96.";
    assertEquals(1, pag.err().lines().filter(note::equals).count(), pag.err());
    assertTrue(pag.out().contains("CIFAR-10 (subset) (resized), test split"), pag.out());
  }

  @Test
  void classesInAnotherOrderAreFoundByName() {
    Path same = Pag.model(folder.resolve("s.safetensors"), 3, InputShape.CIFAR, Pag.CLASSES);
    Path turned =
        Pag.model(folder.resolve("r.safetensors"), 3, InputShape.CIFAR, Pag.CLASSES.reversed());
    Dataset images = Datasets.open(data, Split.TEST);
    Dataset straight = Agreement.fitted(List.of(OpenModel.read(same)), images, Fit.CROP, _ -> {});
    Dataset reversed = Agreement.fitted(List.of(OpenModel.read(turned)), images, Fit.CROP, _ -> {});
    for (int i = 0; i < images.size(); i++) {
      assertEquals(images.label(i), straight.label(i));
      assertEquals(9 - images.label(i), reversed.label(i));
    }
  }

  private static void assertRefused(Path file, String words) {
    Pag pag = Pag.run("evaluate", "--model", file, "--dataset", data);
    assertEquals(1, pag.code());
    assertEquals(1, pag.err().lines().count());
    assertTrue(pag.err().contains(words), pag.err());
  }

  @Test
  void aMissingDataSetIsOneSentence() {
    Pag pag = Pag.run("evaluate", "--model", one, "--dataset", folder.resolve("none"));
    assertEquals(1, pag.code());
    assertTrue(pag.err().startsWith("There is no folder"), pag.err());
  }

  @Test
  void whatWasTrainedIsEvaluatedAndAttacked() {
    Path trained = folder.resolve("trained.safetensors");
    Pag train =
        Pag.line(
            "train --method class-mean --dataset {} --width 2 --epochs 2 --batch 10"
                + " --targets-per-step 2 --test-images 10 --json --out {}",
            data,
            trained);
    assertEquals(0, train.code(), train.err());
    assertEquals(2, train.out().lines().count());
    assertTrue(train.out().contains("\"alignment\""), train.out());
    Pag evaluated =
        Pag.run("evaluate", "--model", trained, one, "--dataset", data, "--limit", 10, "--json");
    assertEquals(2, Pag.objects(evaluated.json().get("models")).size());
    Pag attacked =
        Pag.line("attack --model {} --dataset {} --index 0 --steps 2 --json", trained, data);
    assertEquals(0, attacked.code(), attacked.err());
  }

  @Test
  void publishedNumbersStandBesideOursAndADamagedFileIsSaid() throws IOException {
    Path l2 = Files.createDirectories(folder.resolve("model_info/cifar10/L2"));
    Files.writeString(
        l2.resolve("Same2024.json"),
        "{\"clean_acc\": \"90.83\", \"autoattack_acc\": \"69.24\", \"eps\": \"0.5\"}");
    Files.writeString(
        l2.resolve("Other2024.json"),
        "{\"clean_acc\": \"91\", \"autoattack_acc\": \"60\", \"eps\": \"128/255\"}");
    Files.writeString(l2.resolve("Bad2024.json"), "{\"clean_acc\":");
    Object[] line = {
      "evaluate",
      "--model",
      one,
      "--dataset",
      data,
      "--steps",
      1,
      "--limit",
      10,
      "--beside",
      l2.getParent().getParent()
    };
    Pag lines = Pag.run(line);
    assertEquals(0, lines.code(), lines.err());
    assertTrue(lines.err().contains("Bad2024.json is not JSON, and is left out."), lines.err());
    assertTrue(lines.out().contains("not measured here"), lines.out());
    assertTrue(lines.out().contains("not comparable: ε = 0.5019608 there, 0.5 here"), lines.out());
    Object[] scripted = java.util.Arrays.copyOf(line, line.length + 1);
    scripted[line.length] = "--json";
    List<JsonObject> published = Pag.objects(Pag.run(scripted).json().get("published"));
    assertEquals(
        List.of("Same2024 true", "Other2024 false"),
        published.stream()
            .map(e -> e.get("id").getAsString() + " " + e.get("comparable").getAsBoolean())
            .toList());
    Pag missing = Pag.run("evaluate", "--model", one, "--dataset", data, "--beside", "nowhere");
    assertEquals(1, missing.code());
    assertTrue(missing.err().contains("owhere does not exist"), missing.err());
  }
}
