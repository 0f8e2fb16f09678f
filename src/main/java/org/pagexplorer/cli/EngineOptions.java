package org.pagexplorer.cli;

import org.pagexplorer.engine.TorchEngine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  /** PyTorch's threads, at most one a core; 0 for all cores. */
  int threads() {
    return CpuThreads.bounded(threads, spec);
  }

  /** Loads PyTorch; close the result after use. */
  TorchEngine open() {
    int bounded = threads();
    TorchEngine engine = TorchEngine.open(device);
    TorchEngine.useThreads(bounded);
    return engine;
  }
}
