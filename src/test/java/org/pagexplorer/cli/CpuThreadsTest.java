package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.engine.TorchEngine;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class CpuThreadsTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** One more than there are cores is enough to see, and harmless where it is not bounded. */
  private static final int TOO_MANY = CORES + 1;

  @TempDir Path folder;

  @Test
  void noMoreThanCoresAndItIsSaid() {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new PagCommand()).setErr(new PrintWriter(err, true));
    assertEquals(CORES, CpuThreads.bounded(3000, line.getCommandSpec()));
    assertTrue(
        err.toString().matches("This machine has \\d+ cores?: computing with .* 3,000\\.\\R"),
        err.toString());
    assertEquals(1, CpuThreads.bounded(1, line.getCommandSpec()));
    assertEquals(0, CpuThreads.bounded(0, line.getCommandSpec()));
    assertEquals(1, err.toString().lines().count());
    assertThrows(ParameterException.class, () -> CpuThreads.bounded(-1, line.getCommandSpec()));
  }

  @Test
  void pyTorchIsNeverGivenMoreThanCores() {
    TorchEngine.useThreads(1);
    TorchEngine.useThreads(TOO_MANY);
    assertEquals(CORES, JniUtils.getNumThreads());
    TorchEngine.useThreads(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"attack", "evaluate", "align", "saliency", "figure", "train", "toy", "bench"})
  void everyCommandBoundsItsThreads(String command) {
    Path model = Pag.model(folder.resolve("m.safetensors"), 1);
    Path data = Pag.dataset(folder.resolve("data"), 20);
    Object[] arguments =
        switch (command) {
          case "attack" -> new Object[] {"--model", model, "--index", 0, "--steps", 0};
          case "evaluate" ->
              new Object[] {"--model", model, "--dataset", data, "--limit", 1, "--steps", 1};
          case "align" -> new Object[] {"--model", model, "--dataset", data, "--limit", 2};
          case "saliency" -> new Object[] {"--model", model, "--index", 0, "--method", "gradient"};
          case "figure" ->
              new Object[] {
                4, "--models", model, "--index", 0, "--steps", 0, "--out", folder.resolve("f.png")
              };
          case "train" ->
              Pag.words(
                  "--method vanilla --architecture mlp --dataset {} --width 4 --epochs 1 --batch 20"
                      + " --test-images 10 --out {}",
                  data,
                  folder.resolve("t.safetensors"));
          case "toy" -> new Object[] {"--seeds", 1, "--epochs", 1};
          default -> new Object[] {"--width", 1, "--batch", 2, "--rounds", 1, "--no-training"};
        };
    Pag pag = Pag.run(with(command, arguments));
    assertTrue(
        pag.err().contains("computing with as many threads instead of " + TOO_MANY),
        pag.out() + pag.err());
    TorchEngine.useThreads(1);
  }

  private static Object[] with(String command, Object[] arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = command;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--threads";
    all[arguments.length + 2] = TOO_MANY;
    return all;
  }
}
