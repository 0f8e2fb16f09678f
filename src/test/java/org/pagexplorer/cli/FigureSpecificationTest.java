package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.files.ThreadCost;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.model.OpenModel;

/** Somebody's specification of a figure: its ranges are checked when it is read. */
class FigureSpecificationTest {
  @TempDir static Path folder;
  private static Path model;
  private static String good = "";

  @BeforeAll
  static void makeOne() throws IOException {
    model = Pag.model(folder.resolve("model.safetensors"), 1);
    Path out = folder.resolve("good.png");
    Pag made =
        Pag.line(
            "figure 4 --out {} --models {} --dataset {} --index 0 --steps 1",
            out,
            model,
            Pag.dataset(folder.resolve("data"), 12));
    assertEquals(0, made.code(), made.err());
    JsonObject written =
        JsonParser.parseString(Files.readString(FigureText.beside(out))).getAsJsonObject();
    JsonObject image = written.getAsJsonArray("images").get(0).getAsJsonObject();
    image.remove("float32");
    image.addProperty("png", base64(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB)));
    good = written.toString();
  }

  private static String base64(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @Test
  void theGoodOneIsMade() throws IOException {
    assertEquals(0, from(good).code());
  }

  private static Pag from(String specification) throws IOException {
    Path file = Files.writeString(folder.resolve("s.json"), specification);
    return assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> Pag.run("figure", "--from", file, "--out", folder.resolve("out.png")));
  }

  private static String with(String path, String json) {
    JsonObject all = JsonParser.parseString(good).getAsJsonObject();
    JsonObject inner = all;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i + 1 < names.length; i++) {
      inner =
          inner.get(names[i]).isJsonArray()
              ? inner.getAsJsonArray(names[i]).get(0).getAsJsonObject()
              : inner.getAsJsonObject(names[i]);
    }
    inner.add(names[names.length - 1], JsonParser.parseString(json));
    return all.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "figure | 2 | has no attacked pictures",
        "figure | [4] | \"figure\" must be a whole number from 1 to 5",
        "threads | 100000 | \"threads\" must be a whole number from 0 to 4,096",
        "threads | -1 | \"threads\" must be a whole number",
        "batch | 0 | \"batch\" must be a whole number from 1 to 1,000,000",
        "batch | 1.5 | \"batch\" must be a whole number",
        "shape | [3] | \"shape\" must be a list of 3 entries",
        "shape | [3, 100000, 100000] | \"shape\" must be a whole number from 1 to 4,096",
        "shape | [2, 32, 32] | \"shape\" must begin with 1 or 3 channels",
        "shape | [3, 4096, 4096] | hold at most 0 images",
        "shape | [3, 31, 32] | The image of the figure's specification is 32×32 instead of 32×31",
        "columns | [] | \"columns\" must be a list of 1 to 10,000 entries",
        "columns | {} | \"columns\" must be a list",
        "columns | [[1]] | \"columns\" must be a text",
        "models | [] | \"models\" must be a list of 1 to 100 entries",
        "models | [null] | \"models\" must be an object",
        "models.sha256 | \"12\" | \"sha256\" must be 64 hexadecimal digits",
        "models.file | 7 | \"file\" must be a text",
        "dataset | 7 | \"dataset\" must be an object",
        "dataset.sha256 | \"\" | \"sha256\" must be 64 hexadecimal digits",
        "images | {} | \"images\" must be a list",
        "images | [[]] | \"images\" must be an object",
        "images.label | -1 | \"label\" must be a whole number from 0 to 9,999",
        "images.png | \"@\" | \"png\" must be in Base64",
        "images.png | \"AAAA\" | is not a readable image",
        "precision | \"exactly\" | \"precision\" must be one of exact, fast",
        "attack | [] | \"attack\" must be an object",
        "attack.norm | \"l3\" | \"norm\" must be one of l1, l2, linf",
        "attack.epsilon | 1e308 | \"epsilon\" must be a number from 0 to 1E+9",
        "attack.epsilon | -1 | \"epsilon\" must be a number",
        "attack.steps | 100001 | \"steps\" must be a whole number from 0 to 100,000",
        "attack.restarts | 2000000000 | \"restarts\" must be a whole number from 1 to 10,000",
        "attack.stepRule | \"sideways\" | \"stepRule\" must be one of normalized, raw",
        "attack.targeted | \"yes\" | \"targeted\" must be true or false",
        "attack.targeted | false | an untargeted attack makes one picture",
        "attack.seed | 1e30 | \"seed\" must be a whole number",
      })
  void aFieldOutOfItsRangeIsNamed(String path, String json, String sentence) throws IOException {
    Pag pag = from(with(path, json));
    assertRefused(pag, sentence);
    assertTrue(pag.err().contains("is not a figure's specification ("), pag.err());
  }

  private static void assertRefused(Pag pag, String sentence) {
    assertEquals(1, pag.code(), pag.err());
    assertEquals(1, pag.err().lines().count(), pag.err());
    assertTrue(pag.err().contains(sentence), pag.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "images.label | 10 | has the label 10, but the models know 10 classes",
        "columns | [\"unicorn\"] | know no class \"unicorn\"",
        "device | \"cuda:99\" | There is no device \"cuda:99\"",
        "models.file | \"/dev/zero\" | not available",
      })
  void whatItsModelsDoNotKnowIsNamed(String path, String json, String sentence) throws IOException {
    String specification =
        path.equals("models.file")
            ? with(path, json).replaceAll("\"sha256\":\"[0-9a-f]", "\"sha256\":\"e")
            : with(path, json);
    assertRefused(from(specification), sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[-1e308, -1e308, 1e308, 1e308]",
        "[0, 0, 1e308, 1]",
        "[0, 0, 0, 1]",
        "[0, 0, 1e-300, 1]",
        "[0, 0, 1]",
        "[0, 0, 1, null]"
      })
  void aRegionWithoutEndIsRefused(String region) throws IOException {
    Pag pag = from(toy(region, "1"));
    assertEquals(1, pag.code(), pag.err());
    assertTrue(pag.err().contains("is not a figure's specification ("), pag.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"[-9e8, -9e8, 1e9, 1e9]", "[5, 5, 1e-6, 1e-6]", "[-1e9, 0, 1e-6, 1e9]"})
  void aRegionAtTheEndOfItsRangeIsDrawn(String region) throws IOException {
    Pag pag = from(toy(region, "1"));
    assertEquals(0, pag.code(), pag.err());
  }

  @ParameterizedTest
  @CsvSource({"-1", "2000000000", "1.5"})
  void stepsAreThoseOfATraining(String steps) throws IOException {
    Pag pag = from(toy("[-10, -10, 20, 20]", steps));
    assertEquals(1, pag.code(), pag.err());
    assertTrue(pag.err().contains("\"steps\" must be a whole number from 0 to"), pag.err());
  }

  private static String toy(String region, String steps) {
    return "{\"figure\": 3, \"setup\": \"pag-toy:?points=moons&hidden=2&epochs=1&panels=vanilla\","
        + "\"region\": %s, \"steps\": %s}".formatted(region, steps);
  }

  @Test
  void aPictureThatUnpacksToGigabytesIsRefusedForLittle() throws IOException {
    String bomb = base64(new BufferedImage(12_000, 12_000, BufferedImage.TYPE_BYTE_BINARY));
    assertTrue(bomb.length() < 100_000, bomb.length() + " characters");
    ThreadCost before = ThreadCost.now();
    Path file = Files.writeString(folder.resolve("b.json"), with("images.png", "\"" + bomb + "\""));
    Pag pag = Pag.run("figure", "--from", file, "--out", folder.resolve("out.png"));
    long cost = before.since().bytes();
    assertTrue(pag.err().contains("is 12000×12000 instead of 32×32"), pag.err());
    assertTrue(cost < 16 << 20, cost + " bytes");
  }

  @Test
  void anUntargetedFigureOfPicturesWithoutLabelsIsMade() throws IOException {
    OpenModel open = OpenModel.read(model);
    Image image = new Image(InputShape.CIFAR, new float[3072]);
    Pictures pictures =
        new Pictures(
            4,
            FigureMaker.references(4, List.of(open)),
            List.of(new OriginalImage("a.png", "a.png", image, OptionalInt.empty(), "")),
            Optional.empty(),
            List.of("untargeted"),
            false,
            Optional.empty(),
            AttackSpecification.pictures(new ThreatModel(Norm.L2, 5), 3),
            Precision.EXACT,
            "cpu",
            50,
            1);
    Path figure = folder.resolve("untargeted.png");
    FigureText.write(figure, pictures);
    Path out = folder.resolve("remade.png");
    Pag pag = Pag.run("figure", "--from", FigureText.beside(figure), "--out", out);
    assertEquals(0, pag.code(), pag.err());
    Path again = folder.resolve("again.png");
    Pag.run("figure", "--from", FigureText.beside(out), "--out", again);
    assertArrayEquals(Files.readAllBytes(out), Files.readAllBytes(again));
  }

  @Test
  void pdfAndSvgOfTooManyPicturesAreRefusedBeforeWork() throws IOException {
    JsonObject all = JsonParser.parseString(good).getAsJsonObject();
    for (int i = 0; i < 501; i++) {
      all.getAsJsonArray("images").add(all.getAsJsonArray("images").get(0));
    }
    Path file = Files.writeString(folder.resolve("many.json"), all.toString());
    Pag pag = Pag.run("figure", "--from", file, "--out", folder.resolve("out.pdf"));
    assertEquals(1, pag.code());
    assertTrue(pag.err().startsWith("A PDF or SVG holds at most 5,000 pictures"), pag.err());
    assertTrue(Files.notExists(folder.resolve("out.pdf")));
  }
}
