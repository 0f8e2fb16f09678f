package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
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
import org.pagexplorer.domain.Outcome;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.ThreatModel;

/**
 * A network that is surer of the same answers, as one that was trained longer: who survives PGD is
 * who survives it in float64, to an image. Cross-entropy's own float32 gradient is rounding there,
 * and most of the images seem robust. Skipped where there is no PyTorch for Python.
 */
class ScaledLogitsTest extends OnEveryDevice {
  /** Every eighth sample; all 120 at 1, 10, 30, and 1000 times the logits take some minutes. */
  private static final int N = 15;

  private static final Path MODEL = Path.of("models", "cifar10-nearest-neighbor.safetensors");

  private static final String SCRIPT =
      Float64ResNet.DEFINED
          + """
          f = network(load(sys.argv[1]))
          folder, epsilon, step, norm = sys.argv[2], *map(float, sys.argv[3:5]), sys.argv[5]

          def read(name, *shape):
              values = np.fromfile(folder + "/" + name, "<f4").reshape(shape)
              return torch.from_numpy(values.astype(np.float64))

          labels = read("labels", -1).long()
          origins = read("origins", -1, 3, 32, 32)
          starts = read("starts", -1, 3, 32, 32)
          scale = float(sys.argv[6])
          standing = (f(origins).argmax(1) == labels).nonzero()[:, 0]
          x = starts[standing]
          for t in range(21):
              x = x.clone().requires_grad_(True)
              z = scale * f(x)
              y = labels[standing]
              others = z.masked_fill(F.one_hot(y, z.shape[1]).bool(), -float("inf"))
              odds = others.logsumexp(1) - z.gather(1, y[:, None])[:, 0]
              g = torch.autograd.grad(odds.sum(), x)[0]
              kept = z.argmax(1) == y
              standing, x, g = standing[kept], x.detach()[kept], g[kept]
              origin = origins[standing]
              if t < 20 and norm == "LINF":
                  x = origin + (x + step * g.sign() - origin).clamp(-epsilon, epsilon)
              elif t < 20:
                  lengths = lambda a: a.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
                  delta = x + step * g / lengths(g) - origin
                  x = origin + delta * (epsilon / lengths(delta)).clamp(max=1)
              x = x.clamp(0, 1)
          print(*standing.tolist())
          """;

  @TempDir private Path folder;

  @Test
  void whoSurvivesIsWhoSurvivesInFloat64HoweverSureTheNetworkIs() throws Exception {
    assumeTrue(Python.has("torch, numpy", folder), "there is no PyTorch for Python here");
    check(new ThreatModel(Norm.LINF, 0.031), 30);
    check(new ThreatModel(Norm.L2, 0.5), 1000);
  }

  private void check(ThreatModel threat, int scale) throws Exception {
    AttackSpecification spec = AttackSpecification.evaluation(threat, 20, 0);
    Dataset samples = Samples.open(Path.of("assets"));
    int apart = samples.size() / N;
    List<Image> images = IntStream.range(0, N).mapToObj(i -> samples.image(i * apart)).toList();
    int[] labels = IntStream.range(0, N).map(i -> samples.label(i * apart)).toArray();
    write(images, labels, spec);
    String theirs =
        Python.run(
            SCRIPT,
            folder,
            MODEL.toAbsolutePath().toString(),
            folder.toString(),
            String.valueOf(threat.epsilon()),
            String.valueOf(spec.stepSize()),
            threat.norm().name(),
            String.valueOf(scale));
    assertFalse(theirs.isBlank(), "nobody survives");
    assertEquals(theirs.strip(), survivors(scale, spec, images, labels), threat + " × " + scale);
  }

  private void write(List<Image> images, int[] labels, AttackSpecification spec) throws Exception {
    float[] classes = new float[N];
    for (int i = 0; i < N; i++) {
      classes[i] = labels[i];
    }
    Python.write(folder.resolve("labels"), classes);
    NDArray origins = Pixels.toArray(images, manager);
    Python.write(folder.resolve("origins"), origins.toFloatArray());
    NDArray starts = new PgdStep(spec).start(images, Goal.leaveEach(labels), 0, origins);
    Python.write(folder.resolve("starts"), starts.toFloatArray());
  }

  /** Indices of those images, ascending. */
  private String survivors(int scale, AttackSpecification spec, List<Image> images, int[] labels) {
    Checkpoint checkpoint = CheckpointFiles.read(MODEL);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(checkpoint.tensors());
    tensors.replaceAll(
        (name, tensor) -> name.startsWith("linear.") ? times(tensor, scale) : tensor);
    try (Classifier f =
        Classifier.of(
            engine,
            checkpoint.card().architecture(),
            checkpoint.card().normalization(),
            tensors,
            Precision.EXACT)) {
      List<Outcome> outcomes =
          new UntargetedPgd(f, spec).run(images, labels, new AttackObserver() {}).orElseThrow();
      return String.join(
          " ",
          IntStream.range(0, N)
              .filter(i -> outcomes.get(i).survived())
              .mapToObj(String::valueOf)
              .toList());
    }
  }

  private static Tensor times(Tensor tensor, int scale) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return new Tensor(tensor.shape(), values);
  }
}
