package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.files.Sentences;

/**
 * {@code torch.autograd.grad} and the few other PyTorch operations that DJL's Java API lacks.
 *
 * <p>They come from a TorchScript archive of our own ({@code operations.torchscript}), since
 * TorchScript's {@code torch.grad} can build the graph of a gradient, which Eq. 1's weight gradient
 * needs. No {@code .grad} field is ever written, so nothing accumulates.
 */
final class Autograd implements AutoCloseable {
  private final PtSymbolBlock archive;
  private final ParameterStore store;
  private final NDManager base;
  private final Map<String, NDArray> names = new HashMap<>();

  Autograd(NDManager manager) {
    base = manager;
    archive = load((PtNDManager) manager);
    store = new ParameterStore(manager, false);
  }

  // decision: by way of a file, since DJL 0.35.1 never sees the end of a stream that it loads from.
  private static PtSymbolBlock load(PtNDManager manager) {
    try {
      Path file = Files.createTempFile("pag-operations", ".pt");
      try {
        Files.write(file, OperationsArchive.bytes());
        return JniUtils.loadModule(manager, file, true, new String[0], new String[0], true);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw Sentences.noTemporaryFolder(e);
    }
  }

  /**
   * ∇_input output, for a scalar output, on a graph of its own so that it can be differentiated
   * again.
   */
  NDArray gradientWithGraph(NDArray output, NDArray input) {
    return archive.forward(store, new NDList(output, input), true).head();
  }

  /** ∇_input output, for a scalar output; frees the graph. */
  NDArray gradient(NDArray output, NDArray input) {
    return call("gradient", output, input).head();
  }

  /**
   * The gradient of a scalar output with respect to each input, in their order; frees the graph.
   */
  NDList gradients(NDArray output, List<NDArray> inputs) {
    NDList arguments = new NDList(inputs.size() + 2);
    arguments.add(output);
    addAll(arguments, "inputs[]", inputs);
    return call("gradients", arguments, output.getManager());
  }

  /** ∇_input of each of several scalar outputs, in their order; frees the graph. */
  NDList gradientOfEach(List<NDArray> outputs, NDArray input) {
    NDList arguments = new NDList(outputs.size() + 2);
    input.setName(null);
    arguments.add(input);
    addAll(arguments, "outputs[]", outputs);
    return call("gradient_of_each", arguments, input.getManager());
  }

  /** Eq. 2, an image at a time: N losses in [0, 2] of N × anything; 1 where a vector is zero. */
  NDArray cosineLoss(NDArray v, NDArray u) {
    return call("cosine_loss", v, u).head();
  }

  /**
   * Eq. 1, then its first term, then its second without λ, each a scalar with its graph; one call,
   * since a small network's step would be mostly calls otherwise.
   *
   * @param aligned f(x), N × C, with the graph back to x: its gradients are aligned
   * @param logits N × C: their cross-entropy is taken
   * @param labels N true classes
   * @param targets K of the C classes for each image, K × N; their sum is scaled by C/K
   * @param directions the N wanted gradients of the first targets, then of the second, …
   */
  NDList objective(
      Alignment.Gradient gradient,
      NDArray x,
      NDArray aligned,
      NDArray logits,
      int[] labels,
      int[][] targets,
      NDArray directions,
      double lambda) {
    NDManager manager = logits.getManager();
    return call(
        gradient == Alignment.Gradient.LOGIT ? "objective" : "objective_of_log_probability",
        x,
        aligned,
        logits,
        manager.create(Arrays.stream(labels).asLongStream().toArray()),
        oneHot(targets, logits),
        directions,
        manager.create((float) lambda));
  }

  /** The input-gradients of K classes per image, K × N: first those of the first. */
  NDArray classGradients(Alignment.Gradient of, NDArray x, NDArray logits, int[][] targets) {
    String method =
        of == Alignment.Gradient.LOGIT ? "class_gradients" : "class_gradients_of_log_probability";
    return call(method, x, logits, oneHot(targets, logits)).head();
  }

  /** K × N × C. */
  private static NDArray oneHot(int[][] targets, NDArray logits) {
    int[] flat = Arrays.stream(targets).flatMapToInt(Arrays::stream).toArray();
    return CrossEntropy.oneHot(flat, logits)
        .reshape(targets.length, logits.getShape().get(0), logits.getShape().get(1));
  }

  /**
   * One step of Adam in place (Kingma and Ba 2015), with PyTorch's constants.
   *
   * @param loss a scalar with its graph back to the parameters
   * @param first one running mean of the gradient a parameter; second: of its square; steps: how
   *     many steps were taken, a scalar each
   */
  void adam(
      double rate,
      NDArray loss,
      List<NDArray> parameters,
      List<NDArray> first,
      List<NDArray> second,
      List<NDArray> steps) {
    NDManager manager = loss.getManager();
    NDList arguments = new NDList(manager.create((float) rate), loss);
    addAll(arguments, "parameters[]", parameters);
    addAll(arguments, "first[]", first);
    addAll(arguments, "second[]", second);
    addAll(arguments, "steps[]", steps);
    call("adam", arguments, manager).close();
  }

  /** DJL makes one list of arrays with one name that ends so. */
  private static void addAll(NDList arguments, String name, List<NDArray> arrays) {
    for (NDArray array : arrays) {
      array.setName(name);
      arguments.add(array);
    }
  }

  /** log((1 − p) / p) of each row's class, N of N × C logits, with its graph. */
  NDArray logOddsAgainst(NDArray logits, int[] classes) {
    return call("log_odds_against", logits, CrossEntropy.oneHot(classes, logits)).head();
  }

  /**
   * The same of several classes that do not compete with one another: log Σ e^z of the classes
   * whose weight is 0, less Σ weight · z of the others.
   *
   * @param weights N × C, from 0 to 1; of each row at least one is 0
   */
  NDArray logOddsAgainst(NDArray logits, NDArray weights) {
    return call("log_odds_against", logits, weights).head();
  }

  /** log(1 + exp(x)), with its graph. */
  NDArray softplus(NDArray x) {
    return call("softplus", x).head();
  }

  NDArray bfloat16(NDArray x) {
    return call("bfloat16", x).head();
  }

  NDArray float32(NDArray x) {
    return call("float32", x).head();
  }

  NDArray channelsLast(NDArray x) {
    return call("channels_last", x).head();
  }

  private NDList call(String method, NDArray... arguments) {
    for (NDArray argument : arguments) {
      argument.setName(null); // as a parameter it may have been one of a list
    }
    return call(method, new NDList(arguments), arguments[0].getManager());
  }

  private NDList call(String method, NDList arguments, NDManager manager) {
    arguments.add(names.computeIfAbsent(method, this::nameOf));
    NDList results = archive.forward(store, arguments, true);
    results.attach(manager);
    return results;
  }

  /** DJL picks the method from the name of one extra argument, which it does not pass on. */
  private NDArray nameOf(String method) {
    NDArray name = base.create(0f);
    name.setName("module_method:" + method);
    return name;
  }

  @Override
  public void close() {
    archive.close();
  }
}
