package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pagexplorer.Python;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.SafetensorsHeader;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.lab.figure.ReadApng;

class AttackCommandTest extends TwoModels {
  @BeforeAll
  static void write() {
    write(12);
  }

  private static Pag attack(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("attack", "--model", one));
    arguments.addAll(Arrays.asList(more));
    return Pag.run(arguments.toArray());
  }

  private static String refusal(Pag pag) {
    assertEquals(1, pag.code(), pag.err());
    assertEquals("", pag.out());
    assertEquals(1, pag.err().lines().count(), pag.err());
    return pag.err();
  }

  @Test
  void jsonHoldsEveryNumberOfEveryPicture() {
    JsonObject json =
        attack("--dataset", data, "--index", "0,3", "--epsilon", 0.5, "--steps", 3, "--json")
            .json();
    List<JsonObject> images = Pag.objects(json.get("images"));
    assertEquals(2, images.size());
    assertEquals("cat", images.getLast().get("label").getAsString());
    List<JsonObject> targets = Pag.objects(images.getFirst().get("targets"));
    assertEquals(Pag.CLASSES, targets.stream().map(t -> t.get("name").getAsString()).toList());
    for (JsonObject target : targets) {
      assertTrue(target.get("after").getAsDouble() > target.get("before").getAsDouble());
      assertTrue(target.get("l2").getAsDouble() <= 0.5 * (1 + 1e-5));
      assertTrue(target.get("linf").getAsDouble() <= target.get("l2").getAsDouble());
      assertTrue(target.has("success"));
      assertTrue(target.has("projectionShare"));
      assertEquals(0, target.get("zeroGradientShare").getAsDouble());
    }
    JsonObject specification = json.getAsJsonObject("specification");
    assertEquals(2.5 * 0.5 / 3, specification.get("stepSize").getAsDouble(), 1e-12);
    assertEquals("exact", specification.get("precision").getAsString());
  }

  @Test
  void framesShowTheGridFromItsFirstStepToItsResult() throws IOException {
    Path out = folder.resolve("still.png");
    Path frames = folder.resolve("moving.apng");
    Object[] line =
        Pag.words(
            "--dataset {} --index 0,3 --targets cat,dog --epsilon 4 --steps 2 --batch 3 --out {}"
                + " --frames {}",
            data,
            out,
            frames);
    assertEquals(0, attack(line).code());
    List<BufferedImage> read = ReadApng.of(frames).frames();
    assertEquals(3, read.size());
    BufferedImage still = ImageIO.read(out.toFile());
    assertEquals(0, differences(still, read.getLast()), "the end is the figure");
    int first = differences(still, read.getFirst());
    assertTrue(first > 0 && differences(still, read.get(1)) > 0, "what is before it is not");
  }

  /** But for the line below, which says the step. */
  private static int differences(BufferedImage one, BufferedImage other) {
    assertEquals(one.getWidth(), other.getWidth());
    assertEquals(one.getHeight(), other.getHeight());
    int differences = 0;
    for (int y = 0; y < one.getHeight() - 120; y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        differences += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
      }
    }
    return differences;
  }

  /** Every option beside its default, and each has to arrive. */
  @Test
  void everyOptionReachesTheAttack() {
    Object[] line =
        Pag.words(
            "--dataset {} --index 1 --targets cat --norm linf --epsilon 0.2 --steps 2 --step-size"
                + " 0.15 --step-rule raw --loss logit --random-start --restarts 3 --keep best"
                + " --no-clip --seed 17 --precision fast --json",
            data);
    JsonObject specification = attack(line).json().getAsJsonObject("specification");
    JsonObject expected =
        JsonParser.parseString(
                """
                {"norm": "linf", "epsilon": 0.2, "steps": 2, "stepSize": 0.15, "stepRule": "raw",
                 "loss": "logit", "randomStart": true, "restarts": 3, "keep": "best",
                 "clip": false, "seed": 17, "precision": "fast"}
                """)
            .getAsJsonObject();
    expected.entrySet().forEach(e -> assertEquals(e.getValue(), specification.get(e.getKey())));
  }

  @Test
  void withoutClippingPixelsLeaveTheirRange() {
    Path raw = folder.resolve("free.safetensors");
    Pag pag =
        attack(
            Pag.words(
                "--dataset {} --index 4 --targets cat --norm linf --epsilon 0.3 --steps 2 --no-clip"
                    + " --raw {}",
                data,
                raw));
    assertEquals(0, pag.code(), pag.err());
    float[] result = tensor(raw, Safetensors.readHeader(raw), "result.0").values();
    int outside = 0;
    for (float value : result) {
      outside += value < 0 || value > 1 ? 1 : 0;
    }
    assertTrue(outside > result.length / 10, outside + " of " + result.length);
  }

  @Test
  void imagesOfSeveralModelsNameTheirModelTheFirstModelsFirst() {
    JsonObject json =
        attack(two, "--dataset", data, "--index", "0,1", "--steps", 1, "--json").json();
    assertEquals(
        List.of(one, one, two, two),
        Pag.objects(json.get("images")).stream()
            .map(image -> Path.of(image.get("model").getAsString()))
            .toList());
    assertEquals(
        CheckpointFiles.sha256(two),
        Pag.objects(json.get("models")).getLast().get("sha256").getAsString());
  }

  @Test
  void rawHoldsOriginsAndResultsInTheBall() {
    Path raw = folder.resolve("raw.safetensors");
    Pag pag =
        attack(
            Pag.words(
                "{} --dataset {} --index 2,5 --targets dog,cat --norm linf --epsilon 0.1 --steps 4"
                    + " --random-start --raw {}",
                two,
                data,
                raw));
    assertEquals(0, pag.code(), pag.err());
    SafetensorsHeader header = Safetensors.readHeader(raw);
    assertEquals(List.of("origin", "result.0", "result.1"), List.copyOf(header.entries().keySet()));
    assertEquals("[\"cat\",\"dog\"]", header.metadata().get("targets"));
    assertEquals("0.1", header.metadata().get("epsilon"));
    Tensor origin = tensor(raw, header, "origin");
    Tensor result = tensor(raw, header, "result.1");
    assertEquals(TensorShape.of(2, 3, 32, 32), origin.shape());
    assertEquals(TensorShape.of(2, 2, 3, 32, 32), result.shape());
    assertEquals(Pag.testByte(2, 7) / 255f, origin.values()[7]);
    assertInBall(origin.values(), result.values());
  }

  private static Tensor tensor(Path file, SafetensorsHeader header, String name) {
    return Safetensors.readTensor(file, header, header.entries().get(name));
  }

  private static void assertInBall(float[] origins, float[] results) {
    int size = InputShape.CIFAR.size();
    float largest = 0;
    for (int i = 0; i < results.length; i++) {
      float origin = origins[i / (2 * size) * size + i % size];
      largest = Math.max(largest, Math.abs(results[i] - origin));
      assertTrue(results[i] >= 0 && results[i] <= 1);
    }
    assertTrue(largest > 0.05 && largest <= 0.1 * (1 + 1e-5), "largest change " + largest);
  }

  @Test
  void withRadiusZeroTheResultIsTheOrigin() {
    Path raw = folder.resolve("zero.safetensors");
    attack("--dataset", data, "--index", 4, "--targets", "cat", "--epsilon", 0, "--raw", raw);
    SafetensorsHeader header = Safetensors.readHeader(raw);
    Tensor result = tensor(raw, header, "result.0");
    assertTrue(Arrays.equals(tensor(raw, header, "origin").values(), result.values()));
  }

  @Test
  void figureShowsEveryPixelSixfold() throws IOException {
    Path out = folder.resolve("grid.png");
    assertEquals(0, attack("--dataset", data, "--index", "0,1", "--steps", 1, "--out", out).code());
    BufferedImage figure = ImageIO.read(out.toFile());
    assertTrue(figure.getWidth() > 11 * 192 && figure.getHeight() > 2 * 192);
    int[] corner = cornerOf(figure, Pag.testByte(0, 0), Pag.testByte(0, 1024));
    for (int y = 0; y < 192; y++) {
      for (int x = 0; x < 192; x++) {
        int red = figure.getRGB(corner[0] + x, corner[1] + y) >> 16 & 0xff;
        assertEquals(Pag.testByte(0, y / 6 * 32 + x / 6), red);
      }
    }
  }

  /** The first pixel of that red and green: the original's, which comes before its row. */
  private static int[] cornerOf(BufferedImage figure, int red, int green) {
    for (int x = 0; x < figure.getWidth(); x++) {
      for (int y = 0; y < figure.getHeight(); y++) {
        if ((figure.getRGB(x, y) >> 8 & 0xffff) == (red << 8 | green)) {
          return new int[] {x, y};
        }
      }
    }
    throw new AssertionError("the original is not in the figure");
  }

  @Test
  void untargetedLeavesTheLabelAndForFilesWhatTheModelNames() throws IOException {
    JsonObject labeled =
        attack("--dataset", data, "--index", 3, "--untargeted", "--steps", 2, "--json").json();
    assertEquals("cat", onlyTarget(labeled).get("name").getAsString());
    Path picture = picture(40, 32);
    Pag pag = attack("--image", picture, "--untargeted", "--steps", 2, "--json");
    JsonObject image = Pag.objects(pag.json().get("images")).getFirst();
    assertEquals(image.get("predicted"), onlyTarget(pag.json()).get("name"));
    assertFalse(image.has("label"));
    assertEquals("center-cropped from 40×32 to 32×32", image.get("note").getAsString());
    Pag words = attack("--image", picture, "--untargeted", "--steps", 2);
    assertTrue(words.out().contains("attacked away from the model's prediction"), words.out());
    assertTrue(words.out().contains("was center-cropped"), words.out());
  }

  private static JsonObject onlyTarget(JsonObject json) {
    List<JsonObject> targets =
        Pag.objects(Pag.objects(json.get("images")).getFirst().get("targets"));
    assertEquals(1, targets.size());
    return targets.getFirst();
  }

  private static Path picture(int width, int height) throws IOException {
    Path file = folder.resolve("picture.png");
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  @Test
  void unknownClassNamesTheKnownOnes() {
    String sentence = refusal(attack("--dataset", data, "--index", 0, "--targets", "cow"));
    assertTrue(sentence.startsWith("There is no class \"cow\": choose among airplane,"), sentence);
  }

  @Test
  void unknownIndexNamesTheRange() {
    for (String index : List.of("12", "012")) { // no number here is octal
      String sentence = refusal(attack("--dataset", data, "--index", index));
      assertTrue(sentence.contains("choose --index from 0 to 11"), sentence);
    }
  }

  @Test
  void whatIsNoWholeNumberIsCalledSo() {
    Pag pag = attack("--dataset", data, "--steps", "2.5");
    assertEquals(2, pag.code());
    assertTrue(pag.err().contains("'2.5' is not a whole number"), pag.err());
  }

  @Test
  void modelsOfDifferentClassesOrShapesAreRefused() {
    Path two = Pag.model(folder.resolve("ab.safetensors"), 3, InputShape.CIFAR, List.of("a", "b"));
    Path large = Pag.model(folder.resolve("large.safetensors"), 3, InputShape.STL, Pag.CLASSES);
    assertTrue(refusal(attack(two, "--json")).contains("choose models of the same classes"));
    assertTrue(refusal(attack(large, "--json")).contains("choose models that take the same"));
  }

  @Test
  void missingModelImageAndFolderAreRefusedBeforeAnyWork() {
    refusal(Pag.run("attack", "--model", folder.resolve("none.safetensors"), "--json"));
    refusal(attack("--image", folder.resolve("none.png"), "--json"));
    refusal(attack("--out", folder.resolve("none/grid.png")));
    Path raw = folder.resolve("not.safetensors");
    String sentence = refusal(attack("--raw", raw, "--out", folder.resolve("grid.jpg")));
    assertTrue(sentence.startsWith("A figure is saved as .png, .pdf or .svg"), sentence);
    assertFalse(Files.exists(raw));
    refusal(attack("--device", "cuda:99", "--dataset", data, "--index", 0, "--json"));
  }

  @Test
  void aFileThatIsNoPictureIsOneSentence() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertTrue(refusal(attack("--image", text, "--json")).contains("text.png"));
  }

  @Test
  void valuesOutOfRangeAreAWrongCommandLine() {
    Pag pag = attack("--dataset", data, "--index", 0, "--epsilon", -1);
    assertEquals(2, pag.code());
    assertTrue(pag.err().startsWith("--epsilon must be 0 to 1,000,000, not -1."), pag.err());
    assertEquals(2, attack("--dataset", data).code());
    assertEquals(2, attack("--dataset", data, "--image", "x.png").code());
  }

  @Test
  void fastPrecisionIsSaid() {
    Pag pag =
        attack("--dataset", data, "--index", 0, "--steps", 1, "--precision", "fast", "--json");
    JsonObject specification = pag.json().getAsJsonObject("specification");
    assertEquals("fast", specification.get("precision").getAsString());
  }

  /** Two models, two images, two targets, in that order. */
  @Test
  void rawIsWhatItsNameEndsIn() throws Exception {
    Path numpy = folder.resolve("raw.npy");
    Path raw = folder.resolve("same.safetensors");
    for (Path file : List.of(numpy, raw)) {
      Pag pag =
          attack(
              Pag.words(
                  "{} --dataset {} --index 2,5 --targets cat,dog --norm linf --epsilon 8/255"
                      + " --steps 2 --raw {}",
                  two,
                  data,
                  file));
      assertEquals(0, pag.code(), pag.err());
    }
    SafetensorsHeader header = Safetensors.readHeader(raw);
    float[] first = tensor(raw, header, "result.0").values();
    float[] second = tensor(raw, header, "result.1").values();
    byte[] bytes = Files.readAllBytes(numpy);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals("\u0093NUMPY\u0001\u0000", new String(bytes, 0, 8, StandardCharsets.ISO_8859_1));
    int start = 10 + buffer.getShort(8);
    assertEquals(0, start % 64);
    String words = new String(bytes, 10, start - 10, StandardCharsets.US_ASCII);
    assertTrue(words.contains("'descr': '<f4', 'fortran_order': False"), words);
    assertTrue(words.contains("(8, 3, 32, 32,)") && words.endsWith("\n"), words);
    assertEquals(start + 4 * (first.length + second.length), bytes.length);
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i], buffer.getFloat(start + 4 * i));
      assertEquals(second[i], buffer.getFloat(start + 4 * (first.length + i)));
    }
    Path scratch = Files.createDirectories(folder.resolve("python"));
    assumeTrue(Python.has("numpy", scratch), "there is no NumPy for Python here");
    String script =
        "import numpy, sys\n"
            + "a = numpy.load(sys.argv[1])\n"
            + "print(a.dtype, a.shape, a.flags.c_contiguous, '%.9f' % a[5, 1, 2, 3])";
    int at = ((5 - 4) * 3 + 1) * 1024 + 2 * 32 + 3;
    assertEquals(
        "float32 (8, 3, 32, 32) True " + String.format(Locale.ROOT, "%.9f", second[at]),
        Python.run(script, scratch, numpy.toString()).strip());
  }

  @Test
  void rawOfAnotherEndingIsRefusedBeforeTheWork() {
    for (String name : List.of("raw.npz", "raw", "raw.pt")) {
      Path raw = folder.resolve(name);
      String sentence = refusal(attack("--dataset", data, "--index", 0, "--raw", raw));
      assertTrue(sentence.startsWith("Raw pictures are saved as .safetensors or .npy"), sentence);
      assertFalse(Files.exists(raw));
    }
  }
}
