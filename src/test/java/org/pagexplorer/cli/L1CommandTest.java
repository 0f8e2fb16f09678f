package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.figure.FigureText;

/** {@code --norm l1} wherever a norm is taken. */
class L1CommandTest extends TwoModels {
  @BeforeAll
  static void write() {
    write(12);
  }

  @Test
  void picturesAreBoundedByTheSumOfTheChanges() {
    Object[] line =
        Pag.words(
            "attack --model {} --dataset {} --index 0,3 --targets cat,dog --norm l1 --epsilon 6"
                + " --steps 4",
            one,
            data);
    Pag people = Pag.run(line);
    assertEquals(0, people.code(), people.err());
    assertTrue(people.out().contains("‖δ‖₁"), people.out());
    Pag pag = Pag.run(withJson(line));
    assertEquals("l1", pag.json().getAsJsonObject("specification").get("norm").getAsString());
    for (JsonObject image : Pag.objects(pag.json().get("images"))) {
      for (JsonObject target : Pag.objects(image.get("targets"))) {
        double size = target.get("l1").getAsDouble();
        assertTrue(size <= 6 * (1 + 1e-5) && size > 5, size + " of 6");
        assertTrue(target.get("after").getAsDouble() > target.get("before").getAsDouble());
      }
    }
  }

  /** α is 100 here: more than 1 % of the values have room for. */
  @Test
  void fewStepsReachALargeBallToo() {
    Pag pag =
        Pag.line(
            "attack --model {} --dataset {} --index 1 --targets cat --norm l1 --epsilon 200"
                + " --steps 5 --json",
            one,
            data);
    assertEquals(0, pag.code(), pag.err());
    JsonObject image = Pag.objects(pag.json().get("images")).getFirst();
    double size = Pag.objects(image.get("targets")).getFirst().get("l1").getAsDouble();
    assertTrue(size <= 200 * (1 + 1e-5) && size > 199, size + " of 200");
  }

  private static Object[] withJson(Object[] line) {
    Object[] all = Arrays.copyOf(line, line.length + 1);
    all[line.length] = "--json";
    return all;
  }

  @Test
  void figuresAreMadeAgainFromTheirSpecifications() throws IOException {
    Path figure = folder.resolve("l1.png");
    Pag pag =
        Pag.line(
            "figure 4 --models {} --dataset {} --index 2 --norm l1 --epsilon 30"
                + " --steps 3 --out {}",
            one,
            data,
            figure);
    assertEquals(0, pag.code(), pag.err());
    String text = Files.readString(FigureText.beside(figure));
    assertTrue(text.contains("\"l1\""), text);
    Path again = folder.resolve("again.png");
    Pag second = Pag.run("figure", "--from", FigureText.beside(figure), "--out", again);
    assertEquals(0, second.code(), second.err());
    assertArrayEquals(Files.readAllBytes(figure), Files.readAllBytes(again));
  }

  @Test
  void autoAttackIsMeasuredBesideTheOtherNorms() {
    // Not a residual network: untrained, none of those names an image otherwise within any ε.
    Architecture small = Architecture.mlp(16, InputShape.CIFAR, Pag.CLASSES.size());
    Path model = Pag.model(folder.resolve("mlp.safetensors"), 3, small, Pag.CLASSES);
    Pag pag =
        Pag.line(
            "evaluate --model {} --dataset {} --limit 12 --norm l1,l2 --attack autoattack --steps 3"
                + " --queries 20 --json",
            model,
            data);
    assertEquals(0, pag.code(), pag.err());
    List<JsonObject> columns =
        Pag.objects(Pag.objects(pag.json().get("models")).getFirst().get("columns"));
    assertEquals(
        List.of("clean", "L1 AutoAttack, ε = 12", "L2 AutoAttack, ε = 0.5"),
        columns.stream().map(column -> column.get("name").getAsString()).toList());
    double clean = columns.getFirst().get("accuracy").getAsDouble();
    double attacked = columns.get(1).get("accuracy").getAsDouble();
    assertTrue(attacked < clean, attacked + " of " + clean);
  }

  @Test
  void aRadiusThatHoldsEveryImageIsSaid() {
    Pag pag =
        Pag.line(
            "attack --model {} --dataset {} --index 0 --targets cat --steps 1 --norm l1 --epsilon"
                + " 4000",
            one,
            data);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(
        pag.err().startsWith("No two images of 3×32×32 are farther apart than 3072.0 in L1"),
        pag.err());
  }
}
