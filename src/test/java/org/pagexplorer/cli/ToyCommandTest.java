package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToyCommandTest {
  @TempDir Path folder;

  @Test
  void jsonHoldsEverySeedOfEveryMethod() {
    Pag pag = Pag.run("toy", "--seeds", 2, "--epochs", 1, "--lambda", 2, "--json");
    assertEquals(0, pag.code(), pag.err());
    List<JsonObject> methods = Pag.objects(pag.json().get("methods"));
    assertEquals(
        List.of("vanilla", "nearest-neighbor"),
        methods.stream().map(m -> m.get("method").getAsString()).toList());
    for (JsonObject method : methods) {
      List<JsonObject> seeds = Pag.objects(method.get("seeds"));
      assertEquals(List.of(1L, 2L), seeds.stream().map(s -> s.get("seed").getAsLong()).toList());
      for (JsonObject seed : seeds) {
        assertTrue(seed.get("clean").getAsDouble() > 0.3);
        assertTrue(seed.get("attacked").getAsDouble() <= seed.get("clean").getAsDouble());
        assertTrue(seed.has("margin"));
        assertTrue(seed.get("marginAboveEpsilon").getAsDouble() <= seed.get("clean").getAsDouble());
      }
    }
    assertTrue(pag.json().get("setup").getAsString().contains("nearest-neighbor*2"));
  }

  @Test
  void wordsSayWhatAnAttackLeftAndWhatIsTrue() {
    Pag pag = Pag.run("toy", "--methods", "vanilla", "--epochs", 1);
    assertEquals(0, pag.code(), pag.err());
    for (String line : pag.out().lines().limit(2).toList()) {
      assertTrue(line.matches(".*clean .* after PGD .* margin > ε .*"), line);
    }
    assertTrue(pag.out().contains("Margin > ε: the true robust accuracy"), pag.out());
  }

  @Test
  void figureThreeIsDrawnInEachFormat() throws IOException {
    for (String ending : List.of("png", "pdf", "svg")) {
      Path file = folder.resolve("figure3." + ending);
      Pag pag = Pag.run("toy", "--epochs", 1, "--data", "blobs", "--out", file);
      assertEquals(0, pag.code(), pag.err());
      byte[] bytes = Files.readAllBytes(file);
      switch (ending) {
        case "png" -> {
          var picture = ImageIO.read(file.toFile());
          Set<Integer> colours = new HashSet<>();
          for (int x = 0; x < picture.getWidth(); x++) {
            colours.add(picture.getRGB(x, picture.getHeight() / 2));
          }
          assertTrue(colours.size() > 4, "only " + colours.size() + " colours");
        }
        case "pdf" -> assertEquals("%PDF", new String(bytes, 0, 4, StandardCharsets.ISO_8859_1));
        default -> {
          String svg = new String(bytes, StandardCharsets.UTF_8);
          assertTrue(svg.contains("<svg") && svg.contains("Nearest Neighbor"), "no words in it");
        }
      }
    }
  }

  @Test
  void ownPointsAreReadAndBadOnesAnsweredInASentence() throws IOException {
    Path file = Files.writeString(folder.resolve("own.csv"), "0,0,0\n1,1,0\n9,9,1\n8,8,1\n");
    Pag pag = Pag.run("toy", "--methods", "class-mean", "--data", file, "--epochs", 3, "--json");
    assertEquals(0, pag.code(), pag.err());
    Files.writeString(file, "0,0,0\n1,one,0\n");
    Pag bad = Pag.run("toy", "--data", file);
    assertEquals(1, bad.code());
    assertTrue(bad.err().startsWith("Line 2 of own.csv has \"one\""), bad.err());
  }

  @Test
  void theBritishSpellingOfEarlierScriptsIsTakenAndNotShown() {
    String british = "neighbours";
    Pag pag = Pag.run("toy", "--methods", "vanilla", "--epochs", 1, "--" + british, 7, "--json");
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.json().get("setup").getAsString().contains(british + "=7"), pag.out());
    assertEquals(2, Pag.run("toy", "--" + british, 0).code());
    assertFalse(Pag.run("toy", "--help").out().contains(british));
  }

  @Test
  void aSetUpThatWasCopiedIsTrained() {
    String text = "pag-toy:?points=moons&seed=1&epochs=1&epsilon=7&panels=one-image*0.5";
    Pag pag = Pag.run("toy", "--setup", text, "--json");
    assertEquals(0, pag.code(), pag.err());
    String back = pag.json().get("setup").getAsString();
    assertTrue(back.contains("points=moons") && back.contains("epsilon=7"), back);
    assertTrue(back.contains("one-image*0.5"), back);
  }

  @Test
  void whatIsGivenBesideASetUpWinsAndTheRestStays() {
    String text = "pag-toy:?points=moons&seed=9&epochs=1&epsilon=7&panels=one-image*0.5";
    Pag pag = Pag.run("toy", "--setup", text, "--epsilon", 5, "--lambda", 3, "--json");
    assertEquals(0, pag.code(), pag.err());
    String back = pag.json().get("setup").getAsString();
    for (String kept : List.of("points=moons", "seed=9", "epsilon=5", "panels=one-image*3")) {
      assertTrue(back.contains(kept), kept + " is not in " + back);
    }
    assertTrue(pag.out().contains("\"seed\":9"), pag.out());
  }

  @Test
  void wrongWordsAreOneSentence() {
    assertTrue(Pag.run("toy", "--methods", "magic").err().contains("nknown method \"magic\""));
    assertTrue(Pag.run("toy", "--seeds", 0).err().startsWith("--seeds must be"));
    assertTrue(Pag.run("toy", "--out", "/no/such/f.png").err().contains("does not exist"));
    Pag ending = Pag.run("toy", "--epochs", 1, "--out", folder.resolve("figure.gif"));
    assertTrue(ending.err().contains("is saved as .png, .pdf or .svg"), ending.err());
  }
}
