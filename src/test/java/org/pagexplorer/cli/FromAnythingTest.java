package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.SafetensorsHeader;
import org.pagexplorer.lab.figure.FigureText;

/** Attacks that begin at no picture, and lead to more than one class. */
class FromAnythingTest extends TwoModels {
  private static final int SIZE = 3 * 32 * 32;

  @BeforeAll
  static void write() {
    write(20);
  }

  private static Pag attack(Object... more) {
    List<Object> line =
        new ArrayList<>(List.of("attack", "--model", one, "--steps", 3, "--epsilon", 3));
    line.addAll(Arrays.asList(more));
    return Pag.run(line.toArray());
  }

  private static float[] tensor(Path raw, String name) {
    SafetensorsHeader header = Safetensors.readHeader(raw);
    return Safetensors.readTensor(raw, header, header.entries().get(name)).values();
  }

  private static float[] picture(float[] all, int index) {
    return Arrays.copyOfRange(all, index * SIZE, (index + 1) * SIZE);
  }

  @Test
  void startImagesAreRowsAndTheReportSaysWhatTheyAre() {
    Path raw = folder.resolve("starts.safetensors");
    Pag pag =
        attack(
            "--dataset",
            data,
            "--start",
            "gray,noise:7,class-mean:cat,class-gaussian:cat:2",
            "--targets",
            "dog",
            "--raw",
            raw,
            "--json");
    assertEquals(0, pag.code(), pag.err());
    List<JsonObject> rows = Pag.objects(pag.json().get("images"));
    assertEquals(
        List.of("gray", "noise:7"),
        rows.stream().limit(2).map(row -> row.get("start").getAsString()).toList());
    assertTrue(
        rows.get(3).get("start").getAsString().startsWith("class-gaussian:cat:2 (of "),
        rows.get(3).toString());
    float[] origins = tensor(raw, "origin");
    assertEquals(0.5f, picture(origins, 0)[100]);
    Path again = folder.resolve("again.safetensors");
    attack("--start", "noise:7", "--targets", "dog", "--raw", again);
    assertArrayEquals(picture(origins, 1), tensor(again, "origin"));
    assertFalse(Arrays.equals(picture(origins, 1), picture(origins, 3)));
  }

  @Test
  void theEndsOfAStripAreTheClassesThemselves() {
    Path strip = folder.resolve("strip.safetensors");
    Pag pag = attack("--start", "gray", "--between", "cat,dog", "--at", "0,0.5,1", "--raw", strip);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(pag.out().contains("50 % cat, 50 % dog"), pag.out());
    Path ends = folder.resolve("ends.safetensors");
    attack("--start", "gray", "--targets", "cat,dog", "--raw", ends);
    float[] of = tensor(strip, "result.0");
    float[] alone = tensor(ends, "result.0");
    assertArrayEquals(picture(alone, 0), picture(of, 0), 1e-5f);
    assertArrayEquals(picture(alone, 1), picture(of, 2), 1e-5f);
    assertFalse(Arrays.equals(picture(of, 0), picture(of, 1)));
  }

  @Test
  void featuresAndNoClassAreReportedByTheirLosses() {
    Pag feature = attack("--start", "noise", "--feature", "conv1:1,layer2.0.conv1:3:2:4", "--json");
    assertEquals(0, feature.code(), feature.err());
    List<JsonObject> units =
        Pag.objects(Pag.objects(feature.json().get("images")).getFirst().get("targets"));
    assertEquals("unit 3 at 2, 4 of layer2.0.conv1", units.get(1).get("name").getAsString());
    for (JsonObject unit : units) {
      assertTrue(unit.get("lossAfter").getAsDouble() < unit.get("lossBefore").getAsDouble());
    }
    String said = attack("--start", "noise", "--feature", "conv1:1").out();
    assertTrue(said.contains("mean activation "), said);
    Pag none = attack("--start", "noise", "--away-from-all");
    assertEquals(0, none.code(), none.err());
    assertTrue(none.out().contains("mean loss"), none.out());
    assertTrue(none.out().contains("away from all classes"), none.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--start gray --index 0 | --start excludes --image and --index",
        "--start fog | \"fog\" is not a start image",
        "--start class-mean:elk | There is no class \"elk\"",
        "--between cat | --between takes two classes",
        "--between cat,cat | choose two different classes",
        "--between cat,dog --at 2 | --at must be 0 to 1, not 2",
        "--at 0.5 | --at goes with --between",
        "--feature conv7:0 | There is no layer \"conv7\"",
        "--feature conv1:99 | conv1 has channels 0 to 1, not 99.",
        "--away-from-all --targets cat | Choose one of --targets",
      })
  void whatCannotBeIsSaid(String words, String expected) {
    Pag pag = attack((Object[]) words.split(" "));
    assertTrue(pag.code() != 0 && pag.err().contains(expected), pag.err());
  }

  @ParameterizedTest
  @CsvSource({"--between,cat:dog", "--feature,conv1:0", "--away-from-all,"})
  void aFiguresSpecificationMakesItAgain(String option, String value) throws IOException {
    Path figure = folder.resolve("figure.png");
    List<Object> line =
        new ArrayList<>(
            List.of(
                "figure",
                4,
                "--models",
                one,
                two,
                "--start",
                "noise:3,class-gaussian:cat:1",
                "--dataset",
                data,
                "--steps",
                2,
                "--out",
                figure,
                option));
    if (value != null) {
      line.add(option.equals("--between") ? value.replace(':', ',') : value);
    }
    Pag pag = Pag.run(line.toArray());
    assertEquals(0, pag.code(), pag.err());
    JsonObject json =
        JsonParser.parseString(Files.readString(FigureText.beside(figure))).getAsJsonObject();
    assertTrue(json.has("aim"), json.keySet().toString());
    Path again = folder.resolve("remade.png");
    Pag remade = Pag.run("figure", "--from", FigureText.beside(figure), "--out", again);
    assertEquals(0, remade.code(), remade.err());
    assertArrayEquals(Files.readAllBytes(figure), Files.readAllBytes(again));
  }

  @Test
  void aSpecificationOfClassesHasNoAimAsBefore() throws IOException {
    Path figure = folder.resolve("classes.png");
    Pag.run("figure", 4, "--models", one, "--start", "gray", "--steps", 1, "--out", figure);
    JsonObject json =
        JsonParser.parseString(Files.readString(FigureText.beside(figure))).getAsJsonObject();
    assertFalse(json.has("aim"));
    assertEquals(
        10,
        FigureText.read(FigureText.beside(figure))
                instanceof org.pagexplorer.lab.figure.FigureSpecification.Pictures p
            ? p.columns().size()
            : 0);
  }
}
