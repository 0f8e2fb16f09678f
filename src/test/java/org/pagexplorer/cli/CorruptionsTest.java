package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.dataset.WrittenCorruptions;
import org.pagexplorer.lab.measure.Corruptions;

/** A small CIFAR-10-C: two of its corruptions and one of the extra four, 20 images a severity. */
class CorruptionsTest extends TwoModels {
  private static Path corrupted;

  @BeforeAll
  static void write() throws IOException {
    write(10);
    corrupted = WrittenCorruptions.in(folder, 20, List.of("fog", "gaussian_noise", "spatter"));
  }

  private static Pag measure(Object... more) {
    Object[] line =
        Pag.words(
            "evaluate --model {} {} --dataset {} --corruptions --batch 7", one, two, corrupted);
    Object[] all = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return Pag.run(all);
  }

  @Test
  void eachCorruptionAndSeverityIsWhatEvaluatingThatPartGives() throws IOException {
    Path csv = folder.resolve("c.csv");
    Pag pag = measure("--csv", csv, "--json");
    assertEquals(0, pag.code(), pag.err());
    List<JsonObject> models = Pag.objects(pag.json().get("models"));
    assertEquals(2, models.size());
    JsonObject second = models.getLast();
    List<JsonObject> each = Pag.objects(second.get("corruptions"));
    assertEquals(
        List.of("fog", "gaussian_noise", "spatter"),
        each.stream().map(c -> c.get("name").getAsString()).toList());
    Pag part =
        Pag.line("evaluate --model {} --dataset {} --split fog-3 --steps 1 --json", two, corrupted);
    assertEquals(
        Pag.objects(part.json().get("models")).getFirst().get("clean").getAsDouble(),
        each.getFirst().getAsJsonArray("severities").get(2).getAsDouble());
    double fog = each.getFirst().get("mean").getAsDouble();
    double noise = each.get(1).get("mean").getAsDouble();
    assertFalse(each.getLast().get("inMean").getAsBoolean(), "one of the extra four");
    assertEquals((fog + noise) / 2, second.get("mean").getAsDouble(), 1e-12);
    List<String> lines = Files.readAllLines(csv);
    assertEquals(
        "model,corruption,severity 1,severity 2,severity 3,severity 4,severity 5,mean",
        lines.get(2));
    assertEquals(3 + 2 * 4, lines.size());
  }

  @Test
  void wordsAreATableWithItsMeans() {
    Pag pag = measure("--limit", 10);
    assertEquals(0, pag.code(), pag.err());
    List<String> lines = pag.out().lines().toList();
    assertTrue(lines.getFirst().matches("model +corruption +severity 1 .* mean"), pag.out());
    assertEquals(2, lines.stream().filter(line -> line.contains("  mean ")).count(), pag.out());
    assertTrue(
        pag.out().contains("Accuracy in %, on 10 images of each corruption and severity."),
        pag.out());
    assertTrue(pag.out().contains("without its extra ones: spatter."), pag.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--curve", "--integrity", "--attack=pgd", "--split=fog", "--eot=2"})
  void whatSaysNothingHereIsRefused(String other) {
    Pag pag = measure(other);
    assertEquals(2, pag.code());
    assertTrue(pag.err().contains("leave " + other.split("=", 2)[0] + " out"), pag.err());
  }

  @Test
  void aDatasetWithoutCorruptionsIsOneSentence() {
    Pag pag = Pag.run("evaluate", "--model", one, "--dataset", data, "--corruptions");
    assertEquals(1, pag.code());
    assertTrue(pag.err().contains("has no corruptions: choose the folder of CIFAR-10-C"));
  }

  @Test
  void aCorruptionHasAllFiveSeverities() {
    List<String> parts =
        List.of("fog", "fog-1", "fog-2", "fog-3", "fog-4", "fog-5", "snow", "snow-1", "test");
    assertEquals(List.of("fog"), Corruptions.among(parts));
  }
}
