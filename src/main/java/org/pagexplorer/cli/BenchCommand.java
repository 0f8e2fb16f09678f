package org.pagexplorer.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.BenchmarkMatrix;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.SpeedTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pag bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Measures this machine: image-steps a second of PGD in each precision, training images a"
            + " second of each method, and the float32 matrix rate. The network is an untrained"
            + " ResNet-18 for 32×32 images; each speed is a median.")
final class BenchCommand implements Callable<Integer> {
  private static final int STEPS = 4;
  private static final int MATRICES = 20;

  @Option(
      names = "--width",
      paramLabel = "W",
      defaultValue = "64",
      description = "channels of the first stage (default: ${DEFAULT-VALUE})")
  int width = 64;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "images at once (default: ${DEFAULT-VALUE})")
  int batch = 16;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "5",
      description = "how often each is measured (default: ${DEFAULT-VALUE})")
  int rounds = 5;

  @Option(names = "--no-training", description = "leave the training speeds out")
  boolean noTraining;

  @Option(names = "--compare-pytorch", description = "measure Python's PyTorch in turn, too")
  boolean comparePyTorch;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      defaultValue = "/usr/bin/python3",
      description = "the Python that has PyTorch (default: ${DEFAULT-VALUE})")
  String python = "/usr/bin/python3";

  @Mixin EngineOptions engineOptions;

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Spec CommandSpec spec;

  private final Speeds speeds = new Speeds();

  @Override
  public Integer call() {
    if (width < 1 || width > 512 || batch < 2 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--width must be 1 to 512, --batch 2 or more and --rounds 1 or more");
    }
    try (TorchEngine engine = engineOptions.open();
        Comparison comparison = comparison()) {
      double gigaflops = BenchmarkMatrix.gigaflops(engine, MATRICES);
      SpeedTest test = new SpeedTest(engine, width, batch);
      measureAttacks(test, comparison.eager());
      if (!noTraining) {
        measureTraining(test);
      }
      gigaflops = Math.max(gigaflops, BenchmarkMatrix.gigaflops(engine, MATRICES));
      report(
          new BenchReport(
              speeds, width, batch, engineOptions.device, gigaflops, comparison.version()));
    }
    return 0;
  }

  /** PyTorch's process, if one is asked for. */
  private record Comparison(@Nullable PyTorchEager eager) implements AutoCloseable {
    Optional<String> version() {
      return Optional.ofNullable(eager).map(PyTorchEager::version);
    }

    @Override
    public void close() {
      if (eager != null) {
        eager.close();
      }
    }
  }

  private Comparison comparison() {
    return new Comparison(
        comparePyTorch ? PyTorchEager.start(python, width, batch, engineOptions.threads) : null);
  }

  private void measureAttacks(SpeedTest test, @Nullable PyTorchEager eager) {
    try (Classifier exact = test.classifier(Precision.EXACT);
        Classifier fast = test.classifier(Precision.FAST)) {
      for (int round = 1; round <= rounds; round++) {
        Report.live(spec, "PGD: round " + round + " of " + rounds);
        speeds.add(BenchReport.EXACT, test.attackSteps(exact, STEPS, false));
        speeds.add(BenchReport.FAST, test.attackSteps(fast, STEPS, false));
        speeds.add(BenchReport.FRAMES, test.attackSteps(fast, STEPS, true));
        if (eager != null) {
          speeds.add(BenchReport.EAGER, eager.steps(STEPS));
        }
      }
    }
  }

  private void measureTraining(SpeedTest test) {
    // The other methods that align cost what Class Mean does.
    int steps = Math.min(rounds, 3);
    for (Method method : List.of(Method.VANILLA, Method.CLASS_MEAN, Method.ADVERSARIAL)) {
      Report.live(spec, "training: " + method.id());
      speeds.add("training " + method.id(), test.trainingSteps(method, steps));
    }
    Report.live(spec, "training: each image ten times");
    speeds.add(BenchReport.REPEATED, test.repeatedSteps(steps));
  }

  private void report(BenchReport report) {
    if (json) {
      Report.json(spec, report.json());
    } else {
      report.lines().forEach(line -> Report.line(spec, false, line));
    }
  }
}
