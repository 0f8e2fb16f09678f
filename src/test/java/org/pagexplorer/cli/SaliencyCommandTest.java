package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.checkpoint.SafetensorsHeader;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;

/** Maps of two models, in files and in words. */
class SaliencyCommandTest extends TwoModels {
  private static final int SIZE = 3 * 32 * 32;

  @BeforeAll
  static void write() {
    write(6);
  }

  private static Pag saliency(Object... more) {
    List<Object> line =
        new ArrayList<>(
            List.of("saliency", "--model", one, two, "--dataset", data, "--index", "0,3"));
    line.addAll(List.of("--samples", 3, "--threads", 1));
    line.addAll(Arrays.asList(more));
    if (!line.contains("--ig-steps")) {
      line.addAll(List.of("--ig-steps", 5));
    }
    return Pag.run(line.toArray());
  }

  @Test
  void allMethodsOfTwoModelsBecomeAFigureAndTensors() throws IOException {
    Path out = folder.resolve("all.png");
    Path raw = folder.resolve("all.safetensors");
    Object[] line = {"--out", out, "--raw", raw, "--view", "signed,magnitude"};
    for (int time = 0; time < 2; time++) { // the second replaces the first
      Pag pag = saliency(line);
      assertEquals(0, pag.code(), pag.err());
      assertTrue(pag.out().contains("Random 1, mean ‖·‖₂"), pag.out());
      assertTrue(pag.out().contains("|Σ − (f(x) − f(x₀))| at most"), pag.out());
    }
    // Two images, each a row of two models; the original and twelve columns, at twice the size.
    assertTrue(ImageIO.read(out.toFile()).getWidth() > 2 * 13 * 96);
    assertTrue(ImageIO.read(out.toFile()).getHeight() > 2 * 4 * 96);
    SafetensorsHeader header = Safetensors.readHeader(raw);
    assertEquals(1 + 6 * 2, header.entries().size());
    float[] gradient = tensor(raw, header, "saliency.gradient.1");
    assertEquals(2 * SIZE, gradient.length);
    assertEquals(2 * 32 * 32, tensor(raw, header, "saliency.grad-cam.0").length);
    assertFalse(Arrays.equals(gradient, tensor(raw, header, "saliency.gradient.0")));
    assertTrue(header.metadata().get("methods").contains("\"sigma\":0.15"));
  }

  private static float[] tensor(Path raw, SafetensorsHeader header, String name) {
    return Safetensors.readTensor(raw, header, header.entries().get(name)).values();
  }

  @Test
  void integratedGradientsAddUpAndTheSumsAreInJson() {
    JsonObject json =
        saliency("--method", "integrated-gradients", "--ig-steps", 60, "--json").json();
    List<JsonObject> maps = Pag.objects(json.get("maps"));
    assertEquals(4, maps.size());
    for (JsonObject map : maps) {
      double gain = map.get("gain").getAsDouble();
      assertEquals(gain, map.get("sum").getAsDouble(), 0.02 * Math.abs(gain) + 1e-4);
      assertTrue(map.get("l2").getAsDouble() > 0);
    }
    JsonObject image = Pag.objects(json.get("images")).get(1);
    assertEquals("cat", image.get("label").getAsString());
    assertEquals("cat", image.get("target").getAsString());
  }

  @Test
  void scaleIsThe99thPercentileOfAllModelsAndImagesTogether() throws IOException {
    Path raw = folder.resolve("gradient.npy");
    JsonObject json =
        saliency("--method", "gradient", "--target", "dog", "--raw", raw, "--json").json();
    byte[] bytes = Files.readAllBytes(raw);
    float[] values = new float[4 * SIZE];
    ByteBuffer.wrap(bytes, bytes.length - 4 * values.length, 4 * values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    Arrays.sort(values);
    double scale = Pag.objects(json.get("methods")).getFirst().get("scale").getAsDouble();
    assertEquals(values[(int) Math.ceil(0.99 * values.length) - 1], scale, 1e-12);
    assertEquals("dog", Pag.objects(json.get("images")).getFirst().get("target").getAsString());
    JsonObject own = saliency("--method", "gradient", "--scale", "own", "--json").json();
    assertFalse(Pag.objects(own.get("methods")).getFirst().has("scale"));
  }

  @Test
  void logProbabilityIsTheNegativeOfTheLossAndNoiseIsTheSeeds() {
    float[][] log = maps("log-probability", 0);
    float[][] loss = maps("loss", 0);
    for (int i = 0; i < log[0].length; i++) {
      assertEquals(log[0][i], -loss[0][i]);
    }
    assertArrayEquals(maps("smoothgrad", 0)[1], maps("smoothgrad", 0)[1]);
    assertFalse(Arrays.equals(maps("smoothgrad", 0)[1], maps("smoothgrad", 1)[1]));
  }

  /** Of each model. */
  private static float[][] maps(String method, int seed) {
    Path raw = folder.resolve(method + ".raw.safetensors");
    Pag pag = saliency("--method", method, "--seed", seed, "--raw", raw);
    assertEquals(0, pag.code(), pag.err());
    SafetensorsHeader header = Safetensors.readHeader(raw);
    return new float[][] {
      tensor(raw, header, "saliency." + method + ".0"),
      tensor(raw, header, "saliency." + method + ".1")
    };
  }

  @Test
  void severalLayersAreSeveralColumns() {
    JsonObject json =
        saliency("--method", "grad-cam", "--layer", "conv1,layer2.0.conv1", "--json").json();
    List<JsonObject> methods = Pag.objects(json.get("methods"));
    assertEquals("conv1", methods.get(0).get("layer").getAsString());
    assertEquals("layer2.0.conv1", methods.get(1).get("layer").getAsString());
  }

  @ParameterizedTest
  @CsvSource({
    "--method, gradients, choose one of gradient",
    "--layer, layer9, There is no layer",
    "--sigma, -1, must be 0 to",
    "--ig-steps, 0, must be 1 to",
    "--baseline, pink, choose one of black",
    "--target, cow, There is no class",
    "--raw, maps.npy, choose one with --method",
    "--out, maps.bmp, .png"
  })
  void whatIsWrongIsSaid(String option, String value, String words) {
    String given = value.startsWith("maps") ? folder.resolve(value).toString() : value;
    Pag pag = saliency(option, given);
    assertTrue(pag.code() != 0 && pag.err().contains(words), pag.err());
  }

  @Test
  void helpNamesEveryMethodAndBaseline() {
    String help = Pag.run("saliency", "--help").out().replaceAll("\\s+", " ");
    for (Named choice : SaliencyMethod.values()) {
      assertTrue(help.contains(choice.id()), choice.id());
    }
    for (Named choice : SaliencySpecification.Baseline.values()) {
      assertTrue(help.contains(choice.id()), choice.id());
    }
  }

  @Test
  void aModelIsNotReplacedByMaps() throws IOException {
    byte[] before = Files.readAllBytes(one);
    Pag pag = saliency("--method", "gradient", "--raw", one);
    assertTrue(pag.err().contains("is a model"), pag.err());
    assertArrayEquals(before, Files.readAllBytes(one));
  }
}
