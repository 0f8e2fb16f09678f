package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

  @Test
  void jsonHoldsSpeedsAndTheMachine() {
    Pag pag = Pag.run("bench", "--width", 2, "--batch", 2, "--rounds", 1, "--json");
    assertEquals(0, pag.code(), pag.err());
    List<JsonObject> results = Pag.objects(pag.json().get("results"));
    assertEquals(
        List.of(
            "PGD exact",
            "PGD fast",
            "PGD fast with frames",
            "training vanilla",
            "training adversarial",
            "aligned, K = 1",
            "aligned, K = 1, batch statistics",
            "aligned, K = 1, repeated",
            "aligned, K = 2",
            "aligned, K = 2, batch statistics",
            "aligned, K = 2, repeated",
            "aligned, K = 10",
            "aligned, K = 10, batch statistics",
            "aligned, K = 10, repeated"),
        results.stream().map(result -> result.get("name").getAsString()).toList());
    assertTrue(
        results.stream().allMatch(result -> result.get("imagesPerSecond").getAsDouble() > 0));
    List<JsonObject> ratios =
        Pag.objects(pag.json().getAsJsonObject("comparison").get("alignedOverRepeated"));
    assertEquals(
        List.of(1, 2, 10), ratios.stream().map(ratio -> ratio.get("targets").getAsInt()).toList());
    JsonObject machine = pag.json().getAsJsonObject("machine");
    assertTrue(machine.get("matrixGigaflops").getAsDouble() > 0);
  }

  @Test
  void aPythonThatIsMissingIsOneSentence() {
    Pag pag =
        Pag.run("bench", "--width", 2, "--batch", 2, "--compare-pytorch", "--python", "/no/python");
    assertEquals(1, pag.code());
    assertTrue(pag.err().startsWith("/no/python could not run PyTorch"), pag.err());
  }

  @Test
  void speedsAreMediansAndRatiosAreOfTheSameRound() {
    Speeds speeds = new Speeds();
    speeds.add("a", List.of(1.0, 2.0, 3.0));
    speeds.add("b", List.of(1.0));
    speeds.add("a", List.of(20.0));
    speeds.add("b", List.of(10.0));
    speeds.add("a", List.of(3.0));
    speeds.add("b", List.of(1.0));
    assertEquals(3, speeds.median("a"));
    assertEquals(2, speeds.ratio("a", "b"));
    assertEquals(List.of(2.0, 3.0), speeds.range("a", "b"));
  }
}
