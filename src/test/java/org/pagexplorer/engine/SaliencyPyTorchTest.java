package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.Python;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.PlainCnn;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.domain.Tensor;

/**
 * A small CNN's maps against Captum's definitions, written down in PyTorch for Python (Captum
 * faac0877: {@code noise_tunnel.py}, {@code integrated_gradients.py} with {@code gausslegendre},
 * {@code layer/grad_cam.py} with {@code relu_attributions}, {@code LayerAttribution.interpolate});
 * skipped where there is none.
 */
class SaliencyPyTorchTest extends OnEveryDevice {
  private static final Architecture NETWORK =
      new Architecture(PlainCnn.of("cnn-c6k3s1p1m2-c7k3s1p0-l9").family(), 1, Given.SMALL, 5);
  private static final List<Image> IMAGES = Given.images(Given.SMALL, 2, 0, 1, 21);
  private static final int[] CLASSES = {3, 1};
  private static final SequencedMap<String, Tensor> TENSORS = Given.tensors(NETWORK, 31);
  private static final int SAMPLES = 6;
  private static final int STEPS = 11;
  private static final double SIGMA = 0.25;

  private static final String SCRIPT =
      """
      import json, sys
      import numpy as np
      import torch
      import torch.nn.functional as F

      folder = sys.argv[1] + "/"
      given = json.load(open(folder + "given.json"))

      def read(name, shape):
          return torch.from_numpy(np.fromfile(folder + name + ".f32", dtype="<f4").reshape(shape))

      def write(name, tensor):
          tensor.detach().numpy().astype("<f4").tofile(folder + name + ".f32")

      w = {name: read(name, shape) for name, shape in given["tensors"].items()}
      mean = torch.tensor(given["mean"]).view(1, 3, 1, 1)
      std = torch.tensor(given["std"]).view(1, 3, 1, 1)
      classes = torch.tensor(given["classes"])
      x = read("images", (2, 3, 8, 8))

      def forward(x, kept=None):
          kept = {} if kept is None else kept
          kept["conv1"] = F.conv2d((x - mean) / std, w["conv1.weight"], w["conv1.bias"], padding=1)
          kept["conv1.activation"] = F.relu(kept["conv1"])
          h = kept["conv1.activation.maxPool"] = F.max_pool2d(kept["conv1.activation"], 2)
          h = kept["conv2"] = F.conv2d(h, w["conv2.weight"], w["conv2.bias"])
          h = kept["conv2.activation"] = F.relu(h)
          h = F.relu(F.linear(h.flatten(1), w["fc1.weight"], w["fc1.bias"]))
          return F.linear(h, w["fc2.weight"], w["fc2.bias"])

      def of_class(rows, c):
          return rows.gather(1, c.view(-1, 1)).squeeze(1)

      def gradient(score, x):
          x = x.clone().requires_grad_(True)
          return torch.autograd.grad(score(x).sum(), x)[0]

      write("gradient", gradient(lambda x: of_class(forward(x), classes), x))
      log_p = lambda x, c: of_class(F.log_softmax(forward(x), 1), c)
      write("log-probability", gradient(lambda x: log_p(x, classes), x))
      write("loss", gradient(lambda x: F.cross_entropy(forward(x), classes, reduction="sum"), x))

      # NoiseTunnel, smoothgrad: the mean of the attributions of expanded inputs.
      n = given["samples"]
      noisy = read("noisy", (2, n, 3, 8, 8))
      expanded = classes.repeat_interleave(n)
      grads = gradient(lambda x: of_class(forward(x), expanded), noisy.flatten(0, 1))
      write("smoothgrad", grads.view(2, n, 3, 8, 8).mean(1))

      # The plug-in estimate of Salman et al. 2019: -log of the mean of the probabilities.
      y = noisy.clone().requires_grad_(True)
      p = of_class(F.softmax(forward(y.flatten(0, 1)), 1), expanded).view(2, n)
      by_copy = torch.autograd.grad(p.mean(1).log().sum(), y)[0]
      write("smoothed", by_copy.sum(1))

      # IntegratedGradients: alphas and step sizes of gauss_legendre_builders.
      steps = given["steps"]
      nodes, weights = np.polynomial.legendre.leggauss(steps)
      total = torch.zeros_like(x)
      for alpha, size in zip(0.5 * (1 + nodes), 0.5 * weights):
          at = 0.5 + float(alpha) * (x - 0.5)
          total += float(size) * gradient(lambda x: of_class(forward(x), classes), at)
      attributions = total * (x - 0.5)
      write("integrated-gradients", attributions)
      ends = of_class(forward(x), classes) - of_class(forward(torch.full_like(x, 0.5)), classes)
      write("delta", attributions.flatten(1).sum(1) - ends)

      # LayerGradCam with relu_attributions, then interpolate.
      for layer in given["layers"]:
          kept = {}
          score = of_class(forward(x.clone().requires_grad_(True), kept), classes).sum()
          layer_grad = torch.autograd.grad(score, kept[layer])[0]
          summed = layer_grad.mean(dim=(2, 3), keepdim=True)
          cam = F.relu((summed * kept[layer]).sum(dim=1, keepdim=True))
          write("grad-cam." + layer, F.interpolate(cam, (8, 8), mode="bilinear"))
      """;

  private static final List<String> LAYERS =
      List.of("conv1", "conv1.activation", "conv1.activation.maxPool", "conv2", "conv2.activation");

  @TempDir private static Path folder;

  private static SaliencySpecification spec(SaliencyMethod method) {
    return new SaliencySpecification(
        method, SAMPLES, SIGMA, STEPS, SaliencySpecification.Baseline.GRAY, "", 5);
  }

  @BeforeAll
  static void runPython() throws Exception {
    assumeTrue(Python.has("torch, numpy", folder), "there is no PyTorch for Python here");
    String shapes =
        TENSORS.entrySet().stream()
            .map(e -> "\"%s\": %s".formatted(e.getKey(), e.getValue().shape().sides()))
            .collect(Collectors.joining(", "));
    String given =
        """
        {"samples": %d, "steps": %d, "classes": [3, 1], "mean": %s, "std": %s, "layers": [%s],
         "tensors": {%s}}
        """;
    Files.writeString(
        folder.resolve("given.json"),
        given.formatted(
            SAMPLES,
            STEPS,
            Given.NORMALIZATION.mean(),
            Given.NORMALIZATION.std(),
            LAYERS.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ")),
            shapes));
    for (var entry : TENSORS.entrySet()) {
      write(entry.getKey(), entry.getValue().values());
    }
    write("images", Given.concatenated(IMAGES));
    write("noisy", noisy());
    assertEquals("", Python.run(SCRIPT, folder, folder.toString()));
  }

  private static float[] noisy() {
    SaliencyPoints points =
        new SaliencyPoints(spec(SaliencyMethod.SMOOTHGRAD), Given.NORMALIZATION);
    int size = Given.SMALL.size();
    float[] all = new float[2 * SAMPLES * size];
    for (int j = 0; j < 2 * SAMPLES; j++) {
      int i = j / SAMPLES;
      float[] point = points.at(IMAGES.get(i), CLASSES[i], j % SAMPLES);
      System.arraycopy(point, 0, all, j * size, size);
    }
    return all;
  }

  private static void write(String name, float[] values) throws IOException {
    Python.write(folder.resolve(name + ".f32"), values);
  }

  private List<SaliencyMap> maps(SaliencySpecification spec) {
    try (Classifier f = Given.classifier(engine, NETWORK, 31)) {
      return new Saliency(f, spec, 5).of(IMAGES, CLASSES, AttackObserver.NONE).orElseThrow();
    }
  }

  private static void assertSame(String file, List<SaliencyMap> maps) throws IOException {
    float[] expected = Python.read(folder.resolve(file + ".f32"));
    float[] found = Given.concatenated(maps.stream().map(SaliencyMap::values).toList());
    double largest = Given.largestDifference(expected, new float[expected.length]);
    assertTrue(largest > 0, file + " is zero");
    double difference = Given.largestDifference(expected, found);
    assertTrue(difference <= 1e-5 * largest, file + " differs by " + difference + " of " + largest);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRAD_CAM")
  void mapsAreCaptums(SaliencyMethod method) throws IOException {
    assertSame(method.id(), maps(spec(method)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv1",
        "conv1.activation",
        "conv1.activation.maxPool",
        "conv2",
        "conv2.activation"
      })
  void gradCamOfAnyLayerIsCaptums(String layer) throws IOException {
    assertSame("grad-cam." + layer, maps(spec(SaliencyMethod.GRAD_CAM).ofLayer(layer)));
  }

  @Test
  void errorOfIntegratedGradientsIsCaptumsConvergenceDelta() throws IOException {
    List<SaliencyMap> maps = maps(spec(SaliencyMethod.INTEGRATED_GRADIENTS));
    float[] delta = Python.read(folder.resolve("delta.f32"));
    for (int i = 0; i < delta.length; i++) {
      assertTrue(Math.abs(delta[i]) > 1e-5, "nothing is left to be compared");
      assertEquals(delta[i], maps.get(i).completeness().orElseThrow().error(), 1e-5);
    }
  }
}
