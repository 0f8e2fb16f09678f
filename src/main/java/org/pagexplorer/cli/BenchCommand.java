package org.pagexplorer.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.BenchmarkMatrix;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.doctor.SpeedTest;
import org.pagexplorer.lab.doctor.SpeedTest.TimedTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Measures this machine: image-steps per second of PGD in each precision, training images"
            + " per second without and with alignment (K targets; with the running statistics, with"
            + " the batch's, and with each image K times in the batch), and the float32 matrix"
            + " rate. The network is an untrained ResNet-18 for 32×32 images; each speed is a"
            + " median, and speeds that are compared are measured alternately.")
final class BenchCommand implements Callable<Integer> {
  private static final int STEPS = 4;
  private static final int MATRICES = 20;

  @Option(
      names = "--width",
      paramLabel = "W",
      description = "channels of the first stage (default: ${DEFAULT-VALUE})")
  int width = 64;

  @Mixin BatchOption batch = new BatchOption(16);

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "number of measurements of each speed (default: ${DEFAULT-VALUE})")
  int rounds = 5;

  @Option(names = "--no-training", description = "do not measure training")
  boolean noTraining;

  @Option(
      names = "--window",
      description =
          "measure only the window: how long it takes to start, to show its first pictures, to"
              + " follow a slider, and to close, and how smoothly a grid of 1,000 columns and 50"
              + " rows of 224×224 pictures scrolls")
  boolean window;

  @Option(names = "--compare-pytorch", description = "also measure Python's PyTorch, alternately")
  boolean comparePyTorch;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = "the Python interpreter that has PyTorch (default: ${DEFAULT-VALUE})")
  String python = "/usr/bin/python3";

  @Mixin EngineOptions engineOptions;

  @Mixin ReportOptions report;

  private final Speeds speeds = new Speeds();

  @Override
  public Integer call() {
    if (window) {
      throw report.wrong("--window measures only the window: omit the other options");
    }
    if (width < 1 || width > 512 || batch.size < 2 || rounds < 1) {
      throw report.wrong("--width must be 1 to 512, --batch 2 or more and --rounds 1 or more");
    }
    try (TorchEngine engine = engineOptions.open();
        Comparison comparison = comparison()) {
      double gigaflops = BenchmarkMatrix.gigaflops(engine, MATRICES);
      SpeedTest test = new SpeedTest(engine, width, batch.size);
      measureAttacks(test, comparison.eager());
      if (!noTraining) {
        measureTraining(test);
      }
      gigaflops = Math.max(gigaflops, BenchmarkMatrix.gigaflops(engine, MATRICES));
      report(
          new BenchReport(
              speeds, width, batch.size, engineOptions.device, gigaflops, comparison.version()));
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
        comparePyTorch
            ? PyTorchEager.start(python, width, batch.size, engineOptions.threads())
            : null);
  }

  private void measureAttacks(SpeedTest test, @Nullable PyTorchEager eager) {
    try (Classifier exact = test.classifier(Precision.EXACT);
        Classifier fast = test.classifier(Precision.FAST)) {
      for (int round = 1; round <= rounds; round++) {
        report.live("PGD: round " + round + " of " + rounds);
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
    try (TimedTraining vanilla = test.vanilla();
        TimedTraining adversarial = test.adversarial()) {
      for (int round = 1; round <= rounds; round++) {
        report.live("training: round " + round + " of " + rounds);
        speeds.add("training vanilla", vanilla.steps(1));
        speeds.add("training adversarial", adversarial.steps(1));
      }
    }
    for (int targets : BenchReport.TARGETS) {
      measureAlignment(test, targets);
    }
  }

  /** All methods that align cost the same. */
  private void measureAlignment(SpeedTest test, int targets) {
    try (TimedTraining running = test.aligned(targets, Alignment.Statistics.RUNNING);
        TimedTraining batchwise = test.aligned(targets, Alignment.Statistics.BATCH);
        TimedTraining repeated = test.repeated(targets)) {
      for (int round = 1; round <= rounds; round++) {
        report.live("K = " + targets + ": round " + round + " of " + rounds);
        speeds.add(BenchReport.aligned(targets), running.steps(1));
        speeds.add(BenchReport.batchwise(targets), batchwise.steps(1));
        speeds.add(BenchReport.repeated(targets), repeated.steps(1));
      }
    }
  }

  private void report(BenchReport found) {
    report.json(found::json);
    report.lines(found.lines());
  }
}
