package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.util.ClearSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.toy.ToySetup;

class FigureCommandTest extends TwoModels {
  @BeforeAll
  static void write() {
    write(12);
  }

  private static Pag figure(int number, Path out) {
    return Pag.line(
        "figure {} --out {} --models {} {} --dataset {} --index 0,5 --steps 4",
        number,
        out,
        one,
        two,
        data);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5})
  void theSpecificationMakesTheSameBytesAgain(int number) throws IOException {
    Path out = folder.resolve("f" + number + ".png");
    Pag made = figure(number, out);
    assertEquals(0, made.code(), made.err());
    Path again = folder.resolve("again" + number + ".png");
    Pag remade =
        Pag.run("figure", "--from", folder.resolve("f" + number + ".png.json"), "--out", again);
    assertEquals(0, remade.code(), remade.err());
    assertArrayEquals(Files.readAllBytes(out), Files.readAllBytes(again));
    assertEquals(
        Files.readString(folder.resolve("f" + number + ".png.json")),
        Files.readString(folder.resolve("again" + number + ".png.json")));
    assertTrue(ImageIO.read(out.toFile()).getWidth() > 2 * 10 * 96);
  }

  /** The models' runs are in the specification: they may be gone when it is made again. */
  @Test
  void figure5HasTheCurvesOfItsRuns() throws IOException {
    Path runs = folder.resolve("sweep");
    Path run = Files.createDirectories(runs.resolve("a"));
    Pag.model(run.resolve("model.safetensors"), 3);
    Path without = folder.resolve("without.png");
    String line = "figure 5 --runs {} --dataset {} --index 0 --steps 1 --out {}";
    assertEquals(0, Pag.line(line, runs, data, without).code());
    Files.writeString(
        run.resolve("events.jsonl"),
        """
        {"event":"started","time":"2026-11-28T12:00:00Z","method":"class-mean","epochs":2}
        {"event":"epoch","epoch":1,"crossEntropy":2,"alignment":5.5,"trainAccuracy":0.2,"cleanAccuracy":0.25}
        {"event":"epoch","epoch":2,"crossEntropy":1,"alignment":4.5,"trainAccuracy":0.3,"cleanAccuracy":0.5}
        """);
    Path out = folder.resolve("curves.png");
    assertEquals(0, Pag.line(line, runs, data, out).code());
    JsonObject epochs =
        JsonParser.parseString(Files.readString(folder.resolve("curves.png.json")))
            .getAsJsonObject()
            .getAsJsonArray("models")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("epochs");
    assertEquals("[0.25,0.5]", epochs.get("cleanAccuracy").toString());
    assertEquals("[5.5,4.5]", epochs.get("alignment").toString());
    int height = ImageIO.read(out.toFile()).getHeight();
    assertTrue(height > ImageIO.read(without.toFile()).getHeight(), height + " pixels");
    Files.writeString(run.resolve("events.jsonl"), "{");
    Path again = folder.resolve("curves-again.png");
    Pag.line("figure --from {} --out {}", folder.resolve("curves.png.json"), again);
    assertArrayEquals(Files.readAllBytes(out), Files.readAllBytes(again));
    Path damaged = folder.resolve("damaged.png");
    assertEquals(0, Pag.line(line, runs, data, damaged).code());
    assertArrayEquals(Files.readAllBytes(without), Files.readAllBytes(damaged));
  }

  @Test
  void theSpecificationNamesWhatTheFigureIsMadeOf() throws IOException {
    Path out = folder.resolve("named.png");
    figure(4, out);
    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("named.png.json")))
            .getAsJsonObject();
    assertEquals(4, json.get("figure").getAsInt());
    assertEquals(2, json.getAsJsonArray("models").size());
    assertEquals(
        64,
        json.getAsJsonArray("models")
            .get(0)
            .getAsJsonObject()
            .get("sha256")
            .getAsString()
            .length());
    assertEquals(64, json.getAsJsonObject("dataset").get("sha256").getAsString().length());
    assertEquals(10, json.getAsJsonObject("attack").get("epsilon").getAsDouble());
    assertEquals("cpu", json.get("device").getAsString());
    assertTrue(json.getAsJsonObject("versions").has("pytorch"));
  }

  @Test
  @ClearSystemProperty(key = "pag.user")
  void aModelThatMovedIsFoundByItsHashAndAChangedOneIsRefused() throws IOException {
    Path moved = folder.resolve("moved.safetensors");
    Files.copy(one, moved);
    Path out = folder.resolve("m.png");
    assertEquals(
        0,
        Pag.line("figure 4 --out {} --models {} --dataset {} --index 0 --steps 1", out, moved, data)
            .code());
    Path models = Files.createDirectories(folder.resolve("user/models"));
    Files.move(moved, models.resolve("elsewhere.safetensors"));
    Path again = folder.resolve("again.png");
    System.setProperty("pag.user", folder.resolve("user").toString());
    Pag found = Pag.run("figure", "--from", folder.resolve("m.png.json"), "--out", again);
    assertEquals(0, found.code(), found.err());
    Files.delete(models.resolve("elsewhere.safetensors"));
    assertArrayEquals(Files.readAllBytes(out), Files.readAllBytes(again));
    Pag gone = Pag.run("figure", "--from", folder.resolve("m.png.json"), "--out", out);
    assertTrue(gone.err().contains("is gone"), gone.err());
    Pag.model(moved, 9);
    Pag changed = Pag.run("figure", "--from", folder.resolve("m.png.json"), "--out", out);
    assertEquals(1, changed.code());
    assertTrue(changed.err().contains("has been replaced"), changed.err());
    assertEquals(1, changed.err().lines().count(), changed.err());
  }

  @Test
  void figure3IsTheToys() throws IOException {
    Path out = folder.resolve("toy.png");
    Pag made = Pag.run("figure", 3, "--seed", 7, "--out", out, "--json");
    assertEquals(0, made.code());
    assertEquals(3, made.json().get("figure").getAsInt());
    assertEquals(out.toString(), made.json().get("file").getAsString());
    ToySetup paper = ToySetup.paper().withSeed(7);
    assertEquals(Toy.of(paper), FigureText.read(FigureText.beside(out)));
  }

  @Test
  void aFigureOfTheToysIsMadeAgainToTheByte() throws IOException {
    Path out = folder.resolve("few.png");
    FigureText.write(out, Toy.of(ToySetup.paper().withSeed(7).withEpochs(2)));
    Path specification = FigureText.beside(out);
    assertEquals(0, Pag.run("figure", "--from", specification, "--out", out).code());
    byte[] first = Files.readAllBytes(out);
    Path again = folder.resolve("again.png");
    assertEquals(0, Pag.run("figure", "--from", specification, "--out", again).code());
    assertArrayEquals(first, Files.readAllBytes(again));
    assertEquals(FigureText.read(specification), FigureText.read(FigureText.beside(again)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"figure\": 4}", "{\"figure\": 2, \"attack\": {}}"})
  void whatIsNoSpecificationIsOneSentence(String text) throws IOException {
    Path file = folder.resolve("broken.json");
    Files.writeString(file, text);
    Pag pag = Pag.run("figure", "--from", file, "--out", folder.resolve("x.png"));
    assertEquals(1, pag.code());
    assertEquals(1, pag.err().lines().count(), pag.err());
    assertTrue(pag.err().contains("is not a figure's specification"), pag.err());
  }

  @Test
  void otherNumbersAndNoneAreRefused() {
    assertEquals(2, Pag.run("figure", 2).code());
    assertEquals(2, Pag.run("figure").code());
    assertEquals(2, Pag.run("figure", 1, "--from", "x.json").code());
    Pag beside = Pag.run("figure", "--from", "x.json", "--epsilon", 5);
    assertEquals(2, beside.code());
    assertTrue(beside.err().contains("omit --epsilon"), beside.err());
  }
}
