package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.Python;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.ThreatModel;

/**
 * The pictures' attack on every shipped model against float64, where cross-entropy's own gradient
 * can be trusted: the direction at every iterate, and where the attack ends, within what float64's
 * own end moves by when its gradients are off by 1e-4 of their length, as rounding through eighteen
 * layers may have them. Skipped where there is no PyTorch for Python.
 */
class SaturationTest extends OnEveryDevice {
  private static final double EPSILON = 5;
  private static final int STEPS = 6;
  private static final int N = 2;

  /**
   * Algorithm 1 in float64. There cross-entropy is differentiated as it stands where its gradient
   * is exact, and by its log-odds where even float64's is rounding.
   */
  private static final String SCRIPT =
      Float64ResNet.DEFINED
          + """
          n, epsilon, steps = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])

          def gradient(f, x, targets):
              x = x.clone().requires_grad_(True)
              z = f(x)
              entropy = F.cross_entropy(z, targets, reduction="none")
              others = z.masked_fill(F.one_hot(targets, z.shape[1]).bool(), -float("inf"))
              odds = others.logsumexp(1) - z.gather(1, targets[:, None])[:, 0]
              loss = torch.where(entropy > 1e-6, entropy, odds).sum()
              return torch.autograd.grad(loss, x)[0].flatten(1)

          for folder in sys.argv[4:]:
              f = network(load(folder + "/model"))

              def read(name, *shape):
                  values = np.fromfile(folder + "/" + name, "<f4").reshape(shape)
                  return torch.from_numpy(values.astype(np.float64))

              targets = read("targets", n).long()
              iterates = read("iterates", steps, n, 3, 32, 32)
              ours = read("gradients", steps, n, 3 * 32 * 32)
              lowest = 1
              for t in range(steps):
                  g = gradient(f, iterates[t], targets)
                  g = g / g.norm(dim=1, keepdim=True)
                  cosines = (g * ours[t]).sum(1) / ours[t].norm(dim=1)
                  lowest = min(lowest, cosines.min().item())
              start = iterates[0]

              def end(x, noise=0):
                  for t in range(steps):
                      g = gradient(f, x, targets)
                      g += noise * torch.randn_like(g) * g.norm(dim=1, keepdim=True) / g.shape[1]**0.5
                      step = (2.5 * epsilon / steps) * g / g.norm(dim=1, keepdim=True)
                      delta = x - step.view_as(x) - start
                      length = delta.flatten(1).norm(dim=1).view(n, 1, 1, 1)
                      x = (start + delta * (epsilon / length).clamp(max=1)).clamp(0, 1)
                  return x

              def mean(apart):
                  return (apart.flatten(1).norm(dim=1) / epsilon).mean().item()

              exact = end(start)
              torch.manual_seed(0)
              apart = mean(exact - read("pictures", n, 3, 32, 32))
              chaos, draws = 0, 0
              while apart > max(0.01, 2 * chaos) and draws < 8:
                  chaos, draws = max(chaos, mean(end(start, 1e-4) - exact)), draws + 1
              print(lowest, apart, chaos)
          """;

  @TempDir private Path folder;

  @Test
  void gradientsAndPicturesOfEveryShippedModelAreFloat64s() throws Exception {
    assumeTrue(Python.has("torch, numpy", folder), "there is no PyTorch for Python here");
    List<Path> models;
    try (Stream<Path> files = Files.list(Path.of("models"))) {
      models = files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
    List<String> arguments = new ArrayList<>(List.of("" + N, "" + EPSILON, "" + STEPS));
    for (Path model : models) {
      Path place = Files.createDirectory(folder.resolve(model.getFileName()));
      Files.copy(model, place.resolve("model"));
      attack(model, place);
      arguments.add(place.toString());
    }
    String printed = Python.run(SCRIPT, folder, arguments.toArray(String[]::new));
    List<String> lines = printed.lines().toList();
    assertEquals(models.size(), lines.size(), printed);
    for (int i = 0; i < lines.size(); i++) {
      String[] numbers = lines.get(i).split(" ");
      assertTrue(Double.parseDouble(numbers[0]) >= 0.999, models.get(i) + ": cosine " + printed);
      double chaos = Double.parseDouble(numbers[2]);
      assertTrue(
          Double.parseDouble(numbers[1]) <= Math.max(0.01, 2 * chaos),
          models.get(i) + ": distance " + printed);
    }
  }

  /** Two samples toward two classes: each iterate, the gradient that is taken there, the end. */
  private void attack(Path model, Path place) throws IOException {
    Checkpoint checkpoint = CheckpointFiles.read(model);
    Dataset samples = Samples.open(Path.of("assets"));
    List<Image> images = IntStream.range(0, N).mapToObj(i -> samples.image(29 * i)).toList();
    int[] targets = IntStream.range(0, N).map(i -> (3 * i + 4) % 10).toArray();
    List<Goal> goals = Arrays.stream(targets).mapToObj(Goal::reach).toList();
    AttackSpecification spec =
        AttackSpecification.pictures(new ThreatModel(Norm.L2, EPSILON), STEPS);
    List<float[]> iterates = new ArrayList<>();
    try (Classifier f =
        Classifier.of(
            engine,
            checkpoint.card().architecture(),
            checkpoint.card().normalization(),
            checkpoint.tensors(),
            Precision.EXACT)) {
      assertTrue(new Pgd(f, spec).run(images, goals, new KeptIterates(iterates)).isPresent());
      assertEquals(STEPS + 1, iterates.size());
      float[] pictures = iterates.removeLast();
      List<float[]> gradients = iterates.stream().map(x -> gradient(f, spec, x, targets)).toList();
      Python.write(place.resolve("iterates"), concatenated(iterates));
      Python.write(place.resolve("gradients"), concatenated(gradients));
      Python.write(place.resolve("pictures"), pictures);
      Python.write(place.resolve("targets"), floats(targets));
    }
  }

  private static float[] gradient(
      Classifier f, AttackSpecification spec, float[] x, int[] targets) {
    try (NDManager scratch = f.engine().manager().newSubManager()) {
      NDArray leaf = scratch.create(x, new Shape(targets.length).addAll(f.shape()));
      leaf.setRequiresGradient(true);
      Autograd autograd = f.engine().autograd();
      NDArray losses = new PgdStep(spec).losses(autograd, f.logits(leaf), targets).differentiated();
      return autograd.gradient(losses.sum(), leaf).toFloatArray();
    }
  }

  private static float[] floats(int[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }

  private static float[] concatenated(List<float[]> arrays) {
    int size = arrays.getFirst().length;
    float[] all = new float[arrays.size() * size];
    for (int i = 0; i < arrays.size(); i++) {
      System.arraycopy(arrays.get(i), 0, all, i * size, size);
    }
    return all;
  }
}
