package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.Python;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Tensor;

/** ResNet-18 and its training steps against PyTorch in Python; skipped where there is none. */
class PyTorchComparisonTest extends OnEveryDevice {
  private static final Architecture NETWORK = Architecture.resNet18(4, InputShape.CIFAR, 10);
  private static final List<Image> IMAGES = Given.images(InputShape.CIFAR, 6, 0, 1, 21);
  private static final int[] LABELS = {3, 1, 4, 1, 5, 9};
  private static final SequencedMap<String, Tensor> INITIAL = Given.tensors(NETWORK, 31);
  private static final float[] DIRECTIONS =
      Given.gaussian(10 * IMAGES.size() * InputShape.CIFAR.size(), 1, 41);
  private static final double RATE = 0.05;
  private static final double LAMBDA = 0.4;
  private static final double WEIGHT_DECAY = 1e-2;

  /** The usual CIFAR ResNet, with a width; then what the tests compare. */
  private static final String SCRIPT =
      """
      import json, sys
      import numpy as np
      import torch
      import torch.nn as nn
      import torch.nn.functional as F

      folder = sys.argv[1] + "/"
      given = json.load(open(folder + "given.json"))

      class BasicBlock(nn.Module):
          def __init__(self, in_planes, planes, stride):
              super().__init__()
              self.conv1 = nn.Conv2d(in_planes, planes, 3, stride=stride, padding=1, bias=False)
              self.bn1 = nn.BatchNorm2d(planes)
              self.conv2 = nn.Conv2d(planes, planes, 3, stride=1, padding=1, bias=False)
              self.bn2 = nn.BatchNorm2d(planes)
              self.shortcut = nn.Sequential()
              if stride != 1 or in_planes != planes:
                  self.shortcut = nn.Sequential(
                      nn.Conv2d(in_planes, planes, 1, stride=stride, bias=False),
                      nn.BatchNorm2d(planes))

          def forward(self, x):
              out = F.relu(self.bn1(self.conv1(x)))
              out = self.bn2(self.conv2(out))
              return F.relu(out + self.shortcut(x))

      class ResNet(nn.Module):
          def __init__(self, width, classes):
              super().__init__()
              self.in_planes = width
              self.conv1 = nn.Conv2d(3, width, 3, stride=1, padding=1, bias=False)
              self.bn1 = nn.BatchNorm2d(width)
              self.layer1 = self.stage(width, 1)
              self.layer2 = self.stage(2 * width, 2)
              self.layer3 = self.stage(4 * width, 2)
              self.layer4 = self.stage(8 * width, 2)
              self.linear = nn.Linear(8 * width, classes)

          def stage(self, planes, stride):
              blocks = []
              for s in [stride, 1]:
                  blocks.append(BasicBlock(self.in_planes, planes, s))
                  self.in_planes = planes
              return nn.Sequential(*blocks)

          def forward(self, x):
              out = F.relu(self.bn1(self.conv1(x)))
              out = self.layer4(self.layer3(self.layer2(self.layer1(out))))
              return self.linear(F.avg_pool2d(out, 4).view(x.size(0), -1))

      def read(name, shape):
          values = np.fromfile(folder + name + ".f32", dtype="<f4")
          return torch.from_numpy(values.reshape(shape).astype(np.float32))

      def write(name, tensor):
          tensor.detach().numpy().astype("<f4").tofile(folder + name + ".f32")

      def network():
          net = ResNet(given["width"], given["classes"])
          state = {name: read(name, shape) for name, shape in given["tensors"].items()}
          net.load_state_dict(state, strict=True)
          return net

      labels = torch.tensor(given["labels"])
      n = len(labels)
      images = read("images", (n, 3, 32, 32))
      directions = read("directions", (given["classes"], n, 3, 32, 32))
      mean = torch.tensor(given["mean"]).view(1, 3, 1, 1)
      std = torch.tensor(given["std"]).view(1, 3, 1, 1)

      def forward(net, x):
          return net((x - mean) / std)

      net = network().eval()
      x = images.clone().requires_grad_(True)
      logits = forward(net, x)
      loss = F.cross_entropy(logits, labels, reduction="sum")
      write("eval.logits", logits)
      write("eval.gradient", torch.autograd.grad(loss, x)[0])

      def train(name, weight, log_probability=False, batch=False, norm=0):
          # In float32 the gradient of log p is rounding where p is near 1.
          kind = torch.float64 if log_probability else torch.float32
          net = network().train().to(kind)
          optimizer = torch.optim.SGD(
              net.parameters(), lr=given["rate"], momentum=0.9, weight_decay=given["decay"])
          losses = []
          for step in range(2):
              x = images.to(kind, copy=True).requires_grad_(True)
              if batch or norm:
                  seen = logits = forward(net.train(), x)
              else:
                  # Only in eval mode does a gradient depend on its own image alone.
                  seen = forward(net.eval(), x)
                  # The pass in train mode writes into them, and that gradient has to read them.
                  for module in net.modules():
                      if isinstance(module, nn.BatchNorm2d):
                          module.running_mean = module.running_mean.clone()
                          module.running_var = module.running_var.clone()
                  logits = forward(net.train(), x.detach())
              if log_probability:
                  seen = F.log_softmax(seen, dim=1)
              entropy = F.cross_entropy(logits, labels)
              alignment = torch.zeros(())
              if weight > 0:
                  for c in range(given["classes"]):
                      v = torch.autograd.grad(seen[:, c].sum(), x, create_graph=True)[0]
                      v, u = v.flatten(1), directions[c].flatten(1).to(kind)
                      cosine = (v * u).sum(1) / (v.norm(dim=1) * u.norm(dim=1))
                      alignment = alignment + (1 - cosine).mean()
              penalty = torch.zeros(())
              if norm:
                  # As in github.com/adriarm/robustness_input_gradients, input_norm_losses.DBP.
                  gradient = torch.autograd.grad(entropy, x, create_graph=True)[0]
                  penalty = norm * n * gradient.abs().sum((-3, -2, -1)).mean()
              optimizer.zero_grad()
              (entropy + weight * alignment + penalty).backward()
              optimizer.step()
              losses += [entropy.item(), alignment.item()]
              for key, value in net.state_dict().items():
                  if not key.endswith("num_batches_tracked"):
                      write(name + str(step) + "." + key, value)
          write(name + ".losses", torch.tensor(losses))

      train("vanilla", 0)
      train("gradient-norm", 0, norm=0.0235)
      train("logit-running", given["lambda"])
      train("logit-batch", given["lambda"], batch=True)
      train("log-probability-running", given["lambda"], log_probability=True)
      train("log-probability-batch", given["lambda"], log_probability=True, batch=True)
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void runPython() throws Exception {
    assumeTrue(Python.has("torch, numpy", folder), "there is no PyTorch for Python here");
    Files.writeString(folder.resolve("given.json"), given());
    INITIAL.forEach((name, tensor) -> write(name, tensor.values()));
    write("images", Given.concatenated(IMAGES));
    write("directions", DIRECTIONS);
    assertEquals("", Python.run(SCRIPT, folder, folder.toString()));
  }

  private static String given() {
    StringBuilder shapes = new StringBuilder();
    INITIAL.forEach(
        (name, tensor) ->
            shapes
                .append(shapes.isEmpty() ? "" : ", ")
                .append("\"%s\": %s".formatted(name, tensor.shape().sides())));
    return """
    {"width": %d, "classes": 10, "labels": %s, "mean": %s, "std": %s,
     "rate": %s, "lambda": %s, "decay": %s, "tensors": {%s}}
    """
        .formatted(
            NETWORK.width(),
            java.util.Arrays.toString(LABELS),
            Given.NORMALIZATION.mean(),
            Given.NORMALIZATION.std(),
            RATE,
            LAMBDA,
            WEIGHT_DECAY,
            shapes);
  }

  private static void write(String name, float[] values) {
    try {
      Python.write(folder.resolve(name + ".f32"), values);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static float[] read(String name) throws IOException {
    return Python.read(folder.resolve(name + ".f32"));
  }

  private static void assertClose(float[] expected, float[] actual, double relative) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest > 0);
    assertTrue(
        Given.largestDifference(expected, actual) <= relative * largest,
        "differs by " + Given.largestDifference(expected, actual) + " of " + largest);
  }

  @Test
  void logitsAndInputGradientAreTheSame() throws IOException {
    try (Classifier f = Given.classifier(engine, NETWORK, 31)) {
      NDArray x = Pixels.toArray(IMAGES, manager);
      x.setRequiresGradient(true);
      NDArray logits = f.logits(x);
      NDArray gradient = engine.autograd().gradient(CrossEntropy.of(logits, LABELS).sum(), x);
      assertClose(
          read("eval.logits"), f.logits(Pixels.toArray(IMAGES, manager)).toFloatArray(), 1e-4);
      assertClose(read("eval.gradient"), gradient.toFloatArray(), 1e-4);
    }
  }

  @Test
  void vanillaStepsAreTheSame() throws IOException {
    assertSameSteps(
        "vanilla",
        0,
        Alignment.USUAL,
        new TrainingBatch(Given.concatenated(IMAGES), LABELS, new int[0], new float[0][]));
  }

  @Test
  void stepsWithTheGradientsNormAreTheSame() throws IOException {
    assertSameSteps(
        "gradient-norm",
        new Trainer.Settings(
            0,
            Alignment.USUAL,
            new Optimizer.Sgd(0.9, WEIGHT_DECAY),
            Optional.empty(),
            false,
            0.0235),
        new TrainingBatch(Given.concatenated(IMAGES), LABELS, new int[0], new float[0][]));
  }

  @ParameterizedTest
  @CsvSource({
    "LOGIT, RUNNING",
    "LOGIT, BATCH",
    "LOG_PROBABILITY, RUNNING",
    "LOG_PROBABILITY, BATCH"
  })
  void stepsWithInputGradientAlignmentAreTheSame(
      Alignment.Gradient gradient, Alignment.Statistics statistics) throws IOException {
    int[] targets = new int[10];
    float[][] directions = new float[10][];
    int size = DIRECTIONS.length / 10;
    for (int c = 0; c < 10; c++) {
      targets[c] = c;
      directions[c] = java.util.Arrays.copyOfRange(DIRECTIONS, c * size, (c + 1) * size);
    }
    assertSameSteps(
        gradient.id() + "-" + statistics.id(),
        LAMBDA,
        new Alignment(gradient, statistics),
        new TrainingBatch(Given.concatenated(IMAGES), LABELS, targets, directions));
  }

  private void assertSameSteps(String name, double lambda, Alignment alignment, TrainingBatch batch)
      throws IOException {
    Optimizer sgd = new Optimizer.Sgd(0.9, WEIGHT_DECAY);
    assertSameSteps(name, new Trainer.Settings(lambda, alignment, sgd, Optional.empty()), batch);
  }

  private void assertSameSteps(String name, Trainer.Settings settings, TrainingBatch batch)
      throws IOException {
    float[] losses = read(name + ".losses");
    try (Trainer trainer = new Trainer(engine, NETWORK, Given.NORMALIZATION, INITIAL, settings)) {
      for (int step = 0; step < 2; step++) {
        Trainer.Losses ours = trainer.step(batch, RATE);
        assertEquals(losses[2 * step], ours.crossEntropy(), 1e-4);
        assertEquals(losses[2 * step + 1], ours.alignment(), 1e-4);
        for (var entry : trainer.tensors().entrySet()) {
          float[] expected = read(name + step + "." + entry.getKey());
          assertArrayEquals(expected, entry.getValue().values(), 1e-4f, entry.getKey());
          assertMovedAlike(
              INITIAL.get(entry.getKey()).values(), expected, entry.getValue().values());
        }
      }
    }
  }

  /** The movement itself agrees to a hundredth, however small it is. */
  private static void assertMovedAlike(float[] from, float[] expected, float[] actual) {
    float[] movement = new float[from.length];
    float[] error = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      movement[i] = expected[i] - from[i];
      error[i] = actual[i] - expected[i];
    }
    assertTrue(Given.norm(movement) > 0);
    assertTrue(
        Given.norm(error) <= 1e-2 * Given.norm(movement),
        Given.norm(error) + " of " + Given.norm(movement));
  }
}
