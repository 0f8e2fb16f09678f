package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.SafetensorsHeader;
import org.pagexplorer.lab.figure.FigureText;

/** Only what a mask leaves free is changed. */
class MaskCommandTest extends TwoModels {
  private static final int SIDE = 32;
  private static Path left;
  private static Path right;

  @BeforeAll
  static void write() throws IOException {
    write(12);
    left = mask("left.png", 0, 12);
    right = mask("right.png", 20, 32);
  }

  /** White from one column to another. */
  private static Path mask(String name, int from, int to) throws IOException {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIDE * (to - from); i++) {
      picture.setRGB(from + i % (to - from), i / (to - from), 0xffffff);
    }
    Path file = folder.resolve(name);
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private static Pag attack(Object... more) {
    List<Object> line =
        new ArrayList<>(
            List.of("attack", "--model", one, "--dataset", data, "--index", "0,3", "--steps", 3));
    line.addAll(Arrays.asList(more));
    return Pag.run(line.toArray());
  }

  /** Largest change of the columns from one to another, over images, targets and channels. */
  private static float largestChange(Path raw, int from, int to) {
    SafetensorsHeader header = Safetensors.readHeader(raw);
    float[] origin = tensor(raw, header, "origin");
    float[] result = tensor(raw, header, "result.0");
    int size = 3 * SIDE * SIDE;
    int targets = result.length / origin.length;
    float largest = 0;
    for (int i = 0; i < result.length; i++) {
      if (i % SIDE >= from && i % SIDE < to) {
        float before = origin[i / (targets * size) * size + i % size];
        largest = Math.max(largest, Math.abs(result[i] - before));
      }
    }
    return largest;
  }

  private static float[] tensor(Path raw, SafetensorsHeader header, String name) {
    return Safetensors.readTensor(raw, header, header.entries().get(name)).values();
  }

  @Test
  void onlyTheMaskedColumnsChangeTowardEachTarget() {
    Path raw = folder.resolve("one.raw.safetensors");
    Pag pag =
        attack(
            Pag.words("--targets cat,dog --norm linf --epsilon 0.2 --mask {} --raw {}", left, raw));
    assertEquals(0, pag.code(), pag.err());
    assertEquals(0, largestChange(raw, 12, SIDE));
    assertEquals(0.2f, largestChange(raw, 0, 12), 1e-6f);
    assertTrue(pag.out().contains("within painted regions"), pag.out());
  }

  @Test
  void masksHaveClassesAndBoundsOfTheirOwn() {
    Path raw = folder.resolve("two.raw.safetensors");
    Object[] line =
        Pag.words(
            "--norm linf --epsilon 0.2 --mask {} {} --mask-targets cat,dog --mask-epsilon"
                + " 0.05,8/255 --raw {} --json",
            left,
            right,
            raw);
    JsonObject json = attack(line).json();
    assertEquals(0.05f, largestChange(raw, 0, 12), 1e-6f);
    assertEquals(0, largestChange(raw, 12, 20));
    assertEquals(8 / 255f, largestChange(raw, 20, SIDE), 1e-6f);
    List<JsonObject> pictures =
        Pag.objects(Pag.objects(json.get("images")).getFirst().get("targets"));
    assertEquals(List.of("dog"), pictures.stream().map(p -> p.get("name").getAsString()).toList());
    JsonObject last = Pag.objects(json.getAsJsonObject("specification").get("masks")).getLast();
    assertEquals("dog", last.get("target").getAsString());
    assertEquals(8 / 255.0, last.get("epsilon").getAsDouble());
    assertEquals(right.toString(), last.get("file").getAsString());
  }

  @Test
  void aFigureOfMasksIsMadeAgainFromItsSpecificationAlone() throws IOException {
    Path figure = folder.resolve("painted.png");
    Pag made =
        Pag.line(
            "figure 4 --models {} --dataset {} --index 3 --steps 2 --mask {} {} --mask-targets"
                + " -,dog --mask-epsilon 3 --out {}",
            one,
            data,
            left,
            right,
            figure);
    assertEquals(0, made.code(), made.err());
    Path moved = Files.move(left, folder.resolve("moved.png"));
    try {
      Path again = folder.resolve("again.png");
      Pag from = Pag.run("figure", "--from", FigureText.beside(figure), "--out", again);
      assertEquals(0, from.code(), from.err());
      assertArrayEquals(Files.readAllBytes(figure), Files.readAllBytes(again));
    } finally {
      Files.move(moved, left);
    }
    Path whole = folder.resolve("whole.png");
    Pag.line("figure 4 --models {} --dataset {} --index 3 --steps 2 --out {}", one, data, whole);
    assertTrue(!Arrays.equals(Files.readAllBytes(figure), Files.readAllBytes(whole)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mask-targets,cat | --mask-targets has more classes than there are masks",
        "--mask,LEFT,--mask-epsilon,0.1,--mask-epsilon,0.2 | --mask-epsilon has more bounds",
        "--mask,LEFT,--mask-targets,cat,--targets,dog | Every mask has a class of its own",
        "--mask,LEFT,--mask-targets,cow | There is no class \"cow\"",
        "--mask,LEFT,--norm,linf,--mask-epsilon,8 | do you mean 8/255?",
        "--mask,NONE | There is no file",
      })
  void whatDoesNotFitIsSaid(String words, String sentence) {
    Object[] line =
        Arrays.stream(words.strip().split(","))
            .map(w -> w.equals("LEFT") ? left : w.equals("NONE") ? folder.resolve("none.png") : w)
            .toArray();
    Pag pag = attack(line);
    assertTrue(pag.code() > 0);
    assertTrue(
        pag.err().toLowerCase(Locale.ROOT).contains(sentence.strip().toLowerCase(Locale.ROOT)),
        pag.err());
  }
}
