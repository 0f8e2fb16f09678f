package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

  Autograd(NDManager manager) {
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
      throw new UncheckedIOException(e);
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
    for (NDArray input : inputs) {
      input.setName("inputs[]");
      arguments.add(input);
    }
    return call("gradients", arguments, output.getManager());
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
    return call(method, new NDList(arguments), arguments[0].getManager());
  }

  private NDList call(String method, NDList arguments, NDManager manager) {
    // DJL picks the method from the name of one extra argument, which it does not pass on.
    try (NDArray name = manager.create(0f)) {
      name.setName("module_method:" + method);
      arguments.add(name);
      NDList results = archive.forward(store, arguments, true);
      results.attach(manager);
      return results;
    }
  }

  @Override
  public void close() {
    archive.close();
  }
}
