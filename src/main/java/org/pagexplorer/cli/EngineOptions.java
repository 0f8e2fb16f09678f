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
      description = "cpu, cuda:0, …, or mps (Apple's GPU, untried) (default: ${DEFAULT-VALUE})")
  String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "number of PyTorch's threads on the CPU; 0 for"
              + " all cores (default: ${DEFAULT-VALUE})")
  int threads;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  private int bounded = -1;

  /** PyTorch's threads, at most one a core, which is said once; 0 for all cores. */
  int threads() {
    if (bounded < 0) {
      bounded = CpuThreads.bounded(threads, spec);
    }
    return bounded;
  }

  /** Loads PyTorch; close the result after use. */
  TorchEngine open() {
    int most = threads();
    TorchEngine engine = TorchEngine.open(device);
    TorchEngine.useThreads(most);
    TorchEngine.remark(device).ifPresent(remark -> Report.note(spec, remark));
    return engine;
  }
}
