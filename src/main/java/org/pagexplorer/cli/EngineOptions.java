package org.pagexplorer.cli;

import org.pagexplorer.engine.TorchEngine;
import picocli.CommandLine.Option;

/** Where a command computes. */
final class EngineOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu, cuda:0, … (default: ${DEFAULT-VALUE})",
      defaultValue = "cpu")
  String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "PyTorch's threads on the CPU; 0 for all cores (default: ${DEFAULT-VALUE})",
      defaultValue = "0")
  int threads;

  /** Loads PyTorch; close the result after use. */
  TorchEngine open() {
    TorchEngine engine = TorchEngine.open(device);
    TorchEngine.useThreads(threads);
    return engine;
  }
}
