package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * A user's TorchScript program on a device, in eval mode. Loading it runs its code: only after the
 * user has said that the file is trusted.
 */
public final class Program implements AutoCloseable {
  private final Path file;
  private final TorchEngine engine;
  private final PtSymbolBlock block;

  private Program(Path file, TorchEngine engine, PtSymbolBlock block) {
    this.file = file;
    this.engine = engine;
    this.block = block;
  }

  /**
   * Loads a trusted program.
   *
   * @throws UserException if PyTorch cannot load it
   */
  public static Program load(TorchEngine engine, Path file) {
    return load(engine, file, file);
  }

  /**
   * Loads a copy of a trusted program.
   *
   * @param file the user's, which sentences name
   * @throws UserException if PyTorch cannot load it
   */
  public static Program load(TorchEngine engine, Path copy, Path file) {
    try {
      // With its parameters trainable, since DJL otherwise makes tensors that know no gradients.
      PtSymbolBlock block =
          JniUtils.loadModule(
              (PtNDManager) engine.manager(), copy, true, new String[0], new String[0], true);
      JniUtils.enableInferenceMode(block); // eval(), whatever it was saved in
      return new Program(file, engine, block);
    } catch (RuntimeException e) {
      throw new UserException(
          file + " cannot be loaded by PyTorch " + TorchEngine.version() + ": " + reason(e) + ".",
          e);
    }
  }

  /** N × classes logits of N × C × H × W inputs, with the graph back to them. */
  NDArray logits(NDArray x) {
    try {
      // Not block.forward, whose first call with a graph would switch to train mode.
      NDList results = IValueUtils.forward(block, new NDList(x), true);
      results.attach(x.getManager());
      return results.head();
    } catch (RuntimeException e) {
      if (OutOfMemory.isCauseOf(e)) {
        throw e;
      }
      throw new UserException(
          "%s fails on inputs of %s: %s.".formatted(file, x.getShape().slice(1), reason(e)), e);
    }
  }

  /**
   * How many logits it gives for an image.
   *
   * @throws UserException if it takes no such image, or gives no row of logits
   */
  public int classes(InputShape input) {
    try (NDManager scratch = engine.manager().newSubManager()) {
      Shape shape = new Shape(1, input.channels(), input.height(), input.width());
      Shape logits = logits(scratch.zeros(shape)).getShape();
      if (logits.dimension() != 2 || logits.get(0) != 1 || logits.get(1) < 2) {
        throw new UserException(
            "%s gives %s for an image of %s, not a row of logits.".formatted(file, logits, input));
      }
      return Math.toIntExact(logits.get(1));
    }
  }

  /** PyTorch's words come last, after the program's own stack. */
  private static String reason(RuntimeException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((_, line) -> line)
        .map(line -> line.endsWith(".") ? line.substring(0, line.length() - 1) : line)
        .orElse("PyTorch gives no reason");
  }

  @Override
  public void close() {
    block.close();
  }
}
