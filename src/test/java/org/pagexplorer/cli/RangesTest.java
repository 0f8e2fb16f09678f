package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.WrittenNumber;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line: refused where they mean nothing, and read as people write them. */
class RangesTest {
  private static final Pattern OPTION = Pattern.compile("(--[a-z-]+) [^ ]+$");

  @TempDir private Path folder;

  @Test
  void everyNumericOptionOfEveryCommandHasARange() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Map<String, CommandLine> commands = PagCommand.commandLine(nowhere, nowhere).getSubcommands();
    List<String> forgotten = new ArrayList<>();
    int numeric = 0;
    for (CommandLine command : commands.values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (Ranges.isNumeric(option)) {
          numeric++;
          if (!Ranges.knows(option)) {
            forgotten.add(command.getCommandName() + " " + option.longestName());
          }
        }
      }
    }
    assertEquals(List.of(), forgotten, "add them to Ranges");
    assertTrue(numeric > 50, numeric + " numeric options were found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack --model x --batch 0",
        "attack --model x --batch -5",
        "attack --model x --steps -1",
        "attack --model x --steps 100001",
        "attack --model x --restarts 0",
        "attack --model x --threads -1",
        "attack --model x --index 3,-1",
        "attack --model x --epsilon -1",
        "attack --model x --step-size -1/255",
        "evaluate --model x --dataset y --batch 0",
        "evaluate --model x --dataset y --limit 0",
        "evaluate --model x --dataset y --limit -3",
        "evaluate --model x --dataset y --queries 0",
        "evaluate --model x --dataset y --restarts -1",
        "evaluate --model x --dataset y --integrity-images 0",
        "evaluate --model x --dataset y --norm linf,l2 --epsilon 0.1,-0.5",
        "align --model x --dataset y --limit 0",
        "align --model x --dataset y --batch 0",
        "figure 1 --batch 0",
        "import x --out y --input-size 0",
        "import x --out y --limit 0",
        "train --method vanilla --dataset y --out z --epochs 0",
        "train --method vanilla --dataset y --out z --batch 0",
        "train --method vanilla --dataset y --out z --lr 0",
        "train --method vanilla --dataset y --out z --limit -1",
        "train --method vanilla --dataset y --out z --test-images 0",
        "train --method vanilla --dataset y --out z --threads -1",
        "toy --seeds 0",
        "toy --epochs 0",
        "toy --neighbors 0",
        "toy --threads -1",
        "bench --rounds 0",
        "bench --threads -1"
      })
  void aNumberOutOfRangeIsOneSentenceOnItsOption(String line) {
    Matcher option = OPTION.matcher(line);
    assertTrue(option.find());
    Pag pag = Pag.run((Object[]) line.split(" ", -1));
    assertEquals(2, pag.code(), pag.err());
    assertEquals("", pag.out());
    assertTrue(pag.err().startsWith(option.group(1) + " must be "), pag.err());
    assertTrue(pag.err().lines().findFirst().orElseThrow().contains(", not "), pag.err());
    assertEquals(2, pag.err().lines().count(), pag.err());
  }

  @ParameterizedTest
  @CsvSource({
    "0.031, 0.031",
    "8/255, 0.03137254901960784",
    "1e-4, 0.0001",
    ".5, 0.5",
    "-1/2, -0.5",
    "2.5/10, 0.25",
    "' 3 ', 3",
    "12, 12"
  })
  void numbersAreReadAsPeopleWriteThem(String word, double value) {
    assertEquals(value, new Fractions().convert(word));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8/",
        "/255",
        "8/0",
        "0/0",
        "NaN",
        "Infinity",
        "1e999",
        "0x1p3",
        "1f",
        "8/2/5"
      })
  void whatIsNoNumberIsNot(String word) {
    assertThrows(TypeConversionException.class, () -> new Fractions().convert(word));
  }

  @ParameterizedTest
  @CsvSource({"8px, 8", "' 8 PX', 8", "0.5px, 0.5", "8/255, 8", "-1px, -1", "0.2, 51"})
  void sizesOfPixelsMayBeLevels(String word, double levels) {
    assertEquals(levels / 255, new Fractions.OfPixels().convert(word), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"px", "8 pixels", "8/255px", "px8"})
  void whatIsNoLevelIsNot(String word) {
    assertThrows(TypeConversionException.class, () -> new Fractions.OfPixels().convert(word));
  }

  @ParameterizedTest
  @CsvSource({"0.031372549019607843, 8/255", "0.031, 7.91/255", "0.18, 45.9/255", "1, 255/255"})
  void radiiAreSaidInLevels(double value, String words) {
    assertEquals(words, WrittenNumber.levels(value));
  }

  @Test
  void aLearningRateHasNoLevels() {
    Pag pag =
        Pag.run("train", "--method", "vanilla", "--dataset", "y", "--out", "z", "--lr", "8px");
    assertEquals(2, pag.code());
    assertTrue(pag.err().contains("'8px' is not a number"), pag.err());
  }

  @Test
  void anLInfinityRadiusInLevelsAsksBackInEveryCommand() {
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    Path data = Pag.dataset(folder.resolve("data"), 20);
    Path out = folder.resolve("out.png");
    Path trained = folder.resolve("t.safetensors");
    assertAsksBack("epsilon", "attack", "--model", model, "--out", out);
    assertAsksBack("epsilon", "evaluate", "--model", model, "--dataset", data);
    assertAsksBack("epsilon", "align", "--model", model, "--dataset", data);
    assertAsksBack("epsilon", "figure", "1", "--models", model, "--out", out);
    assertAsksBack(
        "epsilon", "train", "--method", "adversarial", "--dataset", data, "--out", trained);
    assertAsksBack("step-size", "attack", "--model", model, "--out", out);
    assertAsksBack("step-size", "evaluate", "--model", model, "--dataset", data);
  }

  private void assertAsksBack(String option, Object... words) {
    List<Object> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--norm", "linf", "--" + option, 8));
    Pag pag = Pag.run(line.toArray());
    assertTrue(pag.code() != 0, String.join(" ", line.stream().map(String::valueOf).toList()));
    assertTrue(pag.err().contains("do you mean 8/255? Then write 8/255 or 8px."), pag.err());
    assertTrue(pag.err().contains(option.replace("step-size", "step size")), pag.err());
  }

  @Test
  void anL2RadiusThatHoldsEveryImageIsSaid() {
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    Object[] line =
        Pag.words("attack --model {} --index 0 --targets cat --steps 1 --epsilon 128", model);
    Pag pag = Pag.run(line);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.err().startsWith("No two images of 3×32×32 are farther apart than 55.4"));
  }

  @Test
  void fractionsReachTheAttack() {
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    Object[] line =
        Pag.words(
            "attack --model {} --index 0 --targets cat --steps 1 --norm linf --epsilon 8/255"
                + " --step-size 2px --json",
            model);
    var specification = Pag.run(line).json().getAsJsonObject("specification");
    assertEquals(8 / 255.0, specification.get("epsilon").getAsDouble());
    assertEquals(2 / 255.0, specification.get("stepSize").getAsDouble());
  }
}
